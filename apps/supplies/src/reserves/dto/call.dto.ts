import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { RESERVE_CALL_STATES, type ReserveCallState, type ReserveMode } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { RecordReceiptResponse } from '../../stock/dto/receipt.dto';
import { IsCount, IsDay, IsInstant, IsLine, IsRegionCode } from './fields';

/** Pieces that a contract is called for. */
export class PlaceCallRequest {
  @IsCount(1)
  quantityBase!: number;

  /** When they have to be there; as soon as the contract can when left out. */
  @IsOptional()
  @IsInstant()
  neededBy?: string;

  /** The depot that takes them in; a depot or a region is named, not both. */
  @IsOptional()
  @IsUUID()
  destinationDepotId?: string;

  /** The region of the site they go to. */
  @IsOptional()
  @IsRegionCode()
  destinationRegionCode?: string;

  /** Goes below the enterprise's minimum if need be; only with a use order, and an approver signs. */
  @IsOptional()
  @IsBoolean()
  breakMinimum?: boolean;

  @IsOptional()
  @IsLine(100)
  useOrder?: string;

  @IsLine(500)
  reason!: string;
}

export class PlaceCallResponse {
  callId!: string;
  state!: ReserveCallState;
  neededBy!: string;
  amountFen!: number | null;
  /** Why an approver has to sign, or null. */
  approvalReason!: string | null;
}

export class ApproveCallRequest {
  /** False refuses it. */
  @IsBoolean()
  approve!: boolean;

  @IsLine(500)
  reason!: string;
}

export class CallStateResponse {
  callId!: string;
  state!: ReserveCallState;
}

/** What the enterprise says to a call. */
export class AnswerCallRequest {
  @IsBoolean()
  accepted!: boolean;

  /** When it can give a part only; the rest goes back to the contract. */
  @IsOptional()
  @IsCount(1)
  quantityBase?: number;

  @IsOptional()
  @IsInstant()
  promisedBy?: string;

  /** Required when it declines, or gives less. */
  @IsOptional()
  @IsLine(500)
  reason?: string;
}

export class DepartCallRequest {
  @IsOptional()
  @IsLine(500)
  note?: string;
}

/** One batch of a call that came in. */
export class CallReceiptLine {
  /** As printed on the goods. */
  @IsLine(60)
  batchNumber!: string;

  @IsOptional()
  @IsDay()
  productionDate?: string;

  /** The last day on which the goods may be used; required for goods that age. */
  @IsOptional()
  @IsDay()
  expiryDate?: string;

  @IsCount(1)
  quantityBase!: number;
}

/** Goods of a call that came in. */
export class ReceiveCallRequest {
  /** The depot that takes them in; that of the call when left out. */
  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CallReceiptLine)
  lines!: CallReceiptLine[];

  @IsOptional()
  @IsLine(500)
  note?: string;
}

export class ReceiveCallResponse {
  callId!: string;
  state!: ReserveCallState;
  /** Pieces still waited for. */
  openBase!: number;
  receipt!: RecordReceiptResponse;
}

export class CancelCallRequest {
  @IsLine(500)
  reason!: string;
}

/** Which calls to list. */
export class CallsQuery extends PageQuery {
  /** Region code: calls that go to the region or below it, or are of contracts of it. */
  @IsOptional()
  @IsRegionCode()
  region?: string;

  @IsOptional()
  @IsIn(RESERVE_CALL_STATES)
  state?: ReserveCallState;

  @IsOptional()
  @IsUUID()
  contractId?: string;

  /** `true` for those whose goods are not there in time. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  late?: boolean;
}

/** A call of a reserve contract. Quantities in the item's base unit. */
export class CallResponse {
  callId!: string;
  contractId!: string;
  documentNumber!: string;
  mode!: ReserveMode;
  counterpartyName!: string;
  itemCode!: string;
  state!: ReserveCallState;
  quantityBase!: number;
  receivedBase!: number;
  /** Given back to the contract. */
  releasedBase!: number;
  openBase!: number;
  neededBy!: string;
  promisedBy!: string | null;
  destinationDepotId!: string | null;
  destinationRegionCode!: string;
  breaksMinimum!: boolean;
  useOrder!: string | null;
  reason!: string;
  amountFen!: number | null;
  approvalReason!: string | null;
  approvedBy!: string | null;
  approvedAt!: string | null;
  placedBy!: string;
  placedAt!: string;
  lateSince!: string | null;
  /** How often somebody was asked to act on its being late. */
  escalation!: number;
}

export class CallReceiptResponse {
  movementId!: string;
  quantityBase!: number;
  receivedAt!: string;
  /** True when the receipt was reversed, so that it counts no more. */
  reversed!: boolean;
}

/** A call with the receipts that answered it. */
export class CallDetailResponse extends CallResponse {
  receipts!: CallReceiptResponse[];
}

export class CallsResponse {
  items!: CallResponse[];
  total!: number;
}
