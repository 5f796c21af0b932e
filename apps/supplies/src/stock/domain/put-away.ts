import { DomainError, depotAccount, type Account } from '@ledger/contracts';
import type { Day } from './calendar';
import { byExpiry, draw, postingOf, totalBase, type Holding } from './draw';
import { whyNotIssuable, type LotCondition } from './lot';
import type { Posting } from './posting';

/** A holding and whether its lot may still be issued. */
export type ConditionedHolding = Holding & LotCondition;

/** What a keeper found when goods came back. Integers ≥ 0, in the item's base unit. */
export interface Inspection {
  readonly usableBase: number;
  readonly damagedBase: number;
  readonly lostBase: number;
}

/** Where goods of one line are before they come back; either may be empty. */
export interface Outstanding {
  readonly intact: readonly ConditionedHolding[];
  /** Known to be damaged already; never taken for usable. */
  readonly damaged: readonly ConditionedHolding[];
}

export const inspectedBase = (line: Inspection): number => line.usableBase + line.damagedBase + line.lostBase;

/**
 * The postings that put a line's returned goods away: usable ones into free stock, or into quarantine when their lot is
 * past its date, held or recalled; damaged ones into quarantine; lost ones out of the books. Damaged pieces are taken
 * from those known to be damaged first, lost ones from the intact first. What is not named stays where it is.
 * @throws DomainError SUPPLIES_RETURN_EXCEEDS_DELIVERY when more is named than is outstanding, or more as usable than
 *   is intact
 */
export function putAwayPostings(depotId: string, line: Inspection, outstanding: Outstanding, today: Day): Posting[] {
  assertOutstanding(line, outstanding);
  const usable = draw([...outstanding.intact].sort(byExpiry), line.usableBase);
  const damagedBefore = draw([...outstanding.damaged].sort(byExpiry), line.damagedBase);
  const damagedInUse = draw(usable.left, damagedBefore.shortBase);
  const lost = draw([...damagedInUse.left, ...damagedBefore.left], line.lostBase);
  const quarantine = depotAccount(depotId, 'quarantine');
  const shelfOf = (lot: LotCondition): Account =>
    whyNotIssuable(lot, today) ? quarantine : depotAccount(depotId, 'available');
  return [
    ...usable.taken.map((holding) => postingOf(holding, shelfOf(holding))),
    ...[...damagedBefore.taken, ...damagedInUse.taken].map((holding) => postingOf(holding, quarantine)),
    ...lost.taken.map((holding) => postingOf(holding, 'lost')),
  ];
}

function assertOutstanding(line: Inspection, { intact, damaged }: Outstanding): void {
  const intactBase = totalBase(intact);
  const outstandingBase = intactBase + totalBase(damaged);
  if (line.usableBase <= intactBase && inspectedBase(line) <= outstandingBase) return;
  throw new DomainError('SUPPLIES_RETURN_EXCEEDS_DELIVERY', {
    detail: `${inspectedBase(line)} named (${line.usableBase} usable), ${outstandingBase} outstanding (${intactBase} intact)`,
    facts: { namedBase: inspectedBase(line), outstandingBase, intactBase },
  });
}
