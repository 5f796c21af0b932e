import type { OpenedApproval } from '../approvals/approval-desk';
import type { OrderStepResponse } from './dto/order.dto';
import type { PurchaseOrder } from './orders.repository';

/** Where an order stands after a step. */
export function stepOf(
  order: Pick<PurchaseOrder, 'id' | 'number' | 'state' | 'amountFen' | 'promisedBy'>,
  waiting?: Pick<OpenedApproval, 'dueAt' | 'signatory'>,
): OrderStepResponse {
  return {
    orderId: order.id,
    number: order.number,
    state: order.state,
    amountFen: order.amountFen,
    promisedBy: order.promisedBy,
    papersDueAt: waiting?.dueAt.toISOString() ?? null,
    signatory: waiting?.signatory ?? null,
  };
}
