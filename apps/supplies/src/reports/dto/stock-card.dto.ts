import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsISO8601, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { DAY_PATTERN, INSTANT_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { MovementKind } from '../../stock/domain/movement-kinds';

const ENDS = ['oldest', 'latest'] as const;

/** Whose card of what, and for which days. */
export class StockCardQuery {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item!: string;

  /** One depot; a whole region when left out. */
  @IsOptional()
  @IsUUID()
  depotId?: string;

  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  /** First day, in China. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  from?: string;

  /** Last day, in China. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  to?: string;

  /** A past instant: the card as it was then. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  asOf?: string;

  /** Also what only changes between available, reserved and quarantine. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  states?: boolean = false;
}

/** A page of a card, from either end. */
export class StockCardPageQuery extends StockCardQuery {
  /** The end to read from. */
  @IsOptional()
  @IsIn(ENDS)
  order?: 'oldest' | 'latest' = 'oldest';

  /** `next` of the page before. */
  @ApiProperty({ type: 'integer', minimum: 1, required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  cursor?: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200, default: 50, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** One movement on a card, with what was there after it. */
export class StockCardRowResponse {
  movementId!: string;
  sequence!: number;
  kind!: MovementKind;
  postedAt!: string;
  /** The day of the movement in China. */
  day!: string;
  /** Depots of the card that it touched. */
  depotCodes!: string[];
  batches!: string[];
  inBase!: number;
  outBase!: number;
  /** All states together. */
  balanceBase!: number;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
  allocationId!: string | null;
  siteName!: string | null;
  reversesMovementId!: string | null;
  useOrder!: string | null;
  note!: string | null;
  recordedBy!: string;
}

/** A page of a card; its rows are in the order that was asked for. */
export class StockCardResponse {
  asOf!: string;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  depotId!: string | null;
  region!: string | null;
  /** What was there before the earliest row of the page. */
  openingBase!: number;
  /** What was there after the latest row of the page. */
  closingBase!: number;
  items!: StockCardRowResponse[];
  /** Cursor of the next page in the same order; null at the end. */
  next!: number | null;
}
