import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, Deadlines, faultCode, type Tx } from '@ledger/platform';
import { movesStock, type ImportKind } from './domain/import-kinds';
import { nextState } from './domain/import-state';
import { ROW_FAULTS, type RowFaultCode } from './domain/row-faults';
import { scheduleEnd } from './import-end';
import { ImportsRepository, type ImportRecord, type Lease } from './imports.repository';
import { PostDepotRows, PostItemNameRows } from './post-entries';
import { PostStockRows } from './post-stock-rows';
import type { RowPosting, RowRange } from './row-posting';

/** Rows of one transaction: below a second's work, so that nobody waits long for a balance. */
const STOCK_ROWS_PER_CHUNK = 2_000;
const ENTRIES_PER_CHUNK = 100;

/** A row that was posted by somebody else in the meantime. */
const UNIQUE_VIOLATION = '23505';

/**
 * Posts what was checked. Usually in chunks: each is one transaction with the mark how far it came, so that whoever goes
 * on after a crash begins right behind it, and the business keys of the rows refuse a second posting besides. A chunk
 * that is refused is halved until the row stands alone that is to blame; that one is noted as an error, and the others
 * are posted.
 *
 * All or nothing is one transaction over all rows. It keeps the balances it touches locked until its end, which is why
 * it is meant for opening stock, before anybody works with it.
 */
@Injectable()
export class PostImport {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly deadlines: Deadlines,
    private readonly stockRows: PostStockRows,
    private readonly depotRows: PostDepotRows,
    private readonly nameRows: PostItemNameRows,
  ) {}

  /**
   * Takes one step.
   * @returns whether there is more to do
   * @throws LeaseLostError; with all or nothing also what the rows were refused for
   */
  async step(record: ImportRecord, lease: Lease): Promise<boolean> {
    if (record.allOrNothing) await this.postAllOrNothing(record, lease);
    else {
      const range = await this.nextRange(record);
      if (range) {
        await this.postRange(record, lease, range);
        return true;
      }
      await this.database.transaction((tx) => this.finish(tx, record, lease));
    }
    return false;
  }

  private async nextRange({ id, kind, workPosition }: ImportRecord): Promise<RowRange | undefined> {
    const [{ last }] = await this.database.query<{ last: number | null }>(
      'SELECT max(position) AS last FROM import_rows WHERE import_id = $1',
      [id],
    );
    const first = workPosition + 1;
    return last !== null && first <= last ? { first, last: Math.min(last, workPosition + chunkOf(kind)) } : undefined;
  }

  private async postRange(record: ImportRecord, lease: Lease, range: RowRange): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        await this.imports.keep(tx, lease, { position: range.last });
        await this.imports.addPosted(tx, record.id, await this.postingOf(record.kind).post(tx, record, range));
      });
    } catch (error) {
      const code = refusalOf(error);
      if (!code) throw error;
      if (faultCode(error) === UNIQUE_VIOLATION && (await this.leaveOutPosted(record, lease, range))) {
        return this.postRange(record, lease, range);
      }
      if (range.first === range.last) return this.refuse(record, lease, range, code);
      const middle = Math.floor((range.first + range.last) / 2);
      await this.postRange(record, lease, { first: range.first, last: middle });
      await this.postRange(record, lease, { first: middle + 1, last: range.last });
    }
  }

  /** Rows that another import posted while this one was on its way. */
  private leaveOutPosted(record: ImportRecord, lease: Lease, { first, last }: RowRange): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      const left = await tx.execute(
        `UPDATE import_rows AS staged SET valid = false, repeated = true FROM movements AS movement
         WHERE staged.import_id = $1 AND staged.position BETWEEN $2 AND $3 AND staged.valid
           AND movement.business_key = staged.business_key`,
        [record.id, first, last],
      );
      await tx.execute(
        'UPDATE imports SET rows_valid = rows_valid - $2, rows_repeated = rows_repeated + $2 WHERE id = $1',
        [record.id, left],
      );
      return left > 0;
    });
  }

  private async refuse(record: ImportRecord, lease: Lease, { last }: RowRange, code: RowFaultCode): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease, { position: last });
      await tx.execute(
        `WITH refused AS (UPDATE import_rows SET valid = false WHERE import_id = $1 AND position = $2 AND valid
                          RETURNING row_number, coalesce(quantity_base::text, content ->> 'code', '') AS value)
         INSERT INTO import_row_errors (import_id, row_number, field, code, value)
         SELECT $1, row_number, $3, $4, value FROM refused ON CONFLICT DO NOTHING`,
        [record.id, last, movesStock(record.kind) ? 'quantity' : 'code', code],
      );
      await tx.execute(
        'UPDATE imports SET rows_valid = rows_valid - 1, rows_refused = rows_refused + 1 WHERE id = $1',
        [record.id],
      );
    });
  }

  /** One row that is refused refuses all: nothing was posted then. */
  private async postAllOrNothing(record: ImportRecord, lease: Lease): Promise<void> {
    try {
      await this.postWhole(record, lease);
    } catch (error) {
      const code = refusalOf(error);
      if (!code) throw error;
      throw new DomainError('SUPPLIES_IMPORT_HAS_ERRORS', { detail: ROW_FAULTS[code].en });
    }
  }

  private async postWhole(record: ImportRecord, lease: Lease): Promise<void> {
    await this.database.transaction(async (tx) => {
      let posted = 0;
      let from = 0;
      for (
        let range = await this.nextRange(record);
        range;
        range = await this.nextRange({ ...record, workPosition: from })
      ) {
        posted += await this.postingOf(record.kind).post(tx, record, range);
        from = range.last;
        await this.imports.showProgress(lease, posted);
      }
      await this.imports.keep(tx, lease, { position: from });
      await this.imports.addPosted(tx, record.id, posted);
      await this.finish(tx, record, lease);
    });
  }

  private async finish(tx: Tx, record: ImportRecord, lease: Lease): Promise<void> {
    await this.imports.keep(tx, lease);
    await this.imports.end(tx, record.id, nextState(record.state, 'finish-commit'));
    await scheduleEnd(this.deadlines, tx, record.id, 'over');
  }

  private postingOf(kind: ImportKind): RowPosting {
    if (kind === 'depots') return this.depotRows;
    return kind === 'item-names' ? this.nameRows : this.stockRows;
  }
}

const chunkOf = (kind: ImportKind): number => (movesStock(kind) ? STOCK_ROWS_PER_CHUNK : ENTRIES_PER_CHUNK);

/** What a row is refused for; undefined for a fault that is nobody's row's. */
function refusalOf(error: unknown): RowFaultCode | undefined {
  if (error instanceof DomainError) {
    if (error.code === 'SUPPLIES_DEPOT_CLOSED') return 'depot-closed';
    if (error.code === 'SUPPLIES_DEPOT_FULL') return 'depot-full';
    return error.code === 'SUPPLIES_DEPOT_NOT_FOUND' ? 'depot-unknown' : 'refused-by-ledger';
  }
  const code = faultCode(error) ?? '';
  if (code === 'LG001') return 'quantity-exceeds-balance';
  return code === 'LG002' || code === 'LG003' || /^2[23]/.test(code) ? 'refused-by-ledger' : undefined;
}
