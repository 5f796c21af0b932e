import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import type { DecideApprovalRequest } from '../approvals/dto/approval.dto';
import type { OrderStepResponse } from './dto/order.dto';
import { OrderEffect } from './order-effect';
import { stepOf } from './order-step';
import { OrdersRepository, stateAfter } from './orders.repository';

export interface OrderDecision {
  readonly caller: Caller;
  readonly orderId: string;
  readonly request: DecideApprovalRequest;
}

/** A second person signs or refuses an order, before it goes out or, for one that went out first, afterwards. */
@Injectable()
export class DecideOrderUseCase {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly desk: ApprovalDesk,
    private readonly effect: OrderEffect,
  ) {}

  /**
   * A late signature closes the debt and changes nothing else. A late refusal is recorded and stops what has not come:
   * goods that are in stay in the books.
   * @throws DomainError SUPPLIES_PURCHASE_NOT_FOUND (also out of reach), then as ApprovalDesk.decide
   */
  async execute(tx: Tx, { caller, orderId, request }: OrderDecision, cause: Cause): Promise<OrderStepResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const approval = await this.desk.decide(tx, { kind: 'purchase', subjectId: order.id, caller, ...request });
    const approves = request.decision === 'approve';
    if (approval.lane === 'act-first') {
      const state = stateAfter(order, approves ? 'sign-late' : 'refuse-late');
      await this.orders.setState(tx, order.id, state, approves ? undefined : request.note);
      return stepOf({ ...order, state });
    }
    const state = stateAfter(order, approves ? 'approve' : 'reject');
    await this.orders.setState(tx, order.id, state, approves ? undefined : request.note);
    if (approves) await this.effect.announce(tx, order, { papers: 'signed', caller }, cause);
    return stepOf({ ...order, state });
  }
}
