import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsISO8601, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { DAY_PATTERN, INSTANT_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { RollUp } from '../stock.statements';

const ROLL_UPS = ['item', 'region', 'depot', 'lot'] as const;
const TIERS = ['province', 'city', 'county', 'township', 'village'] as const;

/** Which stock to add up, and how finely. */
export class StockQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  /** One row per item; per item and region of a tier; per item and depot; or per item, depot and lot. */
  @IsOptional()
  @IsIn(ROLL_UPS)
  by?: RollUp = 'item';

  /**
   * With `by=region`: the tier whose regions are told apart, the one below the region asked for when left out. A depot of
   * a higher tier counts for its own region.
   */
  @IsOptional()
  @IsIn(TIERS)
  tier?: RegionTier;

  /**
   * A past instant: the answer is made from the postings up to then. Movements of the last seconds before the call may
   * still be on their way into the ledger.
   */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  asOf?: string;
}

/** Stock in the store; what is on the road or at a site is not in it. */
export class StockRowResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  depotId!: string | null;
  depotCode!: string | null;
  regionCode!: string | null;
  lotId!: string | null;
  batchNumber!: string | null;
  expiryDate!: string | null;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
}

export class StockResponse {
  /** The instant the figures are true for. */
  asOf!: string;
  region!: string;
  items!: StockRowResponse[];
  total!: number;
}

/** Which goods to take first. */
export class PicksQuery {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item!: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  /** The day to whose end the goods must be good; today when left out or past. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  usableUntil?: string;
}

/** So much of one lot in one depot. */
export class PickResponse {
  lotId!: string;
  batchNumber!: string;
  expiryDate!: string | null;
  depotId!: string;
  depotCode!: string;
  quantityBase!: number;
}

/** Free goods in the order in which they should be used: first expired, first out. Nothing is promised by it. */
export class PicksResponse {
  item!: string;
  askedBase!: number;
  foundBase!: number;
  picks!: PickResponse[];
  /** True when the quantity would take more lots than one answer holds. */
  isCut!: boolean;
}
