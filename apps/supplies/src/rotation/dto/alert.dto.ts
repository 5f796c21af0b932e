import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsISO8601, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Standing } from '../domain/standing';

const TIERS = ['province', 'city', 'county', 'township', 'village'] as const;
const ALERTING = ['notice', 'due', 'overdue', 'expired'] as const;

/** Which goods to look at. */
export class RotationPlaceQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsIn(TIERS)
  tier?: RegionTier;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

export class AlertsQuery extends RotationPlaceQuery {
  /** Only goods that stand at least so high. */
  @IsOptional()
  @IsIn(ALERTING)
  atLeast?: (typeof ALERTING)[number] = 'notice';

  /** The day to look at, to plan ahead with today's stock; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  day?: string;
}

/** A lot in a depot that nears the end of its life. Worked out at the moment of asking; nothing of it is stored. */
export class RotationAlertResponse {
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  tier!: RegionTier;
  lotId!: string;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  batchNumber!: string;
  availableBase!: number;
  reservedBase!: number;
  quarantineBase!: number;
  /** The date on the lot; null when its life is counted. */
  expiryDate!: string | null;
  /** The last good day. */
  lifeEnd!: string;
  /** Negative when it has passed. */
  daysLeft!: number;
  standing!: Standing;
  /** The days from which the lot stands at notice, due and overdue; null without a threshold. */
  noticeOn!: string | null;
  actOn!: string | null;
  lateOn!: string | null;
  thresholdId!: string | null;
  /** How sure the threshold is: `estimate` or `sourced`. */
  thresholdBasis!: string | null;
  /** The open rotation order for it. */
  orderId!: string | null;
}

export class RotationAlertsResponse {
  /** The day in China that the answer is for. */
  day!: string;
  items!: RotationAlertResponse[];
  total!: number;
}

export class ForecastQuery extends RotationPlaceQuery {
  /** How far to look ahead. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(5)
  years?: number = 3;
}

/** What comes to its end in a month, of an item in the depots of a tier. */
export class ForecastRowResponse {
  /** `2026-08` */
  month!: string;
  tier!: RegionTier;
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  quantityBase!: number;
  /** Buying the same again, without pieces that have no price. */
  costFen!: number;
  /** Pieces without a price. */
  unpricedBase!: number;
  /** True when a price in it is an estimate. */
  estimated!: boolean;
  /** True for goods that have come to their end and are still in store. */
  past!: boolean;
}

export class ForecastResponse {
  from!: string;
  /** The day after the last one looked at. */
  until!: string;
  items!: ForecastRowResponse[];
  total!: number;
  /** Of all rows, not of this page alone. */
  totalCostFen!: number;
  totalUnpricedBase!: number;
}
