import { Injectable } from '@nestjs/common';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Caller } from '@ledger/contracts';
import type { Adjustment } from './domain/plan-adjustments';
import type { Entry, RecordedLine } from './domain/record-line';

export type Place = 'shelf' | 'quarantine';

/** A line of a count, read under lock. */
export interface Line {
  readonly id: string;
  readonly place: Place;
  readonly origin: 'listed' | 'found';
  readonly lotId: string | null;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly productionDate: string | null;
  readonly expiryDate: string | null;
  readonly state: 'open' | 'partial' | 'counted';
  readonly round: number;
  readonly timesCounted: number;
  readonly countedBase: number | null;
  readonly balanceBase: number | null;
  readonly availableBase: number | null;
  readonly movedBetweenParts: boolean;
}

type LineRow = Omit<Line, 'countedBase' | 'balanceBase' | 'availableBase'> & {
  readonly countedBase: string | null;
  readonly balanceBase: string | null;
  readonly availableBase: string | null;
};

/** Which lots of a depot a count lists; what is left out does not narrow. */
export interface Selection {
  readonly lotIds?: readonly string[];
  readonly itemCodes?: readonly string[];
  /** Code of a zone of the depot: the lots that are noted to lie in its bins. */
  readonly zone?: string;
}

export interface FoundBatch {
  readonly lotId: string | null;
  readonly place: Place;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly productionDate: string | null;
  readonly expiryDate: string | null;
}

export interface NewRecord {
  readonly line: Line;
  readonly entry: Entry;
  readonly recorded: RecordedLine;
  readonly countedAt: string;
}

const COLUMNS = `
  id, place, origin, lot_id AS "lotId", item_code AS "itemCode", batch_number AS "batchNumber",
  production_date::text AS "productionDate", expiry_date::text AS "expiryDate", state, round,
  times_counted AS "timesCounted", counted_base AS "countedBase", balance_base AS "balanceBase",
  available_base AS "availableBase", moved_between_parts AS "movedBetweenParts"`;

const placeOf = (account: string): string =>
  `CASE WHEN ${account} LIKE '%:quarantine' THEN 'quarantine' ELSE 'shelf' END`;

/** What a depot holds, by lot and place; the free and the promised pieces of a lot lie on one shelf. */
const HELD = `
  SELECT lot.id AS lot_id, lot.item_code, lot.batch_number, lot.production_date, lot.expiry_date,
         ${placeOf('balance.account')} AS place, sum(balance.quantity_base) AS quantity_base
  FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
  WHERE balance.depot_id = $2 AND balance.quantity_base > 0
    AND ($3::uuid[] IS NULL OR balance.lot_id = ANY($3)) AND ($4::text[] IS NULL OR balance.item_code = ANY($4))
    AND ($5::text IS NULL OR EXISTS (
      SELECT 1 FROM depot_zones AS zone JOIN depot_bins AS bin ON bin.zone_id = zone.id
      JOIN depot_bin_lots AS placed ON placed.bin_id = bin.id
      WHERE zone.depot_id = $2 AND zone.code = $5 AND placed.lot_id = balance.lot_id))
  GROUP BY lot.id, place`;

/** Writes the lines of counts and what is recorded on them. */
@Injectable()
export class CountLinesRepository {
  /**
   * Lists what a depot holds, as the lines of a new count.
   * @returns how many there are, and how many of them another open count has already: those are not listed
   */
  async list(
    tx: Tx,
    count: { readonly id: string; readonly depotId: string },
    { lotIds, itemCodes, zone }: Selection,
  ): Promise<{ held: number; listed: number }> {
    const parameters = [count.id, count.depotId, lotIds ?? null, itemCodes ?? null, zone ?? null];
    const [{ held }] = await tx.query<{ held: string }>(
      `SELECT count(*) AS held FROM (${HELD}) AS held WHERE $1::uuid IS NOT NULL`,
      parameters,
    );
    const listed = await tx.execute(
      `INSERT INTO count_lines (id, count_id, position, depot_id, place, origin, lot_id, item_code, batch_number,
                                production_date, expiry_date, snapshot_base)
       SELECT gen_random_uuid(), $1, row_number() OVER (ORDER BY item_code, expiry_date, batch_number, lot_id, place DESC),
              $2, place, 'listed', lot_id, item_code, batch_number, production_date, expiry_date, quantity_base
       FROM (${HELD}) AS held
       ON CONFLICT DO NOTHING`,
      parameters,
    );
    return { held: safeInteger(held), listed };
  }

  /** Lines of a count in the order of their ids, locked; all of them when no ids are named. */
  async lock(tx: Tx, countId: string, lineIds?: readonly string[]): Promise<Line[]> {
    const rows = await tx.query<LineRow>(
      `SELECT ${COLUMNS} FROM count_lines WHERE count_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2))
       ORDER BY id FOR UPDATE`,
      [countId, lineIds ?? null],
    );
    return rows.map(lineOf);
  }

