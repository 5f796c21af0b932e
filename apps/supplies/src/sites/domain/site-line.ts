import { DomainError } from '@ledger/contracts';
import type { ConditionedHolding } from '../../stock/domain/put-away';

/** One allocation line at a site: what it is, what came, what became of it, and what is there now. */
export interface SiteLine {
  readonly lineId: string;
  readonly itemCode: string;
  /** Recoverable goods stay in the site's account when people get them, because they come back. */
  readonly recoverable: boolean;
  /** Usable pieces that ever arrived. */
  readonly receivedBase: number;
  /** Pieces used up; only goods that are not recoverable. */
  readonly consumedBase: number;
  /** Recoverable pieces handed out so far, whether they came back or not. */
  readonly inUseBase: number;
  /** Usable pieces at the site now, by lot. */
  readonly intact: readonly ConditionedHolding[];
  readonly damaged: readonly ConditionedHolding[];
}

/** @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE for a line that never had anything at the site */
export function lineAtSite(lines: ReadonlyMap<string, SiteLine>, lineId: string, askedBase: number): SiteLine {
  const line = lines.get(lineId);
  if (line) return line;
  throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
    detail: `the site has nothing of allocation line ${lineId}`,
    facts: { lineId, askedBase, availableBase: 0 },
  });
}
