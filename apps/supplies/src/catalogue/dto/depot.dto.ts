import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';

const TIERS = ['province', 'city', 'county', 'township', 'village'] as const;

/** Which depots to list. */
export class DepotsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(TIERS)
  tier?: RegionTier;
}

/** What a depot has to keep of an item. */
export class ReserveStandardResponse {
  itemCode!: string;
  floorBase!: number;
  basis!: string;
  /** Day from which it is in force. */
  validFrom!: string;
}

/** A depot or storage point. */
export class DepotResponse {
  id!: string;
  code!: string;
  nameZh!: string;
  nameEn!: string;
  regionCode!: string;
  tier!: RegionTier;
  kind!: 'warehouse' | 'point';
  organisationId!: string;
  latitude!: number;
  longitude!: number;
  positionBasis!: string;
  remote!: boolean;
  synthetic!: boolean;
}

/** A depot with the reserve standards in force today. */
export class DepotDetailResponse extends DepotResponse {
  reserveStandards!: ReserveStandardResponse[];
}

export class DepotsResponse {
  items!: DepotResponse[];
  total!: number;
}
