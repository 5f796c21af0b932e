import { hash } from 'node:crypto';
import { Database } from '@ledger/platform';
import { NULL, copyIn, field } from './copy-in';
import type { RowFault } from './domain/row-faults';
import type { StockRow } from './domain/stock-row';
import { ImportsRepository, type Lease, type Progress } from './imports.repository';

const ROW_COLUMNS = [
  ...['import_id', 'position', 'row_number', 'valid', 'repeated', 'business_key', 'movement_kind', 'brings_lot'],
  ...['depot_id', 'item_code', 'batch_number', 'production_date', 'expiry_date', 'origin', 'owner_region_code'],
  ...['from_account', 'to_account', 'quantity_base', 'day', 'note', 'content'],
];
const ERROR_COLUMNS = ['import_id', 'row_number', 'field', 'code', 'value'];

/** Rows sent at once: a second's work for the database at most, and some megabytes of memory. */
const ROWS_PER_COPY = 5_000;
const MAX_ERROR_PIECES = 20;
/** Errors that are kept; beyond this many the sheet is of another kind than said, and only counted. */
const MAX_ERRORS = 50_000;

/**
 * Rows are posted depot by depot: a portion then touches the balances of one depot many times instead of those of all
 * depots once each, and disturbs nobody in the others. Positions of one depot begin at a multiple of this.
 */
export const POSITIONS_PER_DEPOT = 10_000_000;

/**
 * Puts the rows of a sheet where they wait to be posted. One lot of rows is on its way to the database while the next is
 * being read. A business key is made of what the row says, and counts how often the sheet says the same.
 */
export class Stage {
  private rows = '';
  private rowPieces: Buffer[] = [];
  private rowCount = 0;
  private errors = '';
  private errorPieces: Buffer[] = [];
  private errorCount = 0;
  private onItsWay: Promise<void> = Promise.resolve();
  private readonly seen = new Map<string, number>();
  private readonly lanes = new Map<string, number>();
  private position = 0;

  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly lease: Lease,
    private readonly scope: string,
  ) {}

  stock(rowNumber: number, row: StockRow, texts: { readonly content: string; readonly note: string }): void {
    const [depot, batch] = [row.depotId, row.batchNumber === null ? NULL : field(row.batchNumber)];
    const dates = `${row.productionDate ?? NULL}\t${row.expiryDate ?? NULL}\t${row.origin ?? NULL}`;
    const accounts = `${row.ownerRegionCode}\t${row.from}\t${row.to}\t${row.quantityBase}\t${row.day}`;
    this.add(
      ...([this.positionIn(depot), rowNumber, `import:${this.keyOf(texts.content)}`] as const),
      `${row.movementKind}\t${row.bringsLot ? 't' : 'f'}\t${depot}\t${row.itemCode}\t${batch}\t${dates}\t${accounts}\t${field(texts.note)}\t${NULL}`,
    );
  }

  other(rowNumber: number, businessKey: string, content: object): void {
    this.add(
      this.positionIn(''),
      rowNumber,
      field(businessKey),
      `${`${NULL}\t`.repeat(14)}${field(JSON.stringify(content))}`,
    );
  }

  refuse(rowNumber: number, faults: readonly RowFault[]): void {
    const seen = new Set<string>();
    for (const { field: name, code, value } of faults) {
      if (this.errorCount >= MAX_ERRORS || seen.has(name + code)) continue;
      seen.add(name + code);
      this.errorCount++;
      this.errors += `${[this.lease.importId, rowNumber, name, code, value].map(field).join('\t')}\n`;
    }
  }

  /** Waits as long as the database has more in hand than one lot of rows. */
  async settle(progress: () => Progress): Promise<void> {
    this.pack();
    if (this.rowCount >= ROWS_PER_COPY || this.errorPieces.length >= MAX_ERROR_PIECES) await this.send(progress());
  }

  async finish(progress: Progress): Promise<void> {
    await this.send(progress);
    await this.onItsWay;
  }

  /** Texts become bytes soon: thousands of small strings that live on are what makes a process grow. */
  private pack(): void {
    if (this.rows !== '') this.rowPieces.push(Buffer.from(this.rows));
    if (this.errors !== '') this.errorPieces.push(Buffer.from(this.errors));
    this.rows = '';
    this.errors = '';
  }

  private add(position: number, rowNumber: number, businessKey: string, rest: string): void {
    this.rows += `${this.lease.importId}\t${position}\t${rowNumber}\tt\tf\t${businessKey}\t${rest}\n`;
    this.rowCount++;
  }

  /** Rows of one depot lie together, in the order of the sheet. */
  private positionIn(depotId: string): number {
    let lane = this.lanes.get(depotId);
    if (lane === undefined) {
      lane = this.lanes.size;
      this.lanes.set(depotId, lane);
    }
    return lane * POSITIONS_PER_DEPOT + ++this.position;
  }

  private keyOf(content: string): string {
    const key = hash('sha256', `${this.scope}\u001f${content}`, 'base64url').slice(0, 24);
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return `${key}:${count}`;
  }

  private async send(progress: Progress): Promise<void> {
    await this.onItsWay;
    this.pack();
    const { rowPieces, errorPieces } = this;
    this.rowPieces = [];
    this.errorPieces = [];
    this.rowCount = 0;
    this.onItsWay = this.database.transaction(async (tx) => {
      await this.imports.keep(tx, this.lease, progress);
      if (rowPieces.length > 0) await copyIn(tx, 'import_rows', ROW_COLUMNS, rowPieces);
      if (errorPieces.length > 0) await copyIn(tx, 'import_row_errors', ERROR_COLUMNS, errorPieces);
    });
    // What goes wrong is thrown where somebody waits for it.
    this.onItsWay.catch(() => undefined);
  }
}
