import { DomainError } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { assertCovered, byExpiry, postingsTo, totalBase } from '../../stock/domain/draw';
import { whyNotIssuable } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';
import type { SiteLine } from './site-line';

/**
 * The postings of a hand-out of one line: consumed goods leave the books, recoverable ones stay at the site and give no
 * posting. Lots that may not be issued are not handed out either.
 * @param quantityBase      integer > 0
 * @param overriddenLotIds  lots that a named use order let through
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when the site has less, or all recoverable pieces are in use;
 *   SUPPLIES_LOT_NOT_ISSUABLE when there is enough but not of goods that may be handed out
 * Source: plan 004 §23 (control of distribution and use), plan 004 §24 (relief).
 */
export function handoutPostings(
  line: Omit<SiteLine, 'damaged' | 'consumedBase'>,
  quantityBase: number,
  rules: { readonly today: Day; readonly overriddenLotIds: ReadonlySet<string> },
): Posting[] {
  assertCovered(line.intact, quantityBase);
  const fit = line.intact.filter(
    (holding) => rules.overriddenLotIds.has(holding.lotId) || !whyNotIssuable(holding, rules.today),
  );
  if (totalBase(fit) < quantityBase) {
    throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
      detail: `only ${totalBase(fit)} of ${totalBase(line.intact)} at the site may be handed out`,
      facts: { issuableBase: totalBase(fit), itemCode: line.itemCode },
    });
  }
  if (!line.recoverable) return postingsTo([...fit].sort(byExpiry), [{ to: 'consumed', quantityBase }]);
  assertCovered([{ quantityBase: line.receivedBase - line.inUseBase }], quantityBase);
  return [];
}
