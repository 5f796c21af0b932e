import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { ITEM_CODE_PATTERN } from '../../input/patterns';

export const EXPIRY_ROLL_UPS = ['item', 'region', 'tier', 'lot'] as const;
export type ExpiryRollUp = (typeof EXPIRY_ROLL_UPS)[number];

/** Which stock that will be past its date to show. */
export class ExpiringQuery extends PageQuery {
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

  /** Days from today to the last day of use. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 3650, default: 90, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3650)
  within: number = 90;

  /** One row per item; per item and region of the depot, or its tier; or per depot and lot. */
  @IsOptional()
  @IsIn(EXPIRY_ROLL_UPS)
  by?: ExpiryRollUp = 'item';
}

/** What will be past its date within a span of days. */
export class ExpiryWindowResponse {
  /** First day of the window, counted from today; null for what is past its date. */
  fromDays!: number | null;
  toDays!: number;
  quantityBase!: number;
  lots!: number;
}

/** Stock in stores; what is past its date and still lies there is in the first window. */
export class ExpiringRowResponse {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  regionCode!: string | null;
  tier!: RegionTier | null;
  depotId!: string | null;
  depotCode!: string | null;
  lotId!: string | null;
  batchNumber!: string | null;
  expiryDate!: string | null;
  daysLeft!: number | null;
  /** The earliest last day of use of the row. */
  earliestExpiry!: string;
  totalBase!: number;
  /** How much of it lies in quarantine. */
  quarantineBase!: number;
  windows!: ExpiryWindowResponse[];
}

export class ExpiringResponse {
  today!: string;
  region!: string;
  items!: ExpiringRowResponse[];
  total!: number;
}
