import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { CloseOrderUseCase } from './close-order';
import { nextOrderState } from './domain/order-state';
import type { OrderStateResponse } from './dto/order.dto';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';

/** Gives an order up: one person asks with a reason, another decides. Not once goods have left under it. */
@Injectable()
export class CancelOrderUseCase {
  constructor(
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
    private readonly closing: CloseOrderUseCase,
  ) {}

  /**
   * Asking again replaces the earlier wish.
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND, SUPPLIES_ROTATION_TRANSITION_FORBIDDEN
   */
  async ask(
    tx: Tx,
    { orderId, caller, reason }: { readonly orderId: string; readonly caller: Caller; readonly reason: string },
  ): Promise<OrderStateResponse> {
    const order = await this.lockCancellable(tx, caller, orderId);
    await this.orders.askCancel(tx, order.id, { reason, by: caller });
    return { orderId: order.id, state: order.state };
  }

  /**
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND, SUPPLIES_ROTATION_TRANSITION_FORBIDDEN,
   *   SUPPLIES_ROTATION_CANCEL_NOT_ASKED, SUPPLIES_ROTATION_SAME_PERSON
   */
  async decide(
    tx: Tx,
    decision: { readonly orderId: string; readonly caller: Caller; readonly approved: boolean },
    causeFor: (orderId: string) => Cause,
  ): Promise<OrderStateResponse> {
    const { caller, approved } = decision;
    const order = await this.lockCancellable(tx, caller, decision.orderId);
    if (order.cancelAskedById === null) throw new DomainError('SUPPLIES_ROTATION_CANCEL_NOT_ASKED');
    if (order.cancelAskedById === caller.userId) throw new DomainError('SUPPLIES_ROTATION_SAME_PERSON');
    if (!approved) {
      await this.orders.askCancel(tx, order.id, null);
      return { orderId: order.id, state: order.state };
    }
    const lot = await this.lots.find(tx, chinaDay(tx.now), order.depotId, order.lotId);
    const end = { event: 'cancel', by: caller, standing: lot?.standing, lifeEnd: lot?.life.end } as const;
    const endedAt = await this.orders.end(tx, order, end);
    await this.closing.announce(tx, order, { outcome: 'cancelled', endedAt }, causeFor(order.id));
    return { orderId: order.id, state: 'cancelled' };
  }

  private async lockCancellable(tx: Tx, caller: Caller, orderId: string): Promise<RotationOrder> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    if (nextOrderState(order.state, 'cancel')) return order;
    throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', {
      detail: `the order is ${order.state}: it ends by closing`,
      facts: { state: order.state, event: 'cancel' },
    });
  }
}
