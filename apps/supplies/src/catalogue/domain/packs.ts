import { DomainError, MAX_QUANTITY_BASE } from '@ledger/contracts';

/** A pack as far as counting goes. */
export interface Pack {
  readonly id: string;
  readonly baseUnits: number;
}

export interface PackCount<P extends Pack> {
  readonly pack: P;
  readonly count: number;
}

/**
 * The quantity in a number of packs, in the item's base unit.
 * @param packs  integer ≥ 0
 * @throws DomainError REQUEST_INVALID when it is more than one line of a movement may hold
 */
export function packsToBase(pack: Pick<Pack, 'baseUnits'>, packs: number): number {
  const quantityBase = packs * pack.baseUnits;
  if (Number.isSafeInteger(quantityBase) && quantityBase <= MAX_QUANTITY_BASE) return quantityBase;
  throw new DomainError('REQUEST_INVALID', {
    errors: [{ pointer: '/count', reason: `would be more than ${MAX_QUANTITY_BASE} base units` }],
  });
}

/**
 * A quantity in whole packs, the largest first, and what is left over. Of packs with the same content the first by id
 * counts, so that it is always the same.
 * @param quantityBase  integer ≥ 0
 * @returns packs × content + `looseBase` is the quantity; packs of which there are none are left out
 */
export function baseToPacks<P extends Pack>(
  quantityBase: number,
  packs: readonly P[],
): { packs: PackCount<P>[]; looseBase: number } {
  const sorted = [...packs].sort((one, other) => other.baseUnits - one.baseUnits || (one.id < other.id ? -1 : 1));
  const counted: PackCount<P>[] = [];
  let looseBase = quantityBase;
  for (const pack of sorted) {
    const count = Math.floor(looseBase / pack.baseUnits);
    if (count > 0) counted.push({ pack, count });
    looseBase -= count * pack.baseUnits;
  }
  return { packs: counted, looseBase };
}
