/**
 * Splits a whole number by weights, by the method of the largest remainder: every part is its exact share rounded up or
 * down, and the parts sum to the whole. Among equal remainders the earlier goes first.
 * @param total    integer ≥ 0
 * @param weights  integers ≥ 0, of which one at least is above 0
 * @returns one part per weight, in their order
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((share) => Number(share / whole));
  const left = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share % whole }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder.slice(0, left)) parts[index] += 1;
  return parts;
}
