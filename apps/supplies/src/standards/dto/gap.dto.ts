import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsISO8601,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { CAPABILITY_PATTERN, CATEGORY_PATTERN, DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/basis';
import { RISK_LEVELS, type RiskLevel } from '../domain/region-fact';
import type { Measure, MissingFact } from '../domain/standard-rule';

const isTrue = ({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

/** Which gaps to list. */
export class GapsQuery extends PageQuery {
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

  /** The category and all of its items. */
  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  /**
   * The day whose rules, facts and standards are asked for; today when left out. Stock is that of now, without what
   * will be past its date by then.
   */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  day?: string;

  /** Also what is complete. */
  @IsOptional()
  @Transform(isTrue)
  @IsBoolean()
  all?: boolean = false;
}

/** Which places to list. */
export class PlaceGapsQuery extends GapsQuery {
  /** Only villages and other places that need goods in advance. */
  @IsOptional()
  @Transform(isTrue)
  @IsBoolean()
  prePositioning?: boolean = false;
}

/** `requiredBase + surplusBase = heldBase + coveredBase + gapBase`. */
export class GapFiguresResponse {
  requiredBase!: number;
  /** Owned by the region, in store there or with a tier above, issuable on the day; promised goods included. */
  heldBase!: number;
  /** Missing in store and covered by contracts, up to the share that is allowed. */
  coveredBase!: number;
  gapBase!: number;
  surplusBase!: number;
}

/** What is counted: one item, the pieces of a category, or a capability. */
export class TargetResponse {
  itemCode!: string | null;
  category!: string | null;
  capability!: string | null;
  nameZh!: string;
  nameEn!: string;
  unit!: string;
}

/** What made the number of a place. */
export class RequirementResponse {
  /** The rule that asked for the most; null when the floors of the depots or only standards for a time do. */
  ruleId!: string | null;
  ruleRegionCode!: string | null;
  measure!: Measure | null;
  amountBase!: number | null;
  perPeople!: number | null;
  ruleRiskLevel!: RiskLevel | null;
  source!: string | null;
  basis!: Basis | null;
  /** The facts that the rule was worked out with. */
  population!: number | null;
  riskLevel!: RiskLevel | null;
  standingBase!: number;
  floorsBase!: number;
  temporaryBase!: number;
  /** Facts that nobody has entered; the requirement may be higher than it looks. */
  missing!: MissingFact[];
}

/** Why goods have to lie in a place in advance. */
export class PrePositioningResponse {
  regionCode!: string;
  reason!: string;
  riskLevel!: RiskLevel | null;
  source!: string;
}

/** The gap of one region itself; regions below it have rows of their own. */
export class PlaceGapResponse extends GapFiguresResponse {
  regionCode!: string;
  tier!: RegionTier;
  target!: TargetResponse;
  requirement!: RequirementResponse;
  /** Promised by contracts, whether or not the share lets it count. */
  promisedBase!: number;
  prePositioning!: PrePositioningResponse | null;
}

export class PlaceGapsResponse {
  day!: string;
  region!: string;
  items!: PlaceGapResponse[];
  total!: number;
  /** Places that need goods in advance and of which no standard asks anything yet. */
  withoutStandard!: PrePositioningResponse[];
}

export class ChildGapResponse extends GapFiguresResponse {
  regionCode!: string;
}

/** What a region lacks of one target, with everything below it. */
export class GapResponse {
  target!: TargetResponse;
  /** The region itself, without those below it. */
  own!: GapFiguresResponse;
  /** The region and everything below it: `own` and `children` added up. */
  total!: GapFiguresResponse;
  /** How much of the gap what lies elsewhere in the region beyond its standard could close. */
  movableBase!: number;
  children!: ChildGapResponse[];
  /** Facts that nobody has entered somewhere in the region. */
  missing!: MissingFact[];
}

export class GapsResponse {
  day!: string;
  region!: string;
  items!: GapResponse[];
  total!: number;
}

export class SupposedPopulation {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  population!: number;
}

export class SupposedRisk {
  /** The region and everything below it. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsIn(RISK_LEVELS)
  riskLevel!: RiskLevel;
}

export class SupposedStandard {
  /** One item, one category or one capability; everything that is not named when all are left out. */
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode?: string;

  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  @IsOptional()
  @MaxLength(60)
  @Matches(CAPABILITY_PATTERN)
  @ApiProperty({ pattern: CAPABILITY_PATTERN.source })
  capability?: string;

  /** Of the amount of the rules, per cent. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  percent!: number;
}

/** A gap list as it would be, had people, risks or standards changed. */
export class WhatIfRequest extends GapsQuery {
  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SupposedPopulation)
  populations: SupposedPopulation[] = [];

  /** Of all known populations that are not named, per cent. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  populationPercent: number = 100;

  @IsArray()
  @ArrayMaxSize(500)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SupposedRisk)
  riskLevels: SupposedRisk[] = [];

  @IsArray()
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SupposedStandard)
  standards: SupposedStandard[] = [];
}

export class WhatIfGapResponse extends GapResponse {
  /** What it is without the supposition. */
  now!: GapFiguresResponse;
}

export class WhatIfResponse {
  day!: string;
  region!: string;
  items!: WhatIfGapResponse[];
  total!: number;
}
