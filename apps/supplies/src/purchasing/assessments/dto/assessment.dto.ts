import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsISO8601,
  IsInt,
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
import { MAX_QUANTITY_BASE, REGION_CODE_PATTERN } from '@ledger/contracts';
import { LINE_PATTERN, PageQuery } from '@ledger/platform';
import { ApprovalResponse } from '../../../approvals/dto/approval.dto';
import { DAY_PATTERN, ITEM_CODE_PATTERN } from '../../../input/patterns';
import type { CallKind } from '../domain/cover-shortage';

export type ProposalKind = 'advance-purchase' | CallKind;
export type AssessmentState = 'proposed' | 'approved' | 'refused';

/** People assumed to be affected in a region. */
export class AffectedPeopleRequest {
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  @IsInt()
  @Min(1)
  @Max(10_000_000)
  people!: number;
}

/** A wish besides what people need by rate. */
export class NamedDemandRequest {
  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** A scenario that is assumed, and where and by when its goods would have to be. */
export class AssessDemandRequest {
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  title!: string;

  /** Whose stores and reserves are set against the demand. */
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  regionCode!: string;

  /** The depot that takes in what would be bought or called. */
  @IsUUID()
  depotId!: string;

  /** Season or forecast that it is made for. */
  @IsString()
  @Length(1, 200)
  @Matches(LINE_PATTERN)
  season!: string;

  /** The day on which the goods have to be there when it begins. */
  @MaxLength(10)
  @Matches(DAY_PATTERN)
  @ApiProperty({ format: 'date' })
  @IsISO8601({ strict: true })
  neededBy!: string;

  /** Days that people would have to be provided for. */
  @IsInt()
  @Min(0)
  @Max(366)
  days!: number;

  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AffectedPeopleRequest)
  people!: AffectedPeopleRequest[];

  /** Items to be reckoned by rate; all that have a rate when left out. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(7, { each: true })
  @Matches(ITEM_CODE_PATTERN, { each: true })
  itemCodes?: string[];

  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NamedDemandRequest)
  lines!: NamedDemandRequest[];
}

/** Which pre-assessments to list. */
export class AssessmentsQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;
}

/** One proposal of one pre-assessment. */
export class ProposalParam {
  @IsUUID()
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @IsUUID()
  @ApiProperty({ format: 'uuid' })
  proposalId!: string;
}

export class AssessmentStepResponse {
  assessmentId!: string;
  number!: string;
  state!: AssessmentState;
  /** Of the purchases it proposes. */
  amountFen!: number;
  papersDueAt!: string | null;
  signatory!: string | null;
}

export class AssessmentResponse {
  assessmentId!: string;
  number!: string;
  title!: string;
  state!: AssessmentState;
  regionCode!: string;
  depotId!: string;
  depotCode!: string;
  season!: string;
  neededBy!: string;
  days!: number;
  people!: number;
  amountFen!: number;
  assessedAt!: string;
  assessedBy!: string;
  decidedAt!: string | null;
}

export class AssessmentsResponse {
  items!: AssessmentResponse[];
  total!: number;
}

/** Demand and shortage of one item, with the rate that was used. */
export class AssessmentLineResponse {
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  demandBase!: number;
  /** Of the demand, what was named besides the rate. */
  namedBase!: number;
  oncePerThousandBase!: number | null;
  dailyPerThousandBase!: number | null;
  /** `estimate` marks what nobody has prescribed. */
  rateBasis!: 'sourced' | 'estimate' | null;
  rateSource!: string | null;
  /** In the stores of the region, above floors and promises, when it was assessed. */
  stockBase!: number;
  /** Sent to suppliers and promised in time. */
  orderedBase!: number;
  /** Of reserves that could be called by then. */
  callableBase!: number;
  /** What neither the stores nor the orders under way can give. */
  shortBase!: number;
  /** What neither purchases nor calls fill in time. */
  uncoveredBase!: number;
  uncoveredReason!: string | null;
}

/** How a shortage could be filled. */
export class ProposalResponse {
  proposalId!: string;
  kind!: ProposalKind;
  itemCode!: string;
  sourceId!: string;
  sourceName!: string;
  documentNumber!: string | null;
  quantityBase!: number;
  amountFen!: number | null;
  /** It has to be ordered or called by then. */
  startBy!: string;
  arrivesAt!: string;
  reasoning!: string;
  /** The draft order, or the call, that came of it after the approval. */
  outcomeId!: string | null;
}

/** A pre-assessment with its assumptions, its shortage list and its proposals. */
export class AssessmentDetailResponse extends AssessmentResponse {
  affected!: AffectedPeopleRequest[];
  lines!: AssessmentLineResponse[];
  proposals!: ProposalResponse[];
  approvals!: ApprovalResponse[];
}

export class StartProposalResponse {
  proposalId!: string;
  callId!: string;
  state!: string;
}
