import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { DAY_PATTERN } from '../../input/patterns';
import type { FromState } from '../domain/ways-out';

const FROM_STATES = ['available', 'quarantine'] as const;

/** An appraisal of goods near the end of their counted life. */
class AppraisalRequest {
  /** Who looked at the goods: an inspection body, or the experts by name. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  appraiser!: string;

  /** How they were looked at: sample size, tests made. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  method!: string;

  /** What was found. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  finding!: string;
}

/** Asks to let a lot live longer, after an appraisal. */
export class ProposeExtensionRequest extends AppraisalRequest {
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  newExpiryDate!: string;

  /** Number of the appraisal report. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document!: string;
}

/** Asks to scrap pieces, after an appraisal. */
export class ProposeScrapRequest extends AppraisalRequest {
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  @IsOptional()
  @IsIn(FROM_STATES)
  fromState?: FromState = 'available';

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  document?: string;
}

/** The word of another person. */
export class DecideRequest {
  @IsIn(['approve', 'reject'])
  decision!: 'approve' | 'reject';

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** An appraisal and what became of it. */
export class ProposalResponse {
  id!: string;
  orderId!: string;
  way!: 'extend' | 'scrap';
  quantityBase!: number | null;
  fromState!: FromState | null;
  newExpiryDate!: string | null;
  appraiser!: string;
  method!: string;
  finding!: string;
  document!: string | null;
  state!: 'proposed' | 'approved' | 'rejected';
  proposedBy!: string;
  proposedAt!: string;
  decidedBy!: string | null;
  decidedAt!: string | null;
  decisionNote!: string | null;
}

export class ProposedResponse {
  proposalId!: string;
  orderId!: string;
  state!: 'proposed';
}

export class DecidedResponse {
  proposalId!: string;
  orderId!: string;
  state!: 'approved' | 'rejected';
  /** Of scrapped pieces. */
  movementId!: string | null;
  /** Of a lot that lives longer. */
  extensionId!: string | null;
}
