/** A position in WGS 84 degrees. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

const EARTH_RADIUS_METRES = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Great-circle distance by the haversine formula.
 * @returns whole metres, never negative
 */
export function distanceMetres(from: Position, to: Position): number {
  const latitude = radians(to.latitude - from.latitude);
  const longitude = radians(to.longitude - from.longitude);
  const h =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(longitude / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** Road length over great-circle length in hill country. An estimate, not a measurement; a setting where it matters. */
export const DEFAULT_ROAD_FACTOR = 1.4;

/**
 * Travel time by great-circle distance × road factor ÷ speed.
 * @param speedKmh    km/h > 0, already cut for terrain and night by the caller
 * @param roadFactor  road length ÷ great-circle length, ≥ 1
 * @returns whole seconds, rounded up
 */
export function travelSeconds(
  from: Position,
  to: Position,
  speed: { readonly speedKmh: number; readonly roadFactor?: number },
): number {
  const roadMetres = distanceMetres(from, to) * (speed.roadFactor ?? DEFAULT_ROAD_FACTOR);
  return Math.ceil((roadMetres * 3.6) / speed.speedKmh);
}
