import { Injectable } from '@nestjs/common';
import { DomainError, PurchaseOrderApproved, dayAfter, type Caller } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { chinaDay, type Day } from '../stock/domain/calendar';
import type { PurchaseOrder } from './orders.repository';

/** What an order brings about when it takes effect. */
@Injectable()
export class OrderEffect {
  constructor(private readonly outbox: Outbox) {}

  /** Tells whoever counts on the goods that they were ordered for good. */
  async announce(
    tx: Tx,
    order: PurchaseOrder,
    decision: { readonly papers: 'signed' | 'owed'; readonly caller: Caller },
    cause: Cause,
  ): Promise<void> {
    const { id: orderId, number, kind, regionCode, depotId, supplierId, frameworkId, amountFen, neededBy } = order;
    await this.outbox.add(
      tx,
      PurchaseOrderApproved,
      {
        ...{ orderId, number, kind, regionCode, depotId, supplierId, frameworkId, amountFen, neededBy },
        lines: order.lines.map(({ lineId, itemCode, orderedBase }) => ({
          lineId,
          itemCode,
          quantityBase: orderedBase,
        })),
        papers: decision.papers,
        decidedBy: decision.caller.displayName,
        effectiveAt: tx.now.toISOString(),
      },
      cause,
    );
  }
}

/**
 * The day a supplier promises: as agreed on sending, or by the lead time of the agreement.
 * @throws DomainError REQUEST_INVALID for a day that is past
 */
export function promisedDay(order: Pick<PurchaseOrder, 'leadTimeDays'>, asked: Day | undefined, now: Date): Day {
  const today = chinaDay(now);
  if (asked != null && asked < today) {
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/promisedBy', reason: 'lies in the past' }] });
  }
  return asked ?? dayAfter(today, order.leadTimeDays);
}
