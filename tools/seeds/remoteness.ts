import { distanceMetres } from '@ledger/contracts';
import { HEQU, placeOf, type Place } from './places';
import type { Reference, Region } from './reference';

/** Hill roads wind: road kilometres per straight kilometre. An estimate. */
const ROAD_FACTOR = 1.5;
/** What a rural township (乡) adds for its thinner road network, in road kilometres. An estimate. */
const RURAL_TOWNSHIP_KM = 6;
/** From here on a village counts as remote, in estimated road kilometres. */
export const REMOTE_FROM_KM = 30;
const MOST_PER_TOWNSHIP = 4;

export interface RankedVillage {
  readonly village: Region;
  /** Estimated road kilometres to the county seat, plus what a rural township adds. */
  readonly remotenessKm: number;
}

/**
 * Chooses the villages that hold a reserve point: the most remote first, at most four in one township. Town
 * communities (居委会) and the village in which a township has its seat, and so its own point, are left out.
 * Source: plan 004 §22 (points where roads are bad). The measure itself is ours and rests on random positions.
 */
export function villagesWithPoint(
  reference: Reference,
  places: ReadonlyMap<string, Place>,
  count: number,
): RankedVillage[] {
  const taken = new Map<string, number>();
  const ranked = rankVillages(reference, places).filter(({ village }) => {
    const before = taken.get(village.parentCode) ?? 0;
    taken.set(village.parentCode, before + 1);
    return before < MOST_PER_TOWNSHIP;
  });
  return ranked.slice(0, count);
}

function rankVillages(reference: Reference, places: ReadonlyMap<string, Place>): RankedVillage[] {
  const seat = placeOf(places, HEQU);
  return reference.regions
    .filter((region) => region.code.startsWith(HEQU) && region.kind === '村委会')
    .map((village) => ({ village, township: placeOf(places, village.parentCode).region }))
    .filter(({ village, township }) => properName(village) !== properName(township))
    .map(({ village, township }) => {
      const roadKm = (distanceMetres(seat, placeOf(places, village.code)) / 1000) * ROAD_FACTOR;
      return { village, remotenessKm: roadKm + (township.kind === '乡' ? RURAL_TOWNSHIP_KM : 0) };
    })
    .sort((left, right) => right.remotenessKm - left.remotenessKm);
}

/** The name without its last character, which says village, town or township. */
const properName = (region: Region): string => region.shortName.slice(0, -1);
