import { distanceMetres, lineageOf, regionCovers, type Position } from '@ledger/contracts';

export const SOURCINGS = ['own', 'contract', 'requisition'] as const;
export type Sourcing = (typeof SOURCINGS)[number];

/** The ways of sourcing that an assignment may use: the one it names and everything milder. */
export function sourcingsUpTo(sourcing: Sourcing): readonly Sourcing[] {
  return SOURCINGS.slice(0, SOURCINGS.indexOf(sourcing) + 1);
}

const COUNTY_CODE_LENGTH = 6;
/** Of a meridian; slightly less than the true value, so that boxes come out slightly larger. */
const METRES_PER_DEGREE = 111_000;
/** Meridians meet at the poles; beyond this the box stops growing. */
const SMALLEST_SHRINK = 0.01;

/** The region whose authority asks for vehicles: the asking one from the county up, else the county around it. */
export function ownRegionOf(askingRegion: string): string {
  return lineageOf(askingRegion).find((code) => code.length <= COUNTY_CODE_LENGTH) ?? askingRegion;
}

export interface ReachRules {
  readonly ownRegionCode: string;
  readonly neighbourRadiusMetres: number;
}

/**
 * Which vehicles may be asked. Those of the own region, always. Those of any tier above the site, unless by requisition.
 * Those of neighbours, unless by requisition, when they stand within the radius around the place where they pick up.
 *
 * A requisition never reaches outside the own region: there the upper tier has to order it.
 * Source: plan 000 §26 (requisition and compensation), plan 004 §23 (coordination of transport forces).
 */
export function mayReach(
  vehicle: Position & { readonly regionCode: string; readonly sourcing: Sourcing },
  way: { readonly siteRegionCode: string; readonly pickUp: Position },
  rules: ReachRules,
): boolean {
  if (regionCovers(rules.ownRegionCode, vehicle.regionCode)) return true;
  if (vehicle.sourcing === 'requisition') return false;
  return (
    regionCovers(vehicle.regionCode, way.siteRegionCode) ||
    distanceMetres(vehicle, way.pickUp) <= rules.neighbourRadiusMetres
  );
}

/** A box in degrees that holds every point within the radius around any of the places; a little larger than needed. */
export function boxAround(
  places: readonly Position[],
  radiusMetres: number,
): { readonly south: number; readonly north: number; readonly west: number; readonly east: number } {
  const latitudes = places.map((place) => place.latitude);
  const longitudes = places.map((place) => place.longitude);
  const latitudeMargin = radiusMetres / METRES_PER_DEGREE;
  const farthest = Math.max(...latitudes.map(Math.abs)) + latitudeMargin;
  const shrink = Math.max(SMALLEST_SHRINK, Math.cos((farthest * Math.PI) / 180));
  return {
    south: Math.min(...latitudes) - latitudeMargin,
    north: Math.max(...latitudes) + latitudeMargin,
    west: Math.min(...longitudes) - latitudeMargin / shrink,
    east: Math.max(...longitudes) + latitudeMargin / shrink,
  };
}
