import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class StockQuery {
  /** Catalogue code such as `LRS-020`. */
  @IsString()
  @MaxLength(7)
  @Matches(/^[A-Z]{3}-\d{3}$/)
  item!: string;

  /** Only depots of this division and below; within the caller's own, which also is the default. */
  @IsOptional()
  @IsString()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  region?: string;
}

export class StockLotView {
  /** null: does not expire. */
  expiryDate!: string | null;
  availableBase!: number;
}

export class StockedDepotView {
  depotId!: string;
  name!: string;
  regionCode!: string;
  tier!: RegionTier;
  latitude!: number;
  longitude!: number;
  /** Reserve standard in force today. */
  floorBase!: number;
  lots!: StockLotView[];
}

export class StockView {
  itemCode!: string;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
  /** Time of the latest event the answer is made from; null before the first. */
  asOf!: Date | null;
  /** Seconds since then. */
  ageSeconds!: number | null;
  depots!: StockedDepotView[];
}
