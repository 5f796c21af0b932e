import { DomainError, type Account } from '@ledger/contracts';
import type { Posting } from './posting';

/** A quantity of one lot in one account, for one allocation line or none. */
export interface Holding {
  readonly account: Account;
  readonly lotId: string;
  readonly itemCode: string;
  readonly expiryDate: string | null;
  readonly quantityBase: number;
  readonly lineId: string | null;
}

/** First expired, first out: earliest expiry first, lots without a date last, then by id so that it is always the same. */
export function byExpiry(
  one: Pick<Holding, 'expiryDate' | 'lotId'>,
  other: Pick<Holding, 'expiryDate' | 'lotId'>,
): number {
  if (one.expiryDate !== other.expiryDate) {
    if (one.expiryDate === null) return 1;
    if (other.expiryDate === null) return -1;
    return one.expiryDate < other.expiryDate ? -1 : 1;
  }
  return one.lotId < other.lotId ? -1 : Number(one.lotId > other.lotId);
}

export const totalBase = (holdings: readonly { readonly quantityBase: number }[]): number =>
  holdings.reduce((sum, holding) => sum + holding.quantityBase, 0);

/**
 * Takes a quantity from holdings in their given order.
 * @param quantityBase  integer ≥ 0
 * @returns what was taken and what is left, in the same order and without empty parts; `shortBase` is what was missing
 */
export function draw<T extends { readonly quantityBase: number }>(
  holdings: readonly T[],
  quantityBase: number,
): { taken: T[]; left: T[]; shortBase: number } {
  const taken: T[] = [];
  const left: T[] = [];
  let wanted = quantityBase;
  for (const holding of holdings) {
    const part = Math.min(wanted, holding.quantityBase);
    wanted -= part;
    if (part > 0) taken.push({ ...holding, quantityBase: part });
    if (part < holding.quantityBase) left.push({ ...holding, quantityBase: holding.quantityBase - part });
  }
  return { taken, left, shortBase: wanted };
}

/** A part of a line and the account it goes to. */
export interface Destination {
  readonly to: Account;
  readonly quantityBase: number;
}

/**
 * Spreads a line over destinations, one after the other, each served in the given order of the holdings.
 * @returns the postings; their quantities per destination equal what was asked for
 * @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE when the holdings do not cover all destinations
 */
export function postingsTo(holdings: readonly Holding[], destinations: readonly Destination[]): Posting[] {
  assertCovered(holdings, totalBase(destinations));
  const postings: Posting[] = [];
  let rest = [...holdings];
  for (const { to, quantityBase } of destinations) {
    const { taken, left } = draw(rest, quantityBase);
    rest = left;
    postings.push(...taken.map((holding) => postingOf(holding, to)));
  }
  return postings;
}

export function postingOf(holding: Holding, to: Account): Posting {
  const { account: from, lotId, itemCode, expiryDate, quantityBase, lineId } = holding;
  return { from, to, lotId, itemCode, expiryDate, quantityBase, lineId };
}

/** @throws DomainError SUPPLIES_QUANTITY_EXCEEDS_BALANCE */
export function assertCovered(holdings: readonly { readonly quantityBase: number }[], quantityBase: number): void {
  const availableBase = totalBase(holdings);
  if (quantityBase > availableBase) {
    throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
      detail: `${quantityBase} asked for, ${availableBase} there`,
      facts: { askedBase: quantityBase, availableBase },
    });
  }
}
