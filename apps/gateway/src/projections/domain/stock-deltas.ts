import { parseDepotAccount, type MovementPosted } from '@ledger/contracts';

/** By how much the free stock of one item with one expiry date changes in one depot. */
export interface StockDelta {
  readonly depotId: string;
  readonly itemCode: string;
  /** null: the goods do not expire. */
  readonly expiryDate: string | null;
  /** Base units; never zero. */
  readonly deltaBase: number;
}

/**
 * What a movement means for free stock: only the `available` accounts of depots count. Sums may be added up in any
 * order, so nothing here looks at what is there already.
 * @returns one entry per depot, item and date that changes, in this order, so that rows are always locked alike
 */
export function stockDeltas(postings: MovementPosted['postings']): StockDelta[] {
  const sums = new Map<string, StockDelta>();
  for (const { itemCode, expiryDate, from, to, quantityBase } of postings) {
    for (const [account, signed] of [
      [from, -quantityBase],
      [to, quantityBase],
    ] as const) {
      const depot = parseDepotAccount(account);
      if (depot?.state !== 'available') continue;
      const key = [depot.depotId, itemCode, expiryDate ?? 'never'].join(' ');
      const deltaBase = (sums.get(key)?.deltaBase ?? 0) + signed;
      sums.set(key, { depotId: depot.depotId, itemCode, expiryDate, deltaBase });
    }
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, delta]) => delta)
    .filter((delta) => delta.deltaBase !== 0);
}
