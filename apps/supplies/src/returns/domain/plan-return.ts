import { DomainError } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { totalBase } from '../../stock/domain/draw';
import type { Posting } from '../../stock/domain/posting';
import { inspectedBase, putAwayPostings, type Inspection, type Outstanding } from '../../stock/domain/put-away';

/** What may come back of one line, and what was used up. */
export interface ReturnableLine extends Outstanding {
  readonly itemCode: string;
  readonly recoverable: boolean;
  readonly consumedBase: number;
}

/**
 * The postings of a return from a site. Recoverable goods come back whether handed out or not; of goods that are
 * consumed by use only those that were never handed out.
 * @throws DomainError SUPPLIES_ITEM_NOT_RECOVERABLE when consumed pieces are named as coming back;
 *   SUPPLIES_RETURN_EXCEEDS_DELIVERY when more comes back than was handed over
 * Source: plan 004 §22 (goods are taken back, inspected and stored again).
 */
export function returnPostings(depotId: string, line: Inspection, returnable: ReturnableLine, today: Day): Posting[] {
  const outstandingBase = totalBase(returnable.intact) + totalBase(returnable.damaged);
  const excessBase = inspectedBase(line) - outstandingBase;
  if (!returnable.recoverable && excessBase > 0 && excessBase <= returnable.consumedBase) {
    throw new DomainError('SUPPLIES_ITEM_NOT_RECOVERABLE', {
      detail: `${returnable.itemCode}: ${returnable.consumedBase} were used up, ${outstandingBase} can come back`,
      facts: { itemCode: returnable.itemCode, outstandingBase, consumedBase: returnable.consumedBase },
    });
  }
  return putAwayPostings(depotId, line, returnable, today);
}
