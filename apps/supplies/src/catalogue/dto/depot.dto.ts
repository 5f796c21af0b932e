import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { DEPOT_KINDS, OPENING_STATES, type DepotKind, type OpeningState } from '../../depots/domain/depot-entry';

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

  @IsOptional()
  @IsIn(DEPOT_KINDS)
  kind?: DepotKind;

  @IsOptional()
  @IsIn(OPENING_STATES)
  state?: OpeningState;
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
  kind!: DepotKind;
  organisationId!: string;
  latitude!: number;
  longitude!: number;
  positionBasis!: string;
  remote!: boolean;
  synthetic!: boolean;
  /** A closed depot takes no goods and is not counted; a suspended one takes none for the time being. */
  state!: OpeningState;
  /** Goods have to lie here beforehand: the place is cut off easily or at high risk. */
  prePositioningNeed!: boolean;
}

export class DepotsResponse {
  items!: DepotResponse[];
  total!: number;
}
