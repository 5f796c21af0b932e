import { lineageOf } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import type { PlaceGap } from './gap';
import type { PurchaseNeed } from './purchase-need';
import { columnsOf, type Target } from './target';

export interface ReceivingDepot {
  readonly depotId: string;
  readonly regionCode: string;
}

/** Why nothing can be ordered for a gap. */
export type UnplacedReason = 'no-depot' | 'no-item';

export interface UnplacedGap {
  readonly regionCode: string;
  readonly target: Target;
  readonly gapBase: number;
  readonly why: UnplacedReason;
}

/** Which item to buy for a target that more than one item can meet, and what one of it counts. */
export interface Choice {
  readonly itemCode: string;
  readonly perUnit: number;
}

/**
 * What has to be bought to close gaps. Goods go to a depot of the region, or, where it has none, to one of the nearest
 * tier above. Needs of one item for one depot become one.
 * @param depots  in the order of preference
 * @param choices  the item to buy for a category or capability
 */
export function needsOfGaps(
  places: readonly PlaceGap[],
  depots: readonly ReceivingDepot[],
  choices: ReadonlyMap<Target, Choice>,
  neededBy: Day | null,
): { needs: PurchaseNeed[]; unplaced: UnplacedGap[] } {
  const needs = new Map<string, PurchaseNeed>();
  const unplaced: UnplacedGap[] = [];
  for (const place of places.filter(({ gapBase }) => gapBase > 0)) {
    const depotId = receiverFor(place.regionCode, depots);
    const choice = choiceFor(place.target, choices);
    if (!depotId || !choice) {
      const { regionCode, target, gapBase } = place;
      unplaced.push({ regionCode, target, gapBase, why: depotId ? 'no-item' : 'no-depot' });
      continue;
    }
    const need = needOf(place, depotId, choice, neededBy);
    const key = `${depotId} ${need.itemCode}`;
    needs.set(key, merged(needs.get(key), need));
  }
  return { needs: [...needs.values()], unplaced };
}

function receiverFor(regionCode: string, depots: readonly ReceivingDepot[]): string | undefined {
  for (const ancestor of lineageOf(regionCode)) {
    const depot = depots.find((each) => each.regionCode === ancestor);
    if (depot) return depot.depotId;
  }
  return undefined;
}

function choiceFor(target: Target, choices: ReadonlyMap<Target, Choice>): Choice | undefined {
  const { itemCode } = columnsOf(target);
  return itemCode === null ? choices.get(target) : { itemCode, perUnit: 1 };
}

function needOf(place: PlaceGap, depotId: string, choice: Choice, neededBy: Day | null): PurchaseNeed {
  const { rule, temporaryBase } = place.requirement;
  const why = [rule ? `rule ${rule.source}` : 'depot floors', ...(temporaryBase > 0 ? ['temporary standard'] : [])];
  const quantityBase = Math.ceil(place.gapBase / choice.perUnit);
  const reason = `${place.regionCode}: ${place.gapBase} short of ${place.requiredBase} (${why.join(', ')})`;
  return { itemCode: choice.itemCode, quantityBase, depotId, neededBy, reason };
}

const REASON_LENGTH = 500;

function merged(before: PurchaseNeed | undefined, need: PurchaseNeed): PurchaseNeed {
  if (!before) return { ...need, reason: need.reason.slice(0, REASON_LENGTH) };
  const reason = `${before.reason}; ${need.reason}`.slice(0, REASON_LENGTH);
  return { ...before, quantityBase: before.quantityBase + need.quantityBase, reason };
}
