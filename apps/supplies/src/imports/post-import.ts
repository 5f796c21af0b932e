import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, Deadlines, faultCode, type Tx } from '@ledger/platform';
import { movesStock, type ImportField, type ImportKind } from './domain/import-kinds';
import { nextState } from './domain/import-state';
import { ROW_FAULTS, type RowFaultCode } from './domain/row-faults';
import { scheduleEnd } from './import-end';
import { ImportsRepository, type ImportRecord, type Lease } from './imports.repository';
import { PostAgreementRows, PostDepotRows, PostItemNameRows } from './post-entries';
import { PostStockRows } from './post-stock-rows';
import type { RowPosting, RowRange } from './row-posting';
import { RowRanges, after, type FilledRange } from './row-ranges';

/** Rows of one transaction: a fraction of a second's work, so that nobody waits long for a balance. */
const STOCK_ROWS_PER_PORTION = 2_500;
const ENTRIES_PER_PORTION = 100;
/** Jobs that are worked on side by side: one for each core that a small machine has. */
const LANES = 2;

const UNIQUE_VIOLATION = '23505';
const QUERY_CANCELLED = '57014';

/**
 * Posts what was checked. Usually in portions: each is one transaction that takes its rows away and posts them, so that
 * whoever goes on after a crash finds exactly what is still to be done, and the business keys of the rows refuse a second
 * posting besides. A portion that is refused is halved until the row stands alone that is to blame; that one is noted as
 * an error, and the others are posted.
 *
 * All or nothing is one transaction over all rows. It keeps the balances it touches locked until its end, which is why
 * it is meant for opening stock, before anybody works with it.
 */
@Injectable()
export class PostImport {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
    private readonly ranges: RowRanges,
    private readonly deadlines: Deadlines,
    private readonly stockRows: PostStockRows,
    private readonly depotRows: PostDepotRows,
    private readonly agreementRows: PostAgreementRows,
    private readonly nameRows: PostItemNameRows,
  ) {}

  /** @throws LeaseLostError; with all or nothing SUPPLIES_IMPORT_HAS_ERRORS when a row is refused */
  async run(record: ImportRecord, lease: Lease): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      await this.imports.countPosted(tx, record.id);
    });
    if (record.allOrNothing) return this.postAllOrNothing(record, lease);
    const jobs = await this.ranges.jobs(record.id, portionOf(record.kind));
    const lane = async (): Promise<void> => {
      for (let job = jobs.shift(); job; job = jobs.shift()) await this.postJob(record, lease, job);
    };
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    await this.database.transaction((tx) => this.finish(tx, record, lease));
  }

  private async postJob(record: ImportRecord, lease: Lease, job: RowRange): Promise<void> {
    for (let rest: RowRange | undefined = job; rest;) rest = await this.postNext(record, lease, rest);
  }

  /**
   * Posts the next portion of a job.
   * @returns what is left of it; undefined when that was all
   */
  async postNext(record: ImportRecord, lease: Lease, job: RowRange): Promise<RowRange | undefined> {
    const range = await this.ranges.next(record.id, job, portionOf(record.kind));
    if (range) await this.postRange(record, lease, range);
    return range && { first: after(range.last), last: job.last };
  }

  private async postRange(record: ImportRecord, lease: Lease, range: FilledRange): Promise<void> {
    try {
      const posted = await this.database.transaction(async (tx) => {
        await this.imports.assertKept(tx, lease);
        return this.postingOf(record.kind).post(tx, record, range);
      });
      await this.imports.showPosted(lease, posted);
    } catch (error) {
      await this.postLess(record, lease, range, error);
    }
  }

  /** Goes on after a portion was refused, or took too long: with half of it, down to a single row. */
  private async postLess(record: ImportRecord, lease: Lease, range: FilledRange, error: unknown): Promise<void> {
    const code = refusalOf(error);
    const tookTooLong = faultCode(error) === QUERY_CANCELLED && range.rows > 1;
    if (!code && !tookTooLong) throw error;
    if (faultCode(error) === UNIQUE_VIOLATION && (await this.leaveOutPosted(record, lease, range))) {
      const rest = await this.ranges.within(record.id, range);
      return rest && this.postRange(record, lease, rest);
    }
    if (code && range.rows === 1) return this.refuse(record, lease, range, code);
    for (const half of await this.ranges.halves(record.id, range)) await this.postRange(record, lease, half);
  }

  /** Rows that another import posted while this one was on its way. */
  private leaveOutPosted(record: ImportRecord, lease: Lease, { first, last }: FilledRange): Promise<boolean> {
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

  private async refuse(record: ImportRecord, lease: Lease, { last }: FilledRange, code: RowFaultCode): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease);
      const refused = await tx.execute(
        `WITH refused AS (UPDATE import_rows SET valid = false WHERE import_id = $1 AND position = $2 AND valid
                          RETURNING row_number, coalesce(quantity_base::text, content ->> 'code', content ->> 'documentNumber', '') AS value)
         INSERT INTO import_row_errors (import_id, row_number, field, code, value)
         SELECT $1, row_number, $3, $4, value FROM refused`,
        [record.id, last, guiltyField(record.kind), code],
      );
      await tx.execute(
        'UPDATE imports SET rows_valid = rows_valid - $2, rows_refused = rows_refused + $2 WHERE id = $1',
        [record.id, refused],
      );
    });
  }

  /** One row that is refused refuses all: nothing was posted then. */
  private async postAllOrNothing(record: ImportRecord, lease: Lease): Promise<void> {
    try {
      await this.database.transaction((tx) => this.postWhole(tx, record, lease));
    } catch (error) {
      const code = refusalOf(error);
      if (!code) throw error;
      throw new DomainError('SUPPLIES_IMPORT_HAS_ERRORS', { detail: ROW_FAULTS[code].en });
    }
  }

  private async postWhole(tx: Tx, record: ImportRecord, lease: Lease): Promise<void> {
    for (const job of await this.ranges.jobs(record.id, portionOf(record.kind))) {
      for (let rest: RowRange | undefined = job; rest;) {
        const range = await this.ranges.next(record.id, rest, portionOf(record.kind));
        if (range) await this.imports.showPosted(lease, await this.postingOf(record.kind).post(tx, record, range));
        rest = range && { first: after(range.last), last: job.last };
      }
    }
    await this.finish(tx, record, lease);
  }

  private async finish(tx: Tx, record: ImportRecord, lease: Lease): Promise<void> {
    await this.imports.keep(tx, lease);
    await this.imports.countPosted(tx, record.id);
    await this.imports.end(tx, record.id, nextState(record.state, 'finish-commit'));
    await scheduleEnd(this.deadlines, tx, record.id, 'over');
  }

  private postingOf(kind: ImportKind): RowPosting {
    if (kind === 'depots') return this.depotRows;
    if (kind === 'agreements') return this.agreementRows;
    return kind === 'item-names' ? this.nameRows : this.stockRows;
  }
}

const portionOf = (kind: ImportKind): number => (movesStock(kind) ? STOCK_ROWS_PER_PORTION : ENTRIES_PER_PORTION);

/** The field that an error is noted at when the ledger refuses a row. */
function guiltyField(kind: ImportKind): ImportField {
  if (movesStock(kind)) return 'quantity';
  return kind === 'agreements' ? 'document' : 'code';
}

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
