import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';
import { RISK_LEVELS, type RiskLevel } from '../domain/depot-entry';

/** Which needs to list. */
export class NeedsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  /** In force on this day; today when left out. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  on?: string;
}

/** A region in which goods have to lie beforehand, whether it has a depot or not. */
export class RecordNeedRequest {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  reason!: string;

  @IsIn(RISK_LEVELS)
  riskLevel!: RiskLevel;

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
  validFrom?: string;

  /** Last day, where it is known already. */
  @IsOptional()
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo?: string;
}

export class EndNeedRequest {
  /** Last day. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validTo!: string;
}

export class RecordedNeedResponse {
  id!: string;
  regionCode!: string;
  reason!: string;
  riskLevel!: RiskLevel;
  source!: string;
  validFrom!: string;
  validTo!: string | null;
  recordedBy!: string;
}

export class NeedResponse extends RecordedNeedResponse {
  /** Depots in the region that are not closed; 0 means that there is nowhere to put anything yet. */
  depotCount!: number;
}

export class EndedNeedResponse {
  id!: string;
  validTo!: string;
}

export class NeedsResponse {
  items!: NeedResponse[];
  total!: number;
}
