import { ITEMS } from './stock-data';

/** A sheet as the service gets it, and the same rows as the database copies them. */
export interface ImportSheet {
  readonly rows: number;
  readonly csv: Buffer;
  /** In PostgreSQL's text format: position, day, kind, depot, item, batch, expiry, quantity, note. */
  readonly copy: Buffer;
}

const DEPOTS = 40;
const ROWS_PER_LOT = 20;
const RECEIPTS_PER_LOT = 4;
const HEADINGS = '日期,业务类型,仓库,物资编码,批号,有效期至,数量,单据号,备注';

/**
 * A ledger of a year: every lot comes in four times and is used from sixteen times, of as many items as the catalogue
 * has, in 40 depots. Batches are named by the round, so that no row is known from an earlier one.
 */
export function importSheet(rows: number, round: string): ImportSheet {
  const csv: string[] = [HEADINGS];
  const copy: string[] = [];
  const lots = rows / ROWS_PER_LOT;
  for (let row = 0; row < rows; row++) {
    const lot = row % lots;
    const isReceipt = row < lots * RECEIPTS_PER_LOT;
    const day = dayOf(row / rows);
    const depot = (lot % DEPOTS) + 1;
    const item = `BEN-${String((lot % ITEMS) + 1).padStart(3, '0')}`;
    const batch = `${round}-${lot}`;
    const quantity = isReceipt ? 100 : 5;
    const document = `${isReceipt ? 'RK' : 'CK'}-${round}-${row}`;
    csv.push(
      `${day},${isReceipt ? '入库' : '领用'},BEN-${depot},${item},${batch},2099-01-01,${quantity},${document},防汛物资`,
    );
    copy.push(
      [row + 1, day, isReceipt ? 'receipt' : 'use', `BEN-${depot}`, item, batch, '2099-01-01', quantity, document].join(
        '\t',
      ),
    );
  }
  return { rows, csv: Buffer.from(`${csv.join('\n')}\n`), copy: Buffer.from(`${copy.join('\n')}\n`) };
}

/** The days of a past year, one after the other. */
const dayOf = (share: number): string =>
  new Date(Date.UTC(2025, 0, 1) + Math.floor(share * 365) * 86_400_000).toISOString().slice(0, 10);
