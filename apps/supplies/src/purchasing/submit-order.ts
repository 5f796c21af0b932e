import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ApprovalDesk } from '../approvals/approval-desk';
import { chinaDay } from '../stock/domain/calendar';
import { assertApplicable, assertWithinMaximum } from './domain/framework-terms';
import type { OrderStepResponse, SubmitOrderRequest } from './dto/order.dto';
import { FrameworksRepository } from './frameworks.repository';
import { OrderEffect, promisedDay } from './order-effect';
import { stepOf } from './order-step';
import { OrdersRepository, stateAfter, type PurchaseOrder } from './orders.repository';

export interface OrderSubmission {
  readonly caller: Caller;
  readonly orderId: string;
  readonly request: SubmitOrderRequest;
}

/**
 * Hands an order in to be signed by somebody else. An emergency purchase may go out first, with its papers owed.
 * Source: plan 004 §22 (emergency purchase), plan 001 §2(2)2 (act first, sign later).
 */
@Injectable()
export class SubmitOrderUseCase {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly frameworks: FrameworksRepository,
    private readonly desk: ApprovalDesk,
    private readonly effect: OrderEffect,
  ) {}

  /**
   * From here on the order takes from the maximum of its agreement.
   * @throws DomainError in this order: SUPPLIES_PURCHASE_NOT_FOUND (also out of reach), SUPPLIES_PURCHASE_NOT_URGENT,
   *   SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN, REQUEST_INVALID without a reason to act first,
   *   SUPPLIES_FRAMEWORK_NOT_APPLICABLE, SUPPLIES_FRAMEWORK_EXHAUSTED
   */
  async execute(tx: Tx, { caller, orderId, request }: OrderSubmission, cause: Cause): Promise<OrderStepResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const { actFirst } = request;
    const reason = request.reason ?? order.reason ?? undefined;
    if (actFirst && order.kind !== 'emergency') throw new DomainError('SUPPLIES_PURCHASE_NOT_URGENT');
    const state = stateAfter(order, actFirst ? 'act-first' : 'submit');
    if (actFirst && reason === undefined) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/reason', reason: 'is needed to act first' }] });
    }
    await this.takeFromFramework(tx, order);
    const waiting = await this.desk.open(
      tx,
      {
        ...{ kind: 'purchase', subjectId: order.id, subjectNumber: order.number, place: order, caller, reason },
        ...{ amountFen: order.amountFen, lane: actFirst ? 'act-first' : 'ordinary' },
      },
      cause,
    );
    if (!actFirst) {
      await this.orders.setState(tx, order.id, state);
      return stepOf({ ...order, state }, waiting);
    }
    const promisedBy = promisedDay(order, request.promisedBy, tx.now);
    await this.orders.send(tx, order.id, { promisedBy, actedFirst: true });
    await this.effect.announce(tx, order, { papers: 'owed', caller }, cause);
    return stepOf({ ...order, state, promisedBy }, waiting);
  }

  private async takeFromFramework(tx: Tx, order: PurchaseOrder): Promise<void> {
    if (order.frameworkId === null) return;
    const terms = await this.frameworks.lock(tx, order.frameworkId);
    if (!terms) throw new DomainError('SUPPLIES_FRAMEWORK_NOT_FOUND');
    const lines = order.lines.map(({ itemCode, orderedBase }) => ({ itemCode, quantityBase: orderedBase }));
    assertApplicable(terms, { regionCode: order.regionCode, lines }, chinaDay(tx.now));
    assertWithinMaximum(terms, lines);
  }
}
