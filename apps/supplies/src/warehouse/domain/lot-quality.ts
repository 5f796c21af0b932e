import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import type { Place } from '../../scope';
import type { LotQuality } from '../../stock/domain/lot';

export const QUALITY_ACTIONS = ['hold', 'release', 'recall', 'withdraw'] as const;
export type QualityAction = (typeof QUALITY_ACTIONS)[number];

/** A recall that is withdrawn leaves the lot held: setting it free is a second decision, by somebody else. */
const TRANSITIONS: Readonly<Record<LotQuality, Partial<Record<QualityAction, LotQuality>>>> = {
  good: { hold: 'held', recall: 'recalled' },
  held: { release: 'good', recall: 'recalled' },
  recalled: { withdraw: 'held' },
};

/** The quality a lot has after an action, or undefined when the action is not for a lot of its quality. */
export const qualityAfter = (quality: LotQuality, action: QualityAction): LotQuality | undefined =>
  TRANSITIONS[quality][action];

/** @throws DomainError SUPPLIES_LOT_QUALITY_CONFLICT */
export function nextQuality(quality: LotQuality, action: QualityAction): LotQuality {
  const next = qualityAfter(quality, action);
  if (!next) throw new DomainError('SUPPLIES_LOT_QUALITY_CONFLICT', { facts: { quality, action } });
  return next;
}

/**
 * Whether a caller decides about a whole lot: whose region owns it, or covers every depot that has pieces of it. Other
 * departments than the emergency one decide about lots that lie in depots of their own only.
 * @param holders  the depots that have pieces of the lot now
 */
export function mayDecideAbout(caller: Caller, ownerRegionCode: string, holders: readonly Place[]): boolean {
  const ownDepots = holders.every(
    ({ organisationId }) => caller.organisationKind === 'emergency' || caller.organisationId === organisationId,
  );
  const isCovered =
    holders.length > 0 && holders.every(({ regionCode }) => regionCovers(caller.regionCode, regionCode));
  return ownDepots && (regionCovers(caller.regionCode, ownerRegionCode) || isCovered);
}

/** What notices moved in one depot since the lot was last good, and what lies in quarantine there without a claim. */
export interface TakenPieces {
  readonly takenBase: number;
  readonly unboundBase: number;
}

/** How many pieces a release puts back: those that a hold took, as far as they are still there. */
export const putBackBase = ({ takenBase, unboundBase }: TakenPieces): number => Math.min(takenBase, unboundBase);
