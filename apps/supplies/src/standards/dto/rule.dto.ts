import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsISO8601,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN, type RegionTier } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { CAPABILITY_PATTERN, CATEGORY_PATTERN, DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/basis';
import { RISK_LEVELS, type RiskLevel } from '../domain/region-fact';
import { MEASURES, type Measure } from '../domain/standard-rule';

const TIERS = ['province', 'city', 'county', 'township', 'village'] as const;
/** What people may enter; invented figures come from demonstration seeds alone. */
export const ENTERED_BASES = ['sourced', 'estimate'] as const;
export type EnteredBasis = (typeof ENTERED_BASES)[number];

/** Where a figure comes from. */
export class SourceRequest {
  /** The document or the count that says so, with its number and date. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;

  /** `sourced` for what a named document says, `estimate` for our own guess. */
  @IsIn(ENTERED_BASES)
  basis!: EnteredBasis;
}

/** A rule to set. It names regions of a tier or an enterprise, and an item, a category or a capability. */
export class SetRuleRequest extends SourceRequest {
  /** The rule holds in this region and below. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** The tier whose regions keep it. */
  @IsOptional()
  @IsIn(TIERS)
  tier?: RegionTier;

  /** The enterprise that keeps it, instead of a tier. */
  @IsOptional()
  @IsUUID()
  enterpriseId?: string;

  @IsOptional()
  @IsString()
  @Length(1, 120)
  @Matches(LINE_PATTERN)
  enterpriseName?: string;

  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode?: string;

  /** All items of a category together, in pieces. */
  @IsOptional()
  @MaxLength(60)
  @Matches(CATEGORY_PATTERN)
  @ApiProperty({ pattern: CATEGORY_PATTERN.source })
  category?: string;

  /** What items can do together: `people-sheltered`. */
  @IsOptional()
  @MaxLength(60)
  @Matches(CAPABILITY_PATTERN)
  @ApiProperty({ pattern: CAPABILITY_PATTERN.source })
  capability?: string;

  @IsIn(MEASURES)
  measure!: Measure;

  /** In all, for every `perPeople` people begun, or for a region of the risk level. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  amountBase!: number;

  /** For the measure `per-people`, 1000 as a rule. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  perPeople?: number;

  /** For the measure `risk-level`. */
  @IsOptional()
  @IsIn(RISK_LEVELS)
  riskLevel?: RiskLevel;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** The last day. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo?: string;

  /** Who approved the standard, and the number of the decision. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  approvedBy?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class EndRuleRequest {
  /** The last day on which the rule holds. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  lastDay!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Which dated rows to list: those that bind the region and those set below it. */
export class FactsQuery extends PageQuery {
  /** Region code; the caller's own when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  /** The day to look at; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  day?: string;

  /** Also those that are planned, ended or superseded. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  history?: boolean = false;
}

/** The same of rules and shares. */
export class RulesQuery extends FactsQuery {
  @IsOptional()
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  item?: string;
}

export type DatedState = 'planned' | 'in-force' | 'superseded' | 'ended';

export class RuleResponse {
  id!: string;
  regionCode!: string;
  tier!: RegionTier | null;
  enterpriseId!: string | null;
  enterpriseName!: string | null;
  itemCode!: string | null;
  category!: string | null;
  capability!: string | null;
  measure!: Measure;
  amountBase!: number;
  perPeople!: number | null;
  riskLevel!: RiskLevel | null;
  validFrom!: string;
  validTo!: string | null;
  source!: string;
  basis!: Basis;
  approvedBy!: string | null;
  note!: string | null;
  /** The row whose end this one records. */
  replacesId!: string | null;
  setBy!: string;
  setAt!: string;
  /** On the day that was asked for. */
  state!: DatedState;
}

export class RulesResponse {
  day!: string;
  items!: RuleResponse[];
  total!: number;
}

/** What was set. */
export class SetResponse {
  id!: string;
}
