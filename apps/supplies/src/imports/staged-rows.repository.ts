import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@ledger/platform';
import { longQuery } from './copy-in';
import type { NamedEntry } from './domain/item-names';
import { movesStock } from './domain/import-kinds';
import { ImportsRepository, type ImportRecord, type Lease } from './imports.repository';

export interface SheetCounts {
  readonly rowsRead: number;
  readonly rowsIgnored: number;
  /** By their own reading; what the books refuse comes on top. */
  readonly rowsRefused: number;
  readonly needsSecondPerson: boolean;
}

/** Rows that wait to be posted, their errors and their names. */
@Injectable()
export class StagedRows {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
  ) {}

  /** Drops what an earlier check found. */
  async clear(lease: Lease): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.imports.keep(tx, lease, { rowsRead: 0 });
      for (const table of ['import_rows', 'import_row_errors', 'import_names']) {
        await longQuery(tx, `DELETE FROM ${table} WHERE import_id = $1`, [lease.importId]);
      }
    });
  }

  async writeNames(tx: Tx, importId: string, entries: readonly NamedEntry[]): Promise<void> {
    await tx.execute(
      `INSERT INTO import_names (import_id, number, normal_name, name, rows, candidates, item_code, basis)
       SELECT $1, entry.number, entry."normalName", entry.name, entry.rows, entry.candidates, entry."itemCode", entry.basis
       FROM json_to_recordset($2) AS entry (number integer, "normalName" text, name text, rows integer,
                                            candidates jsonb, "itemCode" text, basis text)`,
      [importId, JSON.stringify(entries)],
    );
  }

  /** Counts what was staged, and says what would be made of it. */
  async summarise(tx: Tx, record: ImportRecord, counts: SheetCounts): Promise<void> {
    const [{ valid, repeated, refused, summary }] = await longQuery<{
      valid: number;
      repeated: number;
      refused: number;
      summary: object;
    }>(tx, movesStock(record.kind) ? STOCK_SUMMARY : PLAIN_SUMMARY, [record.id]);
    await tx.execute(
      `UPDATE imports SET rows_read = $2, rows_ignored = $3, rows_refused = $4, rows_repeated = $5, rows_valid = $6,
              rows_posted = 0, needs_second_person = $7, summary = $8, work_done = coalesce(work_total, work_done)
       WHERE id = $1`,
      [
        ...[record.id, counts.rowsRead, counts.rowsIgnored, counts.rowsRefused + refused, repeated, valid],
        ...[counts.needsSecondPerson, JSON.stringify(summary)],
      ],
    );
  }
}

const COUNTS = `
  (count(*) FILTER (WHERE valid))::integer AS valid, (count(*) FILTER (WHERE repeated))::integer AS repeated,
  (count(*) FILTER (WHERE NOT valid AND NOT repeated))::integer AS refused`;

const PLAIN_SUMMARY = `SELECT ${COUNTS}, '{}'::json AS summary FROM import_rows WHERE import_id = $1`;

/** New lots are those that no lot of the ledger is. */
const STOCK_SUMMARY = `
  WITH batches AS (
    SELECT DISTINCT item_code, batch_number, origin, owner_region_code FROM import_rows
    WHERE import_id = $1 AND valid AND brings_lot)
  SELECT ${COUNTS}, json_build_object(
    'movements', (SELECT coalesce(json_object_agg(movement_kind, rows), '{}') FROM (
       SELECT movement_kind, count(*) AS rows FROM import_rows WHERE import_id = $1 AND valid
       GROUP BY movement_kind) AS kinds),
    'depots', count(DISTINCT depot_id) FILTER (WHERE valid),
    'items', count(DISTINCT item_code) FILTER (WHERE valid),
    'newLots', (SELECT count(*) FROM batches AS batch WHERE NOT EXISTS (
       SELECT 1 FROM lots AS lot WHERE lot.serial_number IS NULL AND lot.item_code = batch.item_code AND lot.batch_number = batch.batch_number
         AND lot.origin = batch.origin AND lot.owner_region_code = batch.owner_region_code)),
    'firstDay', min(day) FILTER (WHERE valid), 'lastDay', max(day) FILTER (WHERE valid)) AS summary
  FROM import_rows WHERE import_id = $1`;
