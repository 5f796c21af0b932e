import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { leftToRotate } from './domain/order-goods';
import { eventOfGoods, nextOrderState } from './domain/order-state';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository, type RotationOrder } from './rotation-orders.repository';

/** Brings orders in line with the ledger: goods also leave and come back by other ways than those of an order. */
@Injectable()
export class FollowGoods {
  constructor(
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
  ) {}

  /** @param order  locked by the caller */
  async follow(tx: Tx, order: RotationOrder): Promise<RotationOrder> {
    const lot = await this.lots.find(tx, chinaDay(tx.now), order.depotId, order.lotId);
    const event = eventOfGoods(order.state, leftToRotate(lot, order.standing));
    return event ? this.orders.move(tx, order, event) : order;
  }

  /** All open orders of some depots at once; one that somebody works on at this moment is left to that person's own transaction. */
  async followAll(tx: Tx, depotIds: readonly string[]): Promise<void> {
    const open = await this.lots.ofOpenOrders(tx, chinaDay(tx.now), depotIds);
    const moves = open.flatMap(({ orderId, state, openedAt, lot }) => {
      const event = eventOfGoods(state, leftToRotate(lot, openedAt));
      const to = event && nextOrderState(state, event);
      return to ? [{ orderId, from: state, to }] : [];
    });
    await this.orders.moveAll(tx, moves);
  }
}
