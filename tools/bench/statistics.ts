/** The middle and the spread of what several rounds measured. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @param values  at least one */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  return { median: quantile(sorted, 0.5), least: sorted[0], most: sorted[sorted.length - 1] };
}

/** @param sorted  ascending, not empty; between two values the nearer parts of both count */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
}
