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
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { MAX_QUANTITY_BASE } from '@ledger/contracts';
import { LINE_PATTERN } from '@ledger/platform';
import { INSTANT_PATTERN } from '../../input/patterns';
import {
  SETTLEMENT_DECISIONS,
  type SettlementDecision,
  type SettlementState,
  type TransferState,
} from '../domain/transfer-state';
import { TransferLineResponse, TransferLotResponse, TransferResponse } from './transfer.dto';

/** What the receiving keeper counted of one lot. */
export class ArrivedLotLine {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  receivedBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  damagedBase!: number;

  /** Said to be missing; the pieces stay on the road until they come or are settled. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  shortBase!: number;

  /** More than was sent; it needs a note. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  surplusBase!: number;
}

/** One delivery of a transfer; there may be several. */
export class ReceiveTransferRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ArrivedLotLine)
  lines!: ArrivedLotLine[];

  /** When it arrived; now when left out. */
  @IsOptional()
  @MaxLength(35)
  @Matches(INSTANT_PATTERN)
  @ApiProperty({ format: 'date-time' })
  @IsISO8601({ strict: true })
  receivedAt?: string;

  @IsOptional()
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note?: string;
}

export class ReceivedTransferResponse {
  transferId!: string;
  receiptId!: string;
  state!: TransferState;
  /** null when nothing came. */
  movementId!: string | null;
}

/** What became of pieces of one lot that did not arrive. */
export class SettledLotLine {
  @IsUUID()
  lotId!: string;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  foundAtReceiverBase!: number;

  /** Never loaded, or brought back. */
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  foundAtSenderBase!: number;

  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY_BASE)
  lostBase!: number;
}

export class SettleTransferRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(400)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SettledLotLine)
  lines!: SettledLotLine[];

  /** Why; it stands in the ledger for good. */
  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note!: string;
}

export class DecideSettlementRequest {
  @IsIn(SETTLEMENT_DECISIONS)
  decision!: SettlementDecision;

  @IsString()
  @Length(1, 500)
  @Matches(LINE_PATTERN)
  note!: string;
}

/** The path to one settlement. */
export class SettlementParam {
  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  @IsUUID()
  id!: string;

  @ApiProperty({ format: 'uuid', minLength: 36, maxLength: 36 })
  @IsUUID()
  settlementId!: string;
}

export class SettlementStepResponse {
  transferId!: string;
  settlementId!: string;
  /** `proposed` when the loss is so large that another person has to decide. */
  state!: SettlementState;
  transferState!: TransferState;
  movementId!: string | null;
}

export class TransferReceiptLineResponse {
  lotId!: string;
  itemCode!: string;
  receivedBase!: number;
  damagedBase!: number;
  shortBase!: number;
  surplusBase!: number;
}

export class TransferReceiptResponse {
  id!: string;
  movementId!: string | null;
  note!: string | null;
  receivedAt!: string;
  recordedBy!: string;
  lines!: TransferReceiptLineResponse[];
}

export class SettlementLineResponse {
  lotId!: string;
  foundAtReceiverBase!: number;
  foundAtSenderBase!: number;
  lostBase!: number;
}

export class TransferSettlementResponse {
  id!: string;
  state!: SettlementState;
  note!: string;
  proposedBy!: string;
  proposedAt!: string;
  decidedBy!: string | null;
  decidedAt!: string | null;
  decisionNote!: string | null;
  movementId!: string | null;
  lines!: SettlementLineResponse[];
}

/** A transfer with everything that happened to it. */
export class TransferDetailResponse extends TransferResponse {
  lines!: TransferLineResponse[];
  lots!: TransferLotResponse[];
  receipts!: TransferReceiptResponse[];
  settlements!: TransferSettlementResponse[];
}
