import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
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
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { DAY_PATTERN, MAX_AMOUNT_FEN } from '../../input/patterns';
import { APPROVAL_KINDS, SIGNATORIES, type ApprovalKind, type Signatory } from '../domain/approval-rule';

const BASES = ['sourced', 'estimate'] as const;

/** From this amount on, this person signs. */
export class ApprovalStepRequest {
  @IsInt()
  @Min(0)
  @Max(MAX_AMOUNT_FEN)
  fromFen!: number;

  @IsIn(SIGNATORIES)
  signatory!: Signatory;
}

/** Who signs what in a region from a day on. */
export class SetApprovalRuleRequest {
  @IsIn(APPROVAL_KINDS)
  kind!: ApprovalKind;

  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** Today or later. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  validFrom!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ApprovalStepRequest)
  steps!: ApprovalStepRequest[];

  /** Hours within which an ordinary request is answered. */
  @IsInt()
  @Min(1)
  @Max(2_000)
  answerHours!: number;

  /** Hours within which the papers of what was done first are signed. */
  @IsInt()
  @Min(1)
  @Max(2_000)
  papersHours!: number;

  @IsIn(BASES)
  basis!: 'sourced' | 'estimate';

  /** The paper that says so, or why it is estimated like this. */
  @IsString()
  @Length(1, 300)
  @Matches(LINE_PATTERN)
  source!: string;
}

/** Which rules to list. */
export class ApprovalRulesQuery extends PageQuery {
  @IsOptional()
  @IsIn(APPROVAL_KINDS)
  kind?: ApprovalKind;
}

export class ApprovalStepResponse {
  fromFen!: number;
  signatory!: Signatory;
}

export class ApprovalRuleResponse {
  id!: string;
  kind!: ApprovalKind;
  regionCode!: string;
  validFrom!: string;
  steps!: ApprovalStepResponse[];
  answerHours!: number;
  papersHours!: number;
  /** `estimate` marks what nobody has prescribed. */
  basis!: 'sourced' | 'estimate';
  source!: string;
  setBy!: string;
}

export class ApprovalRulesResponse {
  items!: ApprovalRuleResponse[];
  total!: number;
}