  /** The line of a lot, or of a batch that the ledger does not know, in a count. */
  async find(tx: Tx, countId: string, batch: FoundBatch): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM count_lines WHERE count_id = $1 AND item_code = $2 AND batch_number = $3
         AND lot_id IS NOT DISTINCT FROM $4 AND (lot_id IS NULL OR place = $5)`,
      [countId, batch.itemCode, batch.batchNumber, batch.lotId, batch.place],
    );
    return row?.id;
  }

  /** Adds a line for goods that are not on the list; undefined when another open count has it. */
  async addFound(
    tx: Tx,
    count: { readonly id: string; readonly depotId: string; readonly round: number },
    batch: FoundBatch,
  ): Promise<string | undefined> {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO count_lines (id, count_id, position, depot_id, place, origin, lot_id, item_code, batch_number,
                                production_date, expiry_date, snapshot_base, round)
       SELECT $1, $2, coalesce(max(position), 0) + 1, $3, $4, 'found', $5, $6, $7, $8, $9, 0, $10
       FROM count_lines WHERE count_id = $2
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        newId(),
        count.id,
        count.depotId,
        batch.place,
        batch.lotId,
        batch.itemCode,
        batch.batchNumber,
        batch.productionDate,
        batch.expiryDate,
        count.round,
      ],
    );
    return row?.id;
  }

  /** Who recorded what on these lines, by line and round. */
  async recorders(tx: Tx, lineIds: readonly string[]): Promise<{ lineId: string; round: number; userId: string }[]> {
    return tx.query(
      `SELECT DISTINCT line_id AS "lineId", round, recorded_by_id AS "userId" FROM count_records
       WHERE line_id = ANY($1)`,
      [lineIds],
    );
  }

  /** Whether somebody recorded anything in a count, in whichever round. */
  async isCounter(tx: Tx, countId: string, userId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM count_records WHERE count_id = $1 AND recorded_by_id = $2 LIMIT 1', [
      countId,
      userId,
    ]);
    return rows.length > 0;
  }

  async record(tx: Tx, countId: string, caller: Caller, records: readonly NewRecord[]): Promise<void> {
    for (const { line, entry, recorded, countedAt } of records) {
      await tx.execute(
        `INSERT INTO count_records (id, line_id, count_id, round, counted_base, complete, correction, balance_base,
                                    available_base, counted_at, recorded_by, recorded_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          newId(),
          line.id,
          countId,
          line.round,
          entry.countedBase,
          entry.complete,
          entry.correction,
          recorded.balanceBase,
          recorded.availableBase,
          countedAt,
          caller.displayName,
          caller.userId,
        ],
      );
      await tx.execute(
        `UPDATE count_lines SET state = $2, times_counted = $3, counted_base = $4, balance_base = $5,
                available_base = $6, moved_between_parts = $7, counted_at = $8 WHERE id = $1`,
        [
          line.id,
          recorded.state,
          recorded.timesCounted,
          recorded.countedBase,
          recorded.balanceBase,
          recorded.availableBase,
          recorded.movedBetweenParts,
          countedAt,
        ],
      );
    }
  }

  /** Asks for lines again; what was recorded stays in the records. */
  async reopen(tx: Tx, lineIds: readonly string[], round: number): Promise<void> {
    await tx.execute(
      `UPDATE count_lines SET state = 'open', round = $2, counted_base = NULL, balance_base = NULL, available_base = NULL,
              moved_between_parts = false, counted_at = NULL
       WHERE id = ANY($1)`,
      [lineIds, round],
    );
  }

  /** Books what an approved count changed, and lets the lots of the count go. */
  async close(tx: Tx, countId: string, adjusted: readonly (Adjustment & AdjustedLine)[]): Promise<void> {
    await tx.execute(
      `UPDATE count_lines AS line
       SET open = false, adjusted_base = coalesce(adjusted.change_base, 0), lot_id = coalesce(adjusted.lot_id, line.lot_id),
           missing_reserved_base = coalesce(adjusted.missing_base, 0), movement_id = adjusted.movement_id
       FROM count_lines AS own
       LEFT JOIN unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::uuid[])
         AS adjusted (line_id, change_base, missing_base, lot_id, movement_id) ON adjusted.line_id = own.id
       WHERE own.count_id = $1 AND line.id = own.id`,
      [
        countId,
        adjusted.map(({ lineId }) => lineId),
        adjusted.map(({ changeBase }) => changeBase),
        adjusted.map(({ missingReservedBase }) => missingReservedBase),
        adjusted.map(({ lotId }) => lotId),
        adjusted.map(({ movementId }) => movementId),
      ],
    );
  }

  /** Lets the lots of a count go that was given up. */
  async letGo(tx: Tx, countId: string): Promise<void> {
    await tx.execute('UPDATE count_lines SET open = false WHERE count_id = $1', [countId]);
  }
}

/** Where an adjustment was booked; no movement when only promised pieces are missing. */
export interface AdjustedLine {
  readonly lotId: string;
  readonly movementId: string | null;
}

function lineOf(row: LineRow): Line {
  const integer = (value: string | null): number | null => (value === null ? null : safeInteger(value));
  return {
    ...row,
    countedBase: integer(row.countedBase),
    balanceBase: integer(row.balanceBase),
    availableBase: integer(row.availableBase),
  };
}
