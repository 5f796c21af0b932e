import type { Day } from '../../stock/domain/calendar';
import type { ReceiptOrigin } from '../../stock/domain/lot';
import { shownValue, type RowFault } from './row-faults';
import type { StockRow } from './stock-row';

/** A lot that the sheet brings. */
export interface BroughtLot {
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly origin: ReceiptOrigin;
  readonly ownerRegionCode: string;
  readonly productionDate: Day | null;
  readonly expiryDate: Day | null;
}

interface KnownLot extends BroughtLot {
  /** Taken for use and not brought back, over all depots. */
  usedBase: number;
}

interface Shelf {
  /** null when the same batch came in from several origins: a row has to name one. */
  origin: ReceiptOrigin | null;
  readonly lot: KnownLot;
  /** What the rows so far leave in the depot, when it was empty before. */
  heldBase: number;
}

/**
 * Follows the lots of a sheet row by row. A ledger that is kept in order brings every lot before it takes from it, and
 * then everything can be told from the sheet alone: what was in the depots before can only add to it. Rows that speak of
 * other goods, or take more than the sheet brought, are left to the ledger's own books: `isSelfContained` is then false.
 */
export class LotBook {
  private readonly lots = new Map<string, KnownLot>();
  private readonly shelves = new Map<string, Shelf>();
  isSelfContained = true;

  /** Lots that the sheet brings. */
  brought(): BroughtLot[] {
    return [...this.lots.values()];
  }

  /** @returns the row, with the origin of the lot it speaks of where that is known, or what is wrong with it */
  enter(row: StockRow): StockRow | readonly RowFault[] {
    return row.bringsLot ? this.bring(row) : this.takeUp(row);
  }

  private bring(row: StockRow): StockRow | readonly RowFault[] {
    const key = lotKey(row);
    let lot = this.lots.get(key);
    if (lot && !sameDates(lot, row)) return [conflictOf(row)];
    if (!lot) {
      const { itemCode, ownerRegionCode, productionDate, expiryDate } = row;
      const named = { batchNumber: row.batchNumber ?? '', origin: row.origin ?? 'purchase' };
      lot = { itemCode, ...named, ownerRegionCode, productionDate, expiryDate, usedBase: 0 };
      this.lots.set(key, lot);
    }
    this.shelve(row, lot);
    return row;
  }

  private shelve(row: StockRow, lot: KnownLot): void {
    const key = shelfKey(row);
    const shelf = this.shelves.get(key);
    const addedBase = isAvailable(row.to) ? row.quantityBase : 0;
    if (!shelf) this.shelves.set(key, { origin: row.origin, lot, heldBase: addedBase });
    else {
      if (shelf.origin !== row.origin) shelf.origin = null;
      shelf.heldBase += addedBase;
    }
  }

  private takeUp(row: StockRow): StockRow | readonly RowFault[] {
    const shelf = this.shelves.get(shelfKey(row));
    const origin = shelf?.origin ?? null;
    if (!shelf || origin === null || (row.origin !== null && row.origin !== origin)) {
      this.isSelfContained = false;
      return row;
    }
    const { lot } = shelf;
    const faults = faultsAgainst(lot, row);
    if (faults.length > 0) return faults;
    if (isAvailable(row.from)) shelf.heldBase -= row.quantityBase;
    if (isAvailable(row.to)) shelf.heldBase += row.quantityBase;
    if (row.to === 'consumed') lot.usedBase += row.quantityBase;
    if (row.from === 'consumed') lot.usedBase -= row.quantityBase;
    if (shelf.heldBase < 0 || lot.usedBase < 0) this.isSelfContained = false;
    return row.origin === origin ? row : { ...row, origin };
  }
}

const isAvailable = (account: string): boolean => account.endsWith(':available');

const lotKey = (row: StockRow): string => `${row.itemCode}|${row.origin}|${row.ownerRegionCode}|${row.batchNumber}`;
const shelfKey = (row: StockRow): string => `${row.depotId}|${row.itemCode}|${row.batchNumber}`;

const sameDates = (lot: KnownLot, row: StockRow): boolean =>
  lot.productionDate === row.productionDate && lot.expiryDate === row.expiryDate;

/** A row that takes goods may leave dates out; those it names have to be the lot's. */
function faultsAgainst(lot: KnownLot, row: StockRow): RowFault[] {
  const contradicts =
    (row.productionDate !== null && row.productionDate !== lot.productionDate) ||
    (row.expiryDate !== null && row.expiryDate !== lot.expiryDate);
  if (contradicts) return [conflictOf(row)];
  const isExpired = row.movementKind === 'use' && lot.expiryDate !== null && lot.expiryDate < row.day;
  return isExpired ? [{ field: 'batchNumber', code: 'lot-expired', value: shownValue(row.batchNumber ?? '') }] : [];
}

const conflictOf = ({ batchNumber }: StockRow): RowFault => ({
  field: 'batchNumber',
  code: 'lot-conflict',
  value: shownValue(batchNumber ?? ''),
});
