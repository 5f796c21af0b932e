import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { THRESHOLD_KINDS, type ThresholdKind } from '../domain/threshold';

/** How a depot inspects from now on. */
export class SetInspectionPolicyRequest {
  /** Whether somebody else than the receiver has to inspect. */
  @IsBoolean()
  twoPeople!: boolean;

  /** Hours after which an inspection is overdue. */
  @IsInt()
  @Min(1)
  @Max(2_160)
  withinHours!: number;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

export class InspectionPolicyResponse {
  depotId!: string;
  twoPeople!: boolean;
  withinHours!: number;
  reason!: string | null;
  setBy!: string | null;
  setAt!: string | null;
  /** True where the depot has set nothing. */
  isDefault!: boolean;
}

/** From which value on a region, and everything below it, is stricter. */
export class SetThresholdRequest {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /**
   * `scrap-approver-fen`: from this value on an approver scraps; `transfer-loss-alone-base`: pieces of a transfer that
   * one person may write off; `transfer-arrival-hours`: hours on the road after which a transfer is overdue.
   */
  @IsIn(THRESHOLD_KINDS)
  kind!: ThresholdKind;

  @IsInt()
  @Min(0)
  @Max(100_000_000_000)
  value!: number;

  /** Where the value comes from: a rule of the office, or an estimate. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  basis!: string;
}

/** Which thresholds to list. */
export class ThresholdsQuery extends PageQuery {
  @IsOptional()
  @IsIn(THRESHOLD_KINDS)
  kind?: ThresholdKind;
}

export class ThresholdResponse {
  regionCode!: string;
  kind!: ThresholdKind;
  value!: number;
  basis!: string;
  setBy!: string;
  setAt!: string;
}

export class DefaultThresholdResponse {
  kind!: ThresholdKind;
  value!: number;
}

/** What was set for regions at, above and below the caller's, the latest first; the first of a region and kind holds. */
export class ThresholdsResponse {
  items!: ThresholdResponse[];
  total!: number;
  /** Estimates that hold where no region has set a value. */
  defaults!: DefaultThresholdResponse[];
}
