import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const TIERS: readonly RegionTier[] = ['province', 'city', 'county', 'township', 'village'];

export class RegionQuery extends PageQuery {
  /** Leading digits of the codes to list; without it all regions. */
  @IsOptional()
  @IsString()
  @MaxLength(12)
  @Matches(/^\d{1,12}$/)
  prefix?: string;

  /** Only regions of this tier. */
  @IsOptional()
  @IsIn(TIERS)
  tier?: RegionTier;
}

export class RegionParam {
  /** Statistical division code of 2, 4, 6, 9 or 12 digits. */
  @IsString()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  code!: string;
}

export class RegionView {
  code!: string;
  name!: string;
  shortName!: string;
  tier!: RegionTier;
  /** The division's own kind: 镇, 乡, 村民委员会 … */
  kind!: string;
  parentCode!: string | null;
}

export class RegionPage {
  items!: RegionView[];
  total!: number;
}
