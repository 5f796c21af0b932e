import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { APPROVAL_KINDS, type ApprovalKind, type Signatory } from '../domain/approval-rule';

const LANES = ['ordinary', 'act-first'] as const;
const STATES = ['pending', 'approved', 'refused', 'withdrawn'] as const;
const DECISIONS = ['approve', 'refuse'] as const;

/** Which requests to list. The debts of papers are those that were acted on first and still wait. */
export class ApprovalsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(APPROVAL_KINDS)
  kind?: ApprovalKind;

  @IsOptional()
  @IsIn(LANES)
  lane?: 'ordinary' | 'act-first';

  @IsOptional()
  @IsIn(STATES)
  state?: 'pending' | 'approved' | 'refused' | 'withdrawn' = 'pending';

  /** `true` for those past their time. */
  @IsOptional()
  @IsIn(['true', 'false'])
  overdue?: 'true' | 'false';
}

/** What a second person says about a request. */
export class DecideApprovalRequest {
  @IsIn(DECISIONS)
  decision!: 'approve' | 'refuse';

  /** Number of the signed paper. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  paperNumber?: string;

  /** Needed to refuse. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** A request for a signature, or the debt of one. */
export class ApprovalResponse {
  approvalId!: string;
  kind!: ApprovalKind;
  subjectId!: string;
  subjectNumber!: string;
  regionCode!: string;
  amountFen!: number;
  signatory!: Signatory;
  /** Which rule named the signatory. */
  ruleSource!: string;
  /** `act-first`: done already, the papers are owed. */
  lane!: 'ordinary' | 'act-first';
  state!: 'pending' | 'approved' | 'refused' | 'withdrawn';
  reason!: string | null;
  requestedBy!: string;
  requestedAt!: string;
  dueAt!: string;
  overdue!: boolean;
  warnings!: number;
  decidedBy!: string | null;
  decidedAt!: string | null;
  paperNumber!: string | null;
  decisionNote!: string | null;
}

export class ApprovalsResponse {
  items!: ApprovalResponse[];
  total!: number;
}
