import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsISO8601,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN, INSTANT_PATTERN, TEAM_TYPE_PATTERN, WORD_CODE_PATTERN } from '../../input/patterns';
import { LEVELS, type Level } from '../domain/readiness';

export class ReadinessQuery {
  /** Any instant of the past; now when left out. In a query, the plus of a zone is written %2B. */
  @IsOptional()
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time', required: false })
  @IsISO8601({ strict: true })
  asOf?: string;
}

export class ReasonResponse {
  code!: string;
  level!: Level;
  detail!: string;
  /** People whose papers or rest it is about. */
  personIds!: string[];
}

/** How ready a team was at an instant, and in which interval that was so. */
export class ReadinessResponse {
  teamId!: string;
  asOf!: string;
  /** Null when nobody had assessed the team by then. */
  level!: Level | null;
  /** Without an override. */
  computedLevel!: Level | null;
  reasons!: ReasonResponse[];
  since!: string | null;
  /** Null as long as it goes on. */
  until!: string | null;
}

export class ReadinessHistoryResponse {
  items!: ReadinessResponse[];
}

export class LowerReadinessRequest {
  @IsIn(LEVELS.filter((level) => level !== 'ready'))
  level!: 'limited' | 'not-ready';

  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** Until it is lifted when left out. */
  @IsOptional()
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time', required: false })
  @IsISO8601({ strict: true })
  until?: string;
}

export class RaiseReadinessRequest {
  @IsIn(LEVELS.filter((level) => level !== 'not-ready'))
  level!: 'ready' | 'limited';

  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** At most 7 days from now. */
  @MaxLength(32)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  until!: string;
}

export class OverrideWrittenResponse {
  overrideId!: string;
}

/** What people of a team must have. */
export class RuleNeed {
  @MaxLength(40)
  @Matches(WORD_CODE_PATTERN)
  kindCode!: string;

  /** How many of those who can go out must have it; each member when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  holders?: number;

  /** How ready a team is at most without it. */
  @IsIn(LEVELS.filter((level) => level !== 'ready'))
  lowersTo!: 'limited' | 'not-ready';
}

export class SetRuleRequest {
  /** Every kind of team when left out. */
  @IsOptional()
  @MaxLength(6)
  @Matches(TEAM_TYPE_PATTERN)
  typeCode?: string;

  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  /** People who can go out, of the registered strength, for `ready`. */
  @IsInt()
  @Min(0)
  @Max(100)
  readyPercent!: number;

  /** The same for `limited`; below it the team is not ready. */
  @IsInt()
  @Min(0)
  @Max(100)
  limitedPercent!: number;

  @IsArray()
  @ArrayMaxSize(30)
  @ArrayUnique(({ kindCode }: RuleNeed) => kindCode)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => RuleNeed)
  needs!: RuleNeed[];

  @IsIn(['sourced', 'estimate'])
  basis!: 'sourced' | 'estimate';

  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;
}

export class RuleWrittenResponse {
  ruleId!: string;
}

export class RuleNeedResponse {
  kindCode!: string;
  holders!: number | null;
  lowersTo!: 'limited' | 'not-ready';
}

export class RuleResponse {
  id!: string;
  typeCode!: string | null;
  regionCode!: string | null;
  validFrom!: string;
  readyPercent!: number;
  limitedPercent!: number;
  needs!: RuleNeedResponse[];
  basis!: 'sourced' | 'estimate';
  source!: string;
  setBy!: string;
}

export class RulesResponse {
  items!: RuleResponse[];
}
