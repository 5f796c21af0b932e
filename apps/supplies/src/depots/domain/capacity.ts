/** How much a depot may hold; null where nobody has measured it. */
export interface Capacity {
  readonly cubicCentimetres: number | null;
  readonly grams: number | null;
}

/** How much goods take up, by the packed sizes of the catalogue. */
export interface Use {
  readonly cubicCentimetres: number;
  readonly grams: number;
}

/** The use in per cent of the capacity, rounded up so that 100 never hides an overfull depot; null without a capacity. */
export function percentUsed(used: number, capacity: number | null): number | null {
  return capacity === null ? null : Number((BigInt(used) * 100n + BigInt(capacity) - 1n) / BigInt(capacity));
}

export type CapacityExcess = 'volume-over-capacity' | 'weight-over-capacity';

/** In what the goods are more than the depot may hold; empty when they fit or nobody knows. */
export function excessOver(capacity: Capacity, use: Use): CapacityExcess[] {
  const excess: CapacityExcess[] = [];
  if (capacity.cubicCentimetres !== null && use.cubicCentimetres > capacity.cubicCentimetres) {
    excess.push('volume-over-capacity');
  }
  if (capacity.grams !== null && use.grams > capacity.grams) excess.push('weight-over-capacity');
  return excess;
}

export const addUse = (one: Use, other: Use): Use => ({
  cubicCentimetres: one.cubicCentimetres + other.cubicCentimetres,
  grams: one.grams + other.grams,
});
