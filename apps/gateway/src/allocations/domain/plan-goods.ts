import { regionCovers, travelSeconds, type Site } from '@ledger/contracts';
import type { PlannedSource } from './allocation';

/** What the projection knows of one depot for one item. */
export interface DepotStock {
  readonly depotId: string;
  readonly name: string;
  readonly regionCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly floorBase: number;
  readonly lots: readonly { readonly expiryDate: string | null; readonly availableBase: number }[];
}

export interface GoodsDemand {
  readonly site: Site;
  readonly demandBase: number;
  /** Lots that expire before this ISO date do not count. */
  readonly usableUntil: string;
  readonly excludedDepotIds: readonly string[];
}

export interface GoodsPlan {
  readonly sources: PlannedSource[];
  readonly shortBase: number;
}

/** An estimate for loaded lorries on county roads in hill country, km/h. */
export const PLANNING_SPEED_KMH = 45;
/** More sources than this for one line are not worth the trips. */
const MAX_SOURCES = 12;

interface Candidate {
  readonly depot: DepotStock;
  readonly callableBase: number;
  readonly foreign: boolean;
  readonly seconds: number;
}

/**
 * Splits one demand over depots: those of the site's own county first, nearest first, then those beyond it, nearest
 * first; every depot keeps its reserve standard. First-expired-first-out inside a depot is the ledger's own work.
 * @returns the sources with reasons, and what stays short (integer ≥ 0, in the item's base unit)
 * Source: plan 004 §20 (nearest first), plan 004 §22 (reserve standards).
 */
export function planGoods(demand: GoodsDemand, depots: readonly DepotStock[]): GoodsPlan {
  const candidates = depots
    .filter((depot) => !demand.excludedDepotIds.includes(depot.depotId))
    .map((depot) => weigh(demand, depot))
    .filter((candidate) => candidate.callableBase > 0)
    .sort(byPreference);
  const sources: PlannedSource[] = [];
  let openBase = demand.demandBase;
  for (const candidate of candidates) {
    if (openBase === 0 || sources.length === MAX_SOURCES) break;
    const quantityBase = Math.min(openBase, candidate.callableBase);
    sources.push(sourceOf(candidate, quantityBase));
    openBase -= quantityBase;
  }
  return { sources, shortBase: openBase };
}

/** What a depot may give: usable lots above its floor. */
export function callableBase(depot: Pick<DepotStock, 'lots' | 'floorBase'>, usableUntil: string): number {
  const usable = depot.lots
    .filter((lot) => lot.expiryDate === null || lot.expiryDate >= usableUntil)
    .reduce((sum, lot) => sum + lot.availableBase, 0);
  return Math.max(0, usable - depot.floorBase);
}

function weigh(demand: GoodsDemand, depot: DepotStock): Candidate {
  const county = demand.site.regionCode.slice(0, 6);
  return {
    depot,
    callableBase: callableBase(depot, demand.usableUntil),
    foreign: !regionCovers(county, depot.regionCode),
    seconds: travelSeconds(depot, demand.site, { speedKmh: PLANNING_SPEED_KMH }),
  };
}

function byPreference(a: Candidate, b: Candidate): number {
  return Number(a.foreign) - Number(b.foreign) || a.seconds - b.seconds || (a.depot.depotId < b.depot.depotId ? -1 : 1);
}

function sourceOf({ depot, callableBase: callable, foreign, seconds }: Candidate, quantityBase: number): PlannedSource {
  const place = foreign ? 'outside the county, nearest next' : 'nearest in the county';
  return {
    depotId: depot.depotId,
    depotName: depot.name,
    regionCode: depot.regionCode,
    latitude: depot.latitude,
    longitude: depot.longitude,
    quantityBase,
    travelSeconds: seconds,
    foreign,
    reason: `${place}; about ${Math.round(seconds / 60)} min (estimate); ${callable} callable above the floor of ${depot.floorBase}`,
  };
}
