import { Injectable } from '@nestjs/common';
import { DomainError, RotationOrderClosed, type Caller } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { missingBase, whyNotClosable } from './domain/closing';
import { leftToRotate } from './domain/order-goods';
import { nextOrderState } from './domain/order-state';
import type { EndedOrderResponse } from './dto/order.dto';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';

/** Closes a rotation order once its place is at its standard again. */
@Injectable()
export class CloseOrderUseCase {
  constructor(
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Reads the ledger at this moment: nothing that was true earlier closes an order.
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_ROTATION_TRANSITION_FORBIDDEN, SUPPLIES_ROTATION_GOODS_LEFT, SUPPLIES_ROTATION_BELOW_STANDARD with what is
   *   missing
   * Source: plan 004 §22 (rotation; standards).
   */
  async execute(
    tx: Tx,
    { orderId, caller }: { readonly orderId: string; readonly caller: Caller },
    causeFor: (orderId: string) => Cause,
  ): Promise<EndedOrderResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    if (nextOrderState(order.state, 'close')) await this.assertAtStandard(tx, order);
    const endedAt = await this.orders.end(tx, order, { event: 'close', by: caller });
    return this.announce(tx, order, { outcome: 'closed', endedAt }, causeFor(order.id));
  }

  /** Tells of an order that ended, closed or cancelled. */
  async announce(
    tx: Tx,
    order: RotationOrder,
    { outcome, endedAt }: { readonly outcome: 'closed' | 'cancelled'; readonly endedAt: Date },
    cause: Cause,
  ): Promise<EndedOrderResponse> {
    const { id: orderId, depotId, lotId, itemCode } = order;
    const ways = await this.orders.sums(tx, orderId);
    const closedAt = endedAt.toISOString();
    await this.outbox.add(
      tx,
      RotationOrderClosed,
      { orderId, depotId, lotId, itemCode, outcome, ways, closedAt },
      cause,
    );
    return { orderId, state: outcome, ways, endedAt: closedAt };
  }

  private async assertAtStandard(tx: Tx, order: RotationOrder): Promise<void> {
    const today = chinaDay(tx.now);
    const lot = await this.lots.find(tx, today, order.depotId, order.lotId);
    const standard = await this.lots.standard(tx, today, order.depotId, order.itemCode);
    const stock = { leftBase: leftToRotate(lot, order.standing), ...standard };
    const why = whyNotClosable(stock);
    if (why === 'goods-left') {
      throw new DomainError('SUPPLIES_ROTATION_GOODS_LEFT', {
        detail: `${stock.leftBase} pieces of the lot still have to go`,
        facts: { leftBase: stock.leftBase },
      });
    }
    if (why === 'below-standard') {
      const missing = missingBase(stock);
      throw new DomainError('SUPPLIES_ROTATION_BELOW_STANDARD', {
        detail: `${missing} pieces are missing: the standard is ${stock.floorBase}, ${stock.usableBase} keep long enough`,
        facts: { floorBase: stock.floorBase, usableBase: stock.usableBase, missingBase: missing },
      });
    }
  }
}
