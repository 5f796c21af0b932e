import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import { mayReveal } from './domain/reveal';
import type {
  CountDecisionResponse,
  CountDetailResponse,
  CountLineResponse,
  CountResponse,
  CountsQuery,
  CountsResponse,
} from './dto/count-list.dto';

type CountRow = Omit<
  CountResponse,
  'number' | 'openedAt' | 'openedSequence' | 'submittedAt' | 'closedAt' | 'lines' | 'countedLines'
> & {
  readonly number: string;
  readonly openedAt: Date;
  readonly openedSequence: string;
  readonly submittedAt: Date | null;
  readonly closedAt: Date | null;
  readonly lines: string;
  readonly countedLines: string;
};

const COLUMNS = `
  count.id, count.number, count.kind, count.depot_id AS "depotId", depot.code AS "depotCode",
  depot.name_zh AS "depotNameZh", count.state, count.blind, count.round, count.note, count.opened_at AS "openedAt",
  count.opened_sequence AS "openedSequence", count.opened_by AS "openedBy", count.submitted_at AS "submittedAt",
  count.submitted_by AS "submittedBy", count.closed_at AS "closedAt",
  (SELECT count(*) FROM count_lines AS line WHERE line.count_id = count.id) AS lines,
  (SELECT count(*) FROM count_lines AS line WHERE line.count_id = count.id AND line.state = 'counted') AS "countedLines"`;

type Figures = 'countedBase' | 'expectedBase' | 'balanceBase' | 'adjustedBase' | 'missingReservedBase';
type LineRow = Omit<CountLineResponse, Figures | 'varianceBase' | 'countedAt'> & {
  readonly [Figure in Figures]: string | null;
} & { readonly countedAt: Date | null; readonly own: boolean };

const LINE_COLUMNS = `
  line.id, line.position, line.place, line.origin, line.lot_id AS "lotId", line.item_code AS "itemCode",
  item.name_zh AS "nameZh", item.unit, line.batch_number AS "batchNumber", line.expiry_date::text AS "expiryDate",
  (SELECT string_agg(bin.label, '、' ORDER BY bin.label) FROM depot_bin_lots AS placed
   JOIN depot_bins AS bin ON bin.id = placed.bin_id
   WHERE placed.lot_id = line.lot_id AND bin.depot_id = line.depot_id) AS bins,
  line.state, line.round, line.counted_base AS "countedBase", line.counted_at AS "countedAt",
  line.snapshot_base AS "expectedBase", line.balance_base AS "balanceBase", line.adjusted_base AS "adjustedBase",
  line.missing_reserved_base AS "missingReservedBase", line.movement_id AS "movementId",
  EXISTS (SELECT 1 FROM count_records AS record WHERE record.line_id = line.id AND record.round = line.round
            AND record.recorded_by_id = $2) AS own`;

/** Reads of counts. What a blind count hides is left out here, so that no reader can forget it. */
@Injectable()
export class CountsQueries {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async counts(caller: Caller, query: CountsQuery): Promise<CountsResponse> {
    const rows = await this.database.query<CountRow & { total: string }>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total
       FROM counts AS count JOIN depots AS depot ON depot.id = count.depot_id
       WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR count.depot_id = $2)
         AND ($3::text IS NULL OR count.state = $3)
       ORDER BY count.number DESC LIMIT $4 OFFSET $5`,
      [
        regionPattern(query.region ?? caller.regionCode),
        query.depotId ?? null,
        query.state ?? null,
        query.limit,
        query.offset,
      ],
    );
    return { items: rows.map(countOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** @throws DomainError SUPPLIES_COUNT_NOT_FOUND, also for a count out of the caller's region */
  async count(caller: Caller, id: string, page: PageQuery): Promise<CountDetailResponse> {
    const [row] = await this.database.query<CountRow & { isCounter: boolean }>(
      `SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM count_records AS record
                                  WHERE record.count_id = count.id AND record.recorded_by_id = $3) AS "isCounter"
       FROM counts AS count JOIN depots AS depot ON depot.id = count.depot_id
       WHERE count.id = $1 AND depot.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode), caller.userId],
    );
    if (!row) throw new DomainError('SUPPLIES_COUNT_NOT_FOUND');
    const { isCounter, ...rest } = row;
    const count = countOf(rest);
    const revealed = mayReveal(count, isCounter);
    const lines = await this.database.query<LineRow>(
      `SELECT ${LINE_COLUMNS} FROM count_lines AS line JOIN items AS item ON item.code = line.item_code
       WHERE line.count_id = $1 ORDER BY line.position LIMIT $3 OFFSET $4`,
      [count.id, caller.userId, page.limit, page.offset],
    );
    return {
      ...count,
      revealed,
      lineItems: lines.map((line) => lineOf(line, revealed)),
      decisions: await this.decisions(count.id),
    };
  }

  private async decisions(countId: string): Promise<CountDecisionResponse[]> {
    const rows = await this.database.query<Omit<CountDecisionResponse, 'decidedAt'> & { decidedAt: Date }>(
      `SELECT event, to_state AS state, cardinality(line_ids) AS lines, reason, decided_by AS "decidedBy",
              decided_at AS "decidedAt"
       FROM count_decisions WHERE count_id = $1 ORDER BY decided_at, id LIMIT 200`,
      [countId],
    );
    return rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() }));
  }
}

function countOf(row: CountRow & { total?: string }): CountResponse {
  const { total: _total, ...count } = row;
  return {
    ...count,
    number: safeInteger(row.number),
    openedAt: row.openedAt.toISOString(),
    openedSequence: safeInteger(row.openedSequence),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    lines: safeInteger(row.lines),
    countedLines: safeInteger(row.countedLines),
  };
}

/** People see what they counted themselves; the rest of the figures only when the count is revealed to them. */
function lineOf({ own, ...row }: LineRow, revealed: boolean): CountLineResponse {
  const shown = (value: string | null, isVisible = revealed): number | null =>
    value === null || !isVisible ? null : safeInteger(value);
  const [countedBase, balanceBase] = [shown(row.countedBase, revealed || own), shown(row.balanceBase)];
  return {
    ...row,
    countedBase,
    countedAt: row.countedAt?.toISOString() ?? null,
    expectedBase: shown(row.expectedBase),
    balanceBase,
    varianceBase: countedBase === null || balanceBase === null ? null : countedBase - balanceBase,
    adjustedBase: shown(row.adjustedBase),
    missingReservedBase: shown(row.missingReservedBase),
  };
}
