import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { RecordReceiptUseCase } from '../stock/record-receipt';
import { StockRepository } from '../stock/stock.repository';
import { leavingPosting, type FromState, type WayOutOfTheBooks } from './domain/ways-out';
import type { ReplacementRequest, WayOutResponse } from './dto/way-out.dto';
import { FollowGoods } from './follow-goods';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';

/** Goods that leave by a way out, and the papers of it. */
export interface WayTaken {
  readonly orderId: string;
  readonly caller: Caller;
  readonly way: WayOutOfTheBooks;
  readonly quantityBase: number;
  readonly fromState?: FromState;
  /** Who got them: supplier, buyer or recipient. */
  readonly counterparty?: string;
  /** For all pieces together. */
  readonly priceFen?: number;
  readonly document?: string;
  readonly note?: string;
  /** What a supplier gave for them at once. */
  readonly replacement?: ReplacementRequest;
}

/** Lets goods of a rotation order go by a way out, all of them or a part. */
@Injectable()
export class TakeWayOutUseCase {
  constructor(
    private readonly orders: RotationOrdersRepository,
    private readonly goods: FollowGoods,
    private readonly lots: RotationLotsRepository,
    private readonly stock: StockRepository,
    private readonly receipts: RecordReceiptUseCase,
  ) {}

  /**
   * Posts the movement, receives a replacement, and notes both under the order.
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_ROTATION_TRANSITION_FORBIDDEN, SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_DONATION_PURPOSE_BREACH,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE, and for a replacement what a receipt throws
   * Source: plan 004 §22 (rotation).
   */
  async execute(tx: Tx, taken: WayTaken, causeFor: (orderId: string) => Cause): Promise<WayOutResponse> {
    const order = await this.orders.lockFor(tx, taken.caller, taken.orderId);
    return this.take(tx, order, taken, causeFor(order.id));
  }

  /** @param order  locked by the caller */
  async take(tx: Tx, order: RotationOrder, taken: WayTaken, cause: Cause): Promise<WayOutResponse> {
    const acting = await this.orders.move(tx, order, 'act');
    const id = newId();
    const movementId = await this.post(tx, order, { id, taken }, cause);
    const replacementMovementId = await this.receive(tx, order, taken, cause);
    const { way, quantityBase, counterparty, priceFen, document, note } = taken;
    const papers = { counterparty, priceFen, document, note };
    const action = { id, orderId: order.id, way, quantityBase, movementId, replacementMovementId, ...papers };
    await this.orders.insertAction(tx, action, taken.caller);
    const { state } = await this.goods.follow(tx, acting);
    return {
      ...{ actionId: id, orderId: order.id, way, quantityBase, movementId, state },
      replacementMovementId: replacementMovementId ?? null,
    };
  }

  private async post(
    tx: Tx,
    { depotId, lotId }: RotationOrder,
    { id, taken }: { readonly id: string; readonly taken: WayTaken },
    cause: Cause,
  ): Promise<string> {
    const { way, quantityBase, fromState = 'available', note } = taken;
    const lot = await this.lots.facts(tx, lotId);
    const { kind, posting } = leavingPosting({ way, depotId, fromState, lot, quantityBase }, chinaDay(tx.now));
    const header = { businessKey: `rotation:${id}`, kind, depotId, recordedBy: recorderOf(taken.caller) } as const;
    return (await this.stock.post(tx, { ...header, note: note ?? `rotation: ${way}` }, [posting], cause)).movementId;
  }

  private async receive(tx: Tx, order: RotationOrder, taken: WayTaken, cause: Cause): Promise<string | undefined> {
    if (!taken.replacement) return undefined;
    const line = { itemCode: order.itemCode, ...taken.replacement };
    const request = { depotId: order.depotId, origin: 'purchase', lines: [line], note: taken.note } as const;
    const receipt = { caller: taken.caller, request: { ...request, lines: [...request.lines] } };
    return (await this.receipts.execute(tx, receipt, cause)).movementId;
  }
}
