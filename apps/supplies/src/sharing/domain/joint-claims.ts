import { apportion } from './apportion';

/** An owner of a joint reserve. Integers ≥ 0. */
export interface OwnerShare {
  /** Per cent, or pieces: the weights in which the stock is owned; one at least is above 0. */
  readonly share: number;
  /** What the owner has drawn and nobody has replaced. */
  readonly drawnBase: number;
}

/**
 * What of a joint stock belongs to each owner. The stock and everything drawn from it is shared out; an owner's claim is
 * the share less what the owner has drawn. An owner who has drawn more than the share, because some was lost since, has
 * nothing left, and the others bear it by their shares. So every piece counts for one owner and only once.
 * @param stockBase  integer ≥ 0
 * @returns one claim ≥ 0 per owner, in their order; they sum to the stock
 * Source: plan 000 §24 (joint reserve).
 */
export function jointClaims(stockBase: number, owners: readonly OwnerShare[]): number[] {
  let inside = owners.map((_, index) => index);
  for (;;) {
    const drawn = inside.reduce((sum, index) => sum + owners[index].drawnBase, 0);
    const weights = inside.map((index) => owners[index].share);
    if (weights.every((weight) => weight === 0)) break;
    const parts = apportion(stockBase + drawn, weights);
    const claims = new Map(inside.map((index, at) => [index, parts[at] - owners[index].drawnBase]));
    const over = inside.filter((index) => (claims.get(index) as number) < 0);
    if (over.length === 0) return owners.map((_, index) => claims.get(index) ?? 0);
    inside = inside.filter((index) => !over.includes(index));
  }
  return apportion(
    stockBase,
    owners.map(({ share }) => share),
  );
}
