import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { RecordReceiptUseCase } from '../stock/record-receipt';
import { openBase, receiveOn, type LineProgress } from './domain/order-line';
import { isExpectingGoods } from './domain/order-state';
import type { ReceiveOrderRequest, ReceiveOrderResponse } from './dto/order-receipt.dto';
import { OrdersRepository, stateAfter, type PurchaseOrder } from './orders.repository';

export interface OrderReceipt {
  readonly caller: Caller;
  readonly orderId: string;
  readonly request: ReceiveOrderRequest;
}

/** Takes goods in against an order: a receipt like any other, linked to the lines it fills. */
@Injectable()
export class ReceiveOrderUseCase {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly recordReceipt: RecordReceiptUseCase,
  ) {}

  /**
   * The order is locked first, so that two deliveries can never both fill the last open piece.
   * @throws DomainError in this order: SUPPLIES_PURCHASE_NOT_FOUND (also out of reach),
   *   SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN when the order expects nothing, SUPPLIES_PURCHASE_LINE_UNKNOWN,
   *   SUPPLIES_PURCHASE_OVER_DELIVERY, then as RecordReceiptUseCase
   * Source: plan 004 §22 (purchase with storage).
   */
  async execute(tx: Tx, { caller, orderId, request }: OrderReceipt, cause: Cause): Promise<ReceiveOrderResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    if (!isExpectingGoods(order.state)) stateAfter(order, 'receive-part');
    assertKnown(order, request);
    const lines = receiveOn(order.lines, request.lines);
    const isFull = lines.every((line) => openBase(line) === 0);
    const state = stateAfter(order, isFull ? 'receive-all' : 'receive-part');
    const received = await this.recordReceipt.execute(tx, { caller, request: receiptOf(order, request) }, cause);
    const parts = request.lines.map(({ lineId, quantityBase }, index) => {
      return { lineId, quantityBase, lotId: received.lots[index].lotId };
    });
    const { movementId, postedAt, lots } = received;
    const header = { orderId: order.id, movementId, recordedBy: recorderOf(caller) };
    const receiptId = await this.orders.insertReceipt(tx, header, parts);
    await this.orders.setReceived(tx, lines);
    await this.orders.setState(tx, order.id, state);
    return { receiptId, movementId, postedAt, state, lots, lines: lines.map(progressOf) };
  }
}

/** @throws DomainError SUPPLIES_PURCHASE_LINE_UNKNOWN */
function assertKnown(order: PurchaseOrder, { lines }: ReceiveOrderRequest): void {
  const errors = lines.flatMap(({ lineId }, index) =>
    order.lines.some((line) => line.lineId === lineId)
      ? []
      : [{ pointer: `/lines/${index}/lineId`, reason: 'is no line of the order' }],
  );
  if (errors.length > 0) throw new DomainError('SUPPLIES_PURCHASE_LINE_UNKNOWN', { errors });
}

function receiptOf(order: PurchaseOrder, { lines, note }: ReceiveOrderRequest) {
  const itemOf = new Map(order.lines.map(({ lineId, itemCode }) => [lineId, itemCode]));
  return {
    depotId: order.depotId,
    origin: 'purchase' as const,
    lines: lines.map(({ lineId, ...batch }) => ({ ...batch, itemCode: String(itemOf.get(lineId)) })),
    note: note ?? order.number,
  };
}

const progressOf = ({ lineId, itemCode, orderedBase, receivedBase }: LineProgress) => {
  return { lineId, itemCode, orderedBase, receivedBase, openBase: openBase({ orderedBase, receivedBase }) };
};
