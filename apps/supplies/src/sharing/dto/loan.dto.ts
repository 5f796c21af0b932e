import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
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
import { ITEM_CODE_PATTERN } from '../../input/patterns';
import { LOAN_STATES, type LoanState } from '../domain/loan-state';
import { MAX_PIECE_FEN } from './agreement.dto';

const DECISIONS = ['approve', 'refuse'] as const;
const SIDES = ['lender', 'borrower'] as const;

/** Goods that a region asks a neighbour for. The side of the agreement in which the depot lies borrows. */
export class RequestLoanRequest {
  @IsUUID()
  agreementId!: string;

  @MaxLength(7)
  @Matches(ITEM_CODE_PATTERN)
  @ApiProperty({ pattern: ITEM_CODE_PATTERN.source })
  itemCode!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** Where the goods are to come. */
  @IsUUID()
  toDepotId!: string;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;

  /** Asks for more than the agreement gives; the lender's commander decides and says why. */
  @IsBoolean()
  beyondShare: boolean = false;
}

export class DecideLoanRequest {
  @IsIn(DECISIONS)
  decision!: 'approve' | 'refuse';

  /** All that was asked for when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  grantedBase?: number;

  /** Needed to lend more than the agreement gives, below the floor included. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  overrideReason?: string;

  /** Needed to refuse. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason?: string;
}

export class WithdrawLoanRequest {
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  reason!: string;
}

/** Pieces of one lot. */
export class LotQuantityRequest {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;
}

/** Goods that leave one of the lender's depots. */
export class DispatchLoanRequest {
  @IsUUID()
  depotId!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => LotQuantityRequest)
  lines!: LotQuantityRequest[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Goods that go back: of the lots that were lent, or of the borrower's own where the agreement takes replacement in kind. */
export class GiveBackRequest extends DispatchLoanRequest {
  /** One of the lender's. */
  @IsUUID()
  toDepotId!: string;
}

/** What arrived of one lot: the three sum to what was sent. */
export class ArrivedLotRequest {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  receivedBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  damagedBase: number = 0;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  lostBase: number = 0;
}

export class ReceiveJourneyRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ArrivedLotRequest)
  lines!: ArrivedLotRequest[];

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

/** Money for pieces that do not come back. */
export class ProposeSettlementRequest {
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY_BASE)
  quantityBase!: number;

  /** The agreed price of a piece; 0 waives them. The price of the agreement when left out. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_PIECE_FEN)
  unitPriceFen?: number;

  /** Of the payment or the paper it rests on. */
  @IsString()
  @Length(1, 60)
  @Matches(LINE_PATTERN)
  documentNumber!: string;
}

export class DecideSettlementRequest {
  @IsIn(DECISIONS)
  decision!: 'approve' | 'refuse';
}

export class SettlementParam {
  @IsUUID()
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @IsUUID()
  @ApiProperty({ format: 'uuid' })
  settlementId!: string;
}

/** Where a loan stands after a step. */
export class LoanStepResponse {
  loanId!: string;
  number!: string;
  @ApiProperty({ enum: LOAN_STATES })
  state!: LoanState;
  grantedBase!: number | null;
  lentBase!: number;
  owedBase!: number;
  dueOn!: string | null;
  /** The journey or settlement that the step made. */
  journeyId!: string | null;
  settlementId!: string | null;
}

export class LoansQuery extends PageQuery {
  @IsOptional()
  @IsIn(LOAN_STATES)
  state?: LoanState;

  /** Loans that the region gave, or took. */
  @IsOptional()
  @IsIn(SIDES)
  side?: 'lender' | 'borrower';

  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  /** Only what is owed past its day. */
  @IsBoolean()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @ApiProperty({ type: 'boolean', default: false, required: false })
  overdue: boolean = false;
}

export class LoanResponse {
  loanId!: string;
  number!: string;
  @ApiProperty({ enum: LOAN_STATES })
  state!: LoanState;
  agreementId!: string;
  lenderRegionCode!: string;
  borrowerRegionCode!: string;
  itemCode!: string;
  askedBase!: number;
  grantedBase!: number | null;
  lentBase!: number;
  givenBackBase!: number;
  settledBase!: number;
  owedBase!: number;
  beyondShare!: boolean;
  reason!: string;
  overrideReason!: string | null;
  endReason!: string | null;
  dueOn!: string | null;
  overdue!: boolean;
  requestedBy!: string;
  decidedBy!: string | null;
}

export class LoansResponse {
  items!: LoanResponse[];
  total!: number;
}

export class JourneyLotResponse {
  lotId!: string;
  batchNumber!: string;
  sentBase!: number;
  receivedBase!: number;
  damagedBase!: number;
  lostBase!: number;
  newLotId!: string | null;
}

export class JourneyResponse {
  journeyId!: string;
  purpose!: 'lend' | 'give-back' | 'draw';
  state!: 'on-the-road' | 'received';
  sentAt!: string;
  receivedAt!: string | null;
  lots!: JourneyLotResponse[];
}

export class SettlementResponse {
  settlementId!: string;
  state!: 'proposed' | 'confirmed' | 'refused';
  proposedFor!: 'lender' | 'borrower';
  quantityBase!: number;
  unitPriceFen!: number;
  amountFen!: number;
  documentNumber!: string;
  proposedBy!: string;
  decidedBy!: string | null;
}

export class LoanDetailResponse extends LoanResponse {
  /** What the use has cost until today by the fee of the agreement. */
  feeFen!: number;
  journeys!: JourneyResponse[];
  settlements!: SettlementResponse[];
}
