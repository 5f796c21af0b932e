import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import type { OrderStepResponse } from './dto/order.dto';
import { stepOf } from './order-step';
import { OrdersRepository, stateAfter } from './orders.repository';

export interface OrderEnd {
  readonly caller: Caller;
  readonly orderId: string;
  readonly how: 'close' | 'cancel';
  readonly reason: string;
}

/** Closes an order of which nothing more is expected, or cancels one of which nothing came. */
@Injectable()
export class EndOrderUseCase {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly desk: ApprovalDesk,
  ) {}

  /**
   * A request that still waits for its signature is withdrawn; the papers of an order that went out first stay owed.
   * @throws DomainError in this order: SUPPLIES_PURCHASE_NOT_FOUND (also out of reach),
   *   SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN
   */
  async execute(tx: Tx, { caller, orderId, how, reason }: OrderEnd): Promise<OrderStepResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const state = stateAfter(order, how);
    await this.orders.setState(tx, order.id, state, reason);
    if (!order.actedFirst) await this.desk.withdraw(tx, 'purchase', order.id, reason);
    return stepOf({ ...order, state });
  }
}
