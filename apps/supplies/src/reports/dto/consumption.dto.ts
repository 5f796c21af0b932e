import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN, MONTH_PATTERN } from '../../input/patterns';

const ROLL_UPS = ['item', 'region'] as const;

/** Which months of what to add up. */
export class ConsumptionQuery extends PageQuery {
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

  /** First month, in China: `2026-07`. */
  @MaxLength(7)
  @Matches(MONTH_PATTERN)
  @ApiProperty({ pattern: MONTH_PATTERN.source })
  from!: string;

  /** Last month, at most 60 after the first. */
  @MaxLength(7)
  @Matches(MONTH_PATTERN)
  @ApiProperty({ pattern: MONTH_PATTERN.source })
  to!: string;

  /** One row per month and item, or per month, item and region of the depot or site. */
  @IsOptional()
  @IsIn(ROLL_UPS)
  by?: (typeof ROLL_UPS)[number] = 'item';
}

/** What daily work took. A reversal counts against the month in which it was made, so that a closed month stays. */
export class RoutineResponse {
  usedBase!: number;
  rotatedBase!: number;
  scrappedBase!: number;
  /** Missing by counts or lost between depots, less what was found; below zero when more was found. */
  writtenOffBase!: number;
  totalBase!: number;
}

/** What emergencies took: whatever moved for an allocation. */
export class EmergencyResponse {
  issuedBase!: number;
  /** Back in a depot, from the road or from a site. */
  returnedBase!: number;
  /** Handed out and used up. */
  consumedBase!: number;
  lostBase!: number;
}

/** One month of one item. */
export class ConsumptionRowResponse {
  /** `2026-07`, in China. */
  month!: string;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  regionCode!: string | null;
  routine!: RoutineResponse;
  emergency!: EmergencyResponse;
}

export class ConsumptionResponse {
  region!: string;
  from!: string;
  to!: string;
  items!: ConsumptionRowResponse[];
  total!: number;
}
