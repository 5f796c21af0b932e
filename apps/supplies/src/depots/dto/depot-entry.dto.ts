import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DepotResponse, ReserveStandardResponse } from '../../catalogue/dto/depot.dto';
import { DAY_PATTERN } from '../../input/patterns';
import {
  CAPACITY_RULES,
  DEPOT_KINDS,
  DEPOT_OWNER_KINDS,
  OPENING_STATES,
  POSITION_BASES,
  type CapacityRule,
  type DepotKind,
  type DepotOwnerKind,
  type OpeningState,
  type PositionBasis,
} from '../domain/depot-entry';
import { KeeperResponse } from './keeper.dto';

const TIERS = ['province', 'city', 'county', 'township', 'village'] as const;
const MAX_CAPACITY = 1_000_000_000_000_000;

/** Why goods have to lie there beforehand. */
export class PrePositioning {
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** The risk assessment, order or report that says so. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;

  /** First day; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  since?: string;
}

/** What may change of a depot. Region, tier and code stay: goods that lie elsewhere lie in another depot. */
class DepotEntryRequest {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameZh!: string;

  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  nameEn!: string;

  @IsIn(DEPOT_KINDS)
  kind!: DepotKind;

  /** The organisation that answers for the goods. */
  @IsUUID()
  organisationId!: string;

  /** To whom the building belongs, when that is somebody else. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  ownerName?: string | null;

  @IsOptional()
  @IsIn(DEPOT_OWNER_KINDS)
  ownerKind?: DepotOwnerKind | null;

  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude!: number;

  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude!: number;

  /** How the position is known. */
  @IsIn(POSITION_BASES)
  positionBasis!: PositionBasis;

  /** Hard to reach by road. */
  @IsBoolean()
  remote!: boolean;

  /** 1 m³ is 1,000,000 cm³. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_CAPACITY)
  capacityCubicCentimetres?: number | null;

  /** 1 kg is 1,000 g. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_CAPACITY)
  capacityGrams?: number | null;

  /** `soft` warns of receipts over the capacity, `hard` refuses them. */
  @IsIn(CAPACITY_RULES)
  capacityRule!: CapacityRule;

  /** As posted at the door, with whom to call outside of them. */
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  openingHours?: string | null;

  /** How many people find a place; required for shelters, and for them only. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  shelterPlaces?: number | null;

  /** Given when goods have to lie here beforehand. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PrePositioning)
  prePositioning?: PrePositioning | null;
}

/** A new depot. */
export class RegisterDepotRequest extends DepotEntryRequest {
  @IsString()
  @MaxLength(40)
  @Matches(/^[A-Z0-9][A-Z0-9-]*$/)
  code!: string;

  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** Has to agree with the length of the region's code. */
  @IsIn(TIERS)
  tier!: RegionTier;
}

/** The whole entry as it is to be; what is left out becomes empty. */
export class AmendDepotRequest extends DepotEntryRequest {
  /** The version that the change was made from. */
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version!: number;
}

/** Opens, suspends or closes a depot. */
export class ChangeDepotStateRequest {
  @IsIn(OPENING_STATES)
  state!: OpeningState;

  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** The version that the change was made from. */
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version!: number;
}

/** What a write to a depot's entry answers. */
export class DepotWrittenResponse {
  depotId!: string;
  code!: string;
  state!: OpeningState;
  /** To be sent with the next change. */
  version!: number;
}

export class DepotOwnerResponse {
  name!: string;
  kind!: DepotOwnerKind;
}

/** What the depot may hold, and how much of that its goods take up by the packed sizes of the catalogue. */
export class DepotCapacityResponse {
  rule!: CapacityRule;
  capacityCubicCentimetres!: number | null;
  usedCubicCentimetres!: number;
  /** Rounded up: more than 100 means over capacity. */
  volumePercent!: number | null;
  capacityGrams!: number | null;
  usedGrams!: number;
  /** Rounded up: more than 100 means over capacity. */
  weightPercent!: number | null;
}

/** A shelter takes goods for the people in it: an issue order names this as its site. */
export class DeliverySiteResponse {
  siteId!: string;
  name!: string;
  regionCode!: string;
  latitude!: number;
  longitude!: number;
}

export class ShelterResponse {
  places!: number;
  /** Of the latest count; null before the first. */
  peoplePresent!: number | null;
  /** Of these, people of the priority groups. */
  priorityPeople!: number | null;
  countedAt!: string | null;
  /** Never below 0. */
  freePlaces!: number | null;
  site!: DeliverySiteResponse;
}

export class PrePositioningResponse {
  need!: boolean;
  reason!: string | null;
  source!: string | null;
  since!: string | null;
}

export const DEPOT_WARNINGS = [
  'volume-over-capacity',
  'weight-over-capacity',
  'goods-in-closed-depot',
  'shelter-overcrowded',
  'no-keeper',
] as const;
export type DepotWarning = (typeof DEPOT_WARNINGS)[number];

/** The whole entry of a depot, with what it holds and who keeps it. */
export class DepotEntryResponse extends DepotResponse {
  version!: number;
  stateReason!: string | null;
  openingHours!: string | null;
  owner!: DepotOwnerResponse | null;
  capacity!: DepotCapacityResponse;
  shelter!: ShelterResponse | null;
  prePositioning!: PrePositioningResponse;
  /** Who keeps it today. */
  keepers!: KeeperResponse[];
  /** What somebody should look at. */
  warnings!: DepotWarning[];
  /** In force today. */
  reserveStandards!: ReserveStandardResponse[];
}
