import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { CATEGORY_PATTERN, DAY_PATTERN, ITEM_CODE_PATTERN } from '../../input/patterns';
import type { Basis } from '../domain/basis';
import { RISK_LEVELS, type RiskLevel } from '../domain/region-fact';
import { SHARE_MODES, type ShareMode } from '../domain/standard-share';
import { SourceRequest, type DatedState } from './rule.dto';

/** What is known of a region from a day on: its people or its risk level. */
export class RecordFactRequest extends SourceRequest {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  population?: number;

  @IsOptional()
  @IsIn(RISK_LEVELS)
  riskLevel?: RiskLevel;

  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;
}

export class FactResponse {
  id!: string;
  regionCode!: string;
  kind!: 'population' | 'risk-level';
  population!: number | null;
  riskLevel!: RiskLevel | null;
  validFrom!: string;
  source!: string;
  basis!: Basis;
  setBy!: string;
  setAt!: string;
  state!: DatedState;
}

export class FactsResponse {
  day!: string;
  items!: FactResponse[];
  total!: number;
}

/** How much of a standard contracts of one mode may cover. */
export class SetShareRequest extends SourceRequest {
  /** The share holds in this region and below. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsIn(SHARE_MODES)
  mode!: ShareMode;

  /** Of one item; of a category; of everything when both are left out. */
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

  @IsInt()
  @Min(0)
  @Max(100)
  sharePercent!: number;

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
}

export class ShareResponse {
  id!: string;
  regionCode!: string;
  mode!: ShareMode;
  itemCode!: string | null;
  category!: string | null;
  sharePercent!: number;
  validFrom!: string;
  validTo!: string | null;
  source!: string;
  basis!: Basis;
  setBy!: string;
  setAt!: string;
  state!: DatedState;
}

export class SharesResponse {
  day!: string;
  items!: ShareResponse[];
  total!: number;
}
