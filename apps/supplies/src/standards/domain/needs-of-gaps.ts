import { lineageOf } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import type { PlaceGap } from './gap';
import type { PurchaseNeed } from './purchase-need';
import { columnsOf, type Contribution, type Target } from './target';

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

/** What is ordered for a depot, or drafted, and has not come. */
export interface Ordered {
  readonly depotId: string;
  readonly itemCode: string;
  readonly openBase: number;
}

/** The needs without what is ordered already, so that asking twice does not order twice. */
export function withoutOrdered(needs: readonly PurchaseNeed[], ordered: readonly Ordered[]): PurchaseNeed[] {
  const open = new Map(ordered.map((row) => [`${row.depotId} ${row.itemCode}`, row.openBase]));
  return needs
    .map((need) => {
      const openBase = open.get(`${need.depotId} ${need.itemCode}`) ?? 0;
      return { ...need, quantityBase: Math.max(0, need.quantityBase - openBase) };
    })
    .filter(({ quantityBase }) => quantityBase > 0);
}

/** Which item to buy for a target that more than one item can meet, and what one of it counts. */
export interface Choice {
  readonly itemCode: string;
  readonly perUnit: number;
}

export interface BuyingPlan {
  /** In the order of preference. */
  readonly depots: readonly ReceivingDepot[];
  /** The item to buy for a category or capability. */
  readonly choices: ReadonlyMap<Target, Choice>;
  readonly contributions: readonly Contribution[];
  readonly neededBy: Day | null;
}

/**
 * What has to be bought to close gaps. Goods go to a depot of the region, or, where it has none, to one of the nearest
 * tier above. Needs of one item for one depot become one. Items that are bought for a region count towards what its
 * categories and capabilities lack, so that one piece is not bought for each.
 */
export function needsOfGaps(
  places: readonly PlaceGap[],
  plan: BuyingPlan,
): { needs: PurchaseNeed[]; unplaced: UnplacedGap[] } {
  const needs = new Map<string, PurchaseNeed>();
  const unplaced: UnplacedGap[] = [];
  const bought = new Map<string, number>();
  for (const place of itemsFirst(places)) {
    const { regionCode, target } = place;
    const gapBase = place.gapBase - (bought.get(`${regionCode} ${target}`) ?? 0);
    if (gapBase <= 0) continue;
    const depotId = receiverFor(regionCode, plan.depots);
    const choice = choiceFor(target, plan.choices);
    if (!depotId || !choice) {
      unplaced.push({ regionCode, target, gapBase, why: depotId ? 'no-item' : 'no-depot' });
      continue;
    }
    const need = needOf({ ...place, gapBase }, depotId, choice, plan.neededBy);
    for (const { target: met, perUnit } of plan.contributions.filter((each) => each.itemCode === need.itemCode)) {
      const key = `${regionCode} ${met}`;
      bought.set(key, (bought.get(key) ?? 0) + need.quantityBase * perUnit);
    }
    const key = `${depotId} ${need.itemCode}`;
    needs.set(key, merged(needs.get(key), need));
  }
  return { needs: [...needs.values()], unplaced };
}

const itemsFirst = (places: readonly PlaceGap[]): PlaceGap[] => [
  ...places.filter(({ target }) => columnsOf(target).itemCode !== null),
  ...places.filter(({ target }) => columnsOf(target).itemCode === null),
];

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
