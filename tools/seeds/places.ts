import { distanceMetres, type Position } from '@ledger/contracts';
import { randomFor, type Random } from './random';
import type { Reference, Region } from './reference';

/** A region's point on the map. `sourced` points are seat towns; every other point is drawn at random. */
export interface Place extends Position {
  readonly region: Region;
  readonly basis: 'sourced' | 'synthetic';
}

export const HEQU = '140930';
/** The township in which the county seat lies; its point is the seat itself. */
export const SEAT_TOWNSHIP = '140930100';
/** The prefecture-level city has no row of its own among the seats: its centre district stands for it. */
const XINZHOU = { code: '1409', centreDistrict: '140902' };

/** Hequ lies roughly in this box, degrees WGS 84; the true boundary is not in the data. */
const HEQU_BOX = { south: 39.0, north: 39.6, west: 111.15, east: 111.65 };
const DEGREES_PER_KM = { latitude: 1 / 111, longitude: 1 / 86 };

interface Ring {
  readonly centre: Position;
  readonly fromKm: number;
  readonly toKm: number;
}

const TOWN_RING = { fromKm: 7, toKm: 26 };
const RURAL_TOWNSHIP_RING = { fromKm: 14, toKm: 38 };
const TOWNSHIPS_APART_KM = 7;
const VILLAGE_RING = { fromKm: 1.2, toKm: 7 };

/**
 * Gives a place to the city, every county with a known seat, and every township and village of Hequ.
 * Seats come from the reference file; townships are drawn around the county seat and villages around their township.
 * @returns places by region code
 */
export function locatePlaces(reference: Reference): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const add = (place: Place): void => void places.set(place.region.code, place);
  seatPlaces(reference).forEach(add);
  const seat = placeOf(places, HEQU);
  const hequ = reference.regions.filter((region) => region.code.startsWith(HEQU));
  for (const township of hequ.filter((region) => region.tier === 'township')) {
    const others = [...places.values()].filter((place) => place.region.parentCode === HEQU);
    add(township.code === SEAT_TOWNSHIP ? { ...seat, region: township } : drawTownship(township, seat, others));
  }
  for (const village of hequ.filter((region) => region.tier === 'village')) {
    const centre = placeOf(places, village.parentCode);
    add(synthetic(village, drawInRing({ centre, ...VILLAGE_RING }, randomFor(`place/${village.code}`))));
  }
  return places;
}

/** The place of a region that must have one; throws for any other code, which is a mistake in a plan file. */
export function placeOf(places: ReadonlyMap<string, Place>, regionCode: string): Place {
  const place = places.get(regionCode);
  if (!place) throw new Error(`no place for region ${regionCode}`);
  return place;
}

/** A point at most `withinKm` from the place, for teams and vehicles that stand near it. */
export function pointNear(place: Place, withinKm: number, random: Random): Position {
  return drawInRing({ centre: place, fromKm: 0, toKm: withinKm }, random, EVERYWHERE);
}

function seatPlaces(reference: Reference): Place[] {
  return reference.seats.flatMap((seat) => {
    const codes = seat.countyCode === XINZHOU.centreDistrict ? [seat.countyCode, XINZHOU.code] : [seat.countyCode];
    return reference.regions
      .filter((region) => codes.includes(region.code))
      .map((region) => ({
        region,
        latitude: seat.latitude,
        longitude: seat.longitude,
        basis: seat.basis === 'sourced' ? ('sourced' as const) : ('synthetic' as const),
      }));
  });
}

function drawTownship(township: Region, seat: Place, others: readonly Place[]): Place {
  const ring = { centre: seat, ...(township.kind === '镇' ? TOWN_RING : RURAL_TOWNSHIP_RING) };
  const random = randomFor(`place/${township.code}`);
  const farFromOthers = (point: Position): boolean =>
    others.every((other) => distanceMetres(point, other) >= TOWNSHIPS_APART_KM * 1000);
  return synthetic(
    township,
    drawInRing(ring, random, (point) => inHequ(point) && farFromOthers(point)),
  );
}

const inHequ = ({ latitude, longitude }: Position): boolean =>
  latitude >= HEQU_BOX.south && latitude <= HEQU_BOX.north && longitude >= HEQU_BOX.west && longitude <= HEQU_BOX.east;

const EVERYWHERE = (): boolean => true;
const MOST_DRAWS = 10_000;

/** Draws from the square around the ring until a point lies in the ring and is accepted. */
function drawInRing(ring: Ring, random: Random, accepted: (point: Position) => boolean = inHequ): Position {
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const northKm = (random.fraction() * 2 - 1) * ring.toKm;
    const eastKm = (random.fraction() * 2 - 1) * ring.toKm;
    const squaredKm = northKm ** 2 + eastKm ** 2;
    const point = {
      latitude: rounded(ring.centre.latitude + northKm * DEGREES_PER_KM.latitude),
      longitude: rounded(ring.centre.longitude + eastKm * DEGREES_PER_KM.longitude),
    };
    if (squaredKm >= ring.fromKm ** 2 && squaredKm <= ring.toKm ** 2 && accepted(point)) return point;
  }
  throw new Error('no free point in the ring');
}

const synthetic = (region: Region, point: Position): Place => ({ region, ...point, basis: 'synthetic' });

/** Five decimals, about a metre: more would look like a survey. */
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
