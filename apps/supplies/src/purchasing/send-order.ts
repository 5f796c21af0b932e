import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { OrderStepResponse, SendOrderRequest } from './dto/order.dto';
import { promisedDay } from './order-effect';
import { stepOf } from './order-step';
import { OrdersRepository, stateAfter } from './orders.repository';

/** A signed order goes out to the supplier, whose time runs from now on. */
@Injectable()
export class SendOrderUseCase {
  constructor(private readonly orders: OrdersRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_PURCHASE_NOT_FOUND (also out of reach),
   *   SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN, REQUEST_INVALID for a promise in the past
   */
  async execute(tx: Tx, caller: Caller, orderId: string, request: SendOrderRequest): Promise<OrderStepResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const state = stateAfter(order, 'send');
    const promisedBy = promisedDay(order, request.promisedBy, tx.now);
    await this.orders.send(tx, order.id, { promisedBy, actedFirst: false });
    return stepOf({ ...order, state, promisedBy });
  }
}
