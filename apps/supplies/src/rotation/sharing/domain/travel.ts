import { DEFAULT_ROAD_FACTOR, distanceMetres, tiersApart, type Position } from '@ledger/contracts';

/** A depot as far as journeys go. */
export interface Stop extends Position {
  readonly regionCode: string;
}

/** What a lorry does in a day in hill country, loading and breaks included. An estimate. */
const ROAD_METRES_A_DAY = 300_000;
/** Papers, loading and unloading. An estimate. */
const HANDLING_DAYS = 1;
/** Papers of two provinces. An estimate. */
const PROVINCE_BORDER_DAYS = 1;
const PROVINCES_DIFFER = 5;

/**
 * Days until goods that are released today can be used elsewhere: an estimate from the distance as the crow flies and
 * from the tiers that have to agree.
 * @returns whole days ≥ 1
 */
export function travelDays(from: Stop, to: Stop): number {
  const roadMetres = distanceMetres(from, to) * DEFAULT_ROAD_FACTOR;
  const border = tiersApart(from.regionCode, to.regionCode) === PROVINCES_DIFFER ? PROVINCE_BORDER_DAYS : 0;
  return HANDLING_DAYS + Math.ceil(roadMetres / ROAD_METRES_A_DAY) + border;
}
