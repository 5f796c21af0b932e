import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { REGION_CODE_PATTERN } from '@ledger/contracts';
import { PageQuery } from '@ledger/platform';
import { ApprovalResponse } from '../../approvals/dto/approval.dto';
import { ORDER_STATES, type OrderState } from '../domain/order-state';
import { ORDER_KINDS, type OrderKind } from './order.dto';

/** Which purchase orders to list. */
export class OrdersQuery extends PageQuery {
  /** Region code; the region and everything below it. The caller's own region when left out. */
  @IsOptional()
  @MaxLength(12)
  @Matches(REGION_CODE_PATTERN)
  @ApiProperty({ pattern: REGION_CODE_PATTERN.source })
  region?: string;

  @IsOptional()
  @IsIn(ORDER_STATES)
  state?: OrderState;

  @IsOptional()
  @IsIn(ORDER_KINDS)
  kind?: OrderKind;

  @IsOptional()
  @IsUUID()
  depotId?: string;

  @IsOptional()
  @IsUUID()
  supplierId?: string;

  /** `true` for those that are past the promised day with something still to come. */
  @IsOptional()
  @IsIn(['true', 'false'])
  late?: 'true' | 'false';
}

/** A purchase order in a list. */
export class OrderResponse {
  orderId!: string;
  number!: string;
  kind!: OrderKind;
  state!: OrderState;
  depotId!: string;
  depotCode!: string;
  regionCode!: string;
  supplierId!: string;
  supplierName!: string;
  frameworkId!: string | null;
  documentNumber!: string | null;
  amountFen!: number;
  reason!: string | null;
  season!: string | null;
  neededBy!: string | null;
  promisedBy!: string | null;
  late!: boolean;
  /** It went out before anybody signed. */
  actedFirst!: boolean;
  draftedBy!: string;
  draftedAt!: string;
  sentAt!: string | null;
  closedAt!: string | null;
  endReason!: string | null;
}

export class OrdersResponse {
  items!: OrderResponse[];
  total!: number;
}

export class OrderLineResponse {
  lineId!: string;
  itemCode!: string;
  nameZh!: string;
  unit!: string;
  packBase!: number;
  unitPriceFen!: number;
  orderedBase!: number;
  receivedBase!: number;
  openBase!: number;
  need!: string | null;
  reasoning!: string | null;
}

export class OrderReceiptLotResponse {
  lineId!: string;
  lotId!: string;
  batchNumber!: string;
  quantityBase!: number;
  unitPriceFen!: number;
  packBase!: number;
}

export class OrderReceiptResponse {
  receiptId!: string;
  movementId!: string;
  receivedAt!: string;
  recordedBy!: string;
  /** It was undone later and does not count. */
  undone!: boolean;
  lots!: OrderReceiptLotResponse[];
}

/** A purchase order with its goods, what came of them, and who signed. */
export class OrderDetailResponse extends OrderResponse {
  lines!: OrderLineResponse[];
  receipts!: OrderReceiptResponse[];
  approvals!: ApprovalResponse[];
}
