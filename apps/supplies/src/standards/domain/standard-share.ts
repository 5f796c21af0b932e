import { regionCovers } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import { compareDays } from './region-fact';

/** Ways to keep a reserve without having it in store. Source: plan 004 §22 (agreement share), plan 000 §24. */
export const SHARE_MODES = ['agreement', 'enterprise', 'capacity'] as const;
export type ShareMode = (typeof SHARE_MODES)[number];

/** How much of a standard a mode may cover, from a day on. */
export interface StandardShare {
  readonly id: string;
  readonly regionCode: string;
  readonly mode: ShareMode;
  readonly itemCode: string | null;
  readonly category: string | null;
  /** 0 to 100. */
  readonly sharePercent: number;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** The shares in force on a day: the latest of each scope, mode and target, unless its last day is over. */
export function sharesOn(shares: readonly StandardShare[], day: Day): StandardShare[] {
  const latest = new Map<string, StandardShare>();
  const begun = shares.filter(({ validFrom }) => validFrom <= day);
  for (const share of begun.toSorted((one, other) => compareDays(one.validFrom, other.validFrom))) {
    latest.set([share.regionCode, share.mode, share.itemCode, share.category].join(' '), share);
  }
  return [...latest.values()].filter(({ validTo }) => validTo === null || validTo >= day);
}

export interface SharedTarget {
  readonly regionCode: string;
  readonly itemCode: string | null;
  readonly category: string | null;
}

/**
 * The share that holds for a target in a region. Within one scope the share of the item goes before that of its
 * category, and that before the general one; of several scopes the lowest share counts, because a region may promise
 * less of its standard away than the tier above allows, never more. Without any share nothing may be covered.
 * @param shares  in force on the day
 * @returns per cent, 0 to 100
 */
export function sharePercentOf(shares: readonly StandardShare[], mode: ShareMode, of: SharedTarget): number {
  const fitting = shares.filter(
    (share) => share.mode === mode && regionCovers(share.regionCode, of.regionCode) && specificity(share, of) >= 0,
  );
  const percents = [...Map.groupBy(fitting, ({ regionCode }) => regionCode).values()].map(
    (scope) =>
      scope.reduce((best, share) => (specificity(share, of) > specificity(best, of) ? share : best)).sharePercent,
  );
  return percents.length === 0 ? 0 : Math.min(...percents);
}

/** 2 for the item itself, 1 for its category, 0 for everything, -1 for something else. */
function specificity(share: StandardShare, of: SharedTarget): number {
  if (share.itemCode !== null) return share.itemCode === of.itemCode ? 2 : -1;
  if (share.category !== null) return share.category === of.category ? 1 : -1;
  return 0;
}
