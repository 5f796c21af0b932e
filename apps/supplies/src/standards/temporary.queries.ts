import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { addDays, chinaDay, laterDay, type Day } from '../stock/domain/calendar';
import { isDrawDownOverdue, isFillUpOverdue, stateOn, toMoveInBase, toTakeBackBase } from './domain/temporary-standard';
import type {
  TemporaryItemResponse,
  TemporaryMoveResponse,
  TemporaryMovesResponse,
  TemporaryStandardDetailResponse,
  TemporaryStandardResponse,
  TemporaryStandardsQuery,
  TemporaryStandardsResponse,
} from './dto/temporary.dto';
import { TemporaryNeeds } from './temporary-needs';
import { TemporaryRepository } from './temporary.repository';

/** What was to be taken back stays on the list so long after its day; later the stock has another story. */
const LATE_DAYS = 60;

/** Whatever may still have goods to move: not over, or over not long ago. */
const STATES = `
  CASE WHEN $2::date <= dated.last_day THEN CASE WHEN $2::date < dated.valid_from THEN 'planned' ELSE 'in-force' END
       WHEN $2::date <= dated.draw_down_by THEN 'draw-down' ELSE 'over' END`;

const DATED = `
  SELECT dated.*, ${STATES} AS state FROM (
    SELECT standard.*, depot.code AS depot_code, coalesce(ended.last_day, standard.valid_to) AS last_day,
           ended.reason AS end_reason
    FROM temporary_standards AS standard
    LEFT JOIN depots AS depot ON depot.id = standard.depot_id
    LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
    WHERE standard.region_code LIKE $1
  ) AS dated`;

const COLUMNS = `
  id, kind, name, region_code AS "regionCode", depot_id AS "depotId", depot_code AS "depotCode",
  valid_from::text AS "validFrom", valid_to::text AS "validTo", last_day::text AS "lastDay",
  fill_up_by::text AS "fillUpBy", draw_down_by::text AS "drawDownBy", source, basis, set_by AS "setBy",
  set_at AS "setAt", end_reason AS "endReason", state`;

type StandardRow = Omit<TemporaryStandardResponse, 'setAt'> & { readonly setAt: Date; readonly total: string };

/** Reads of standards for a time. */
@Injectable()
export class TemporaryQueries {
  constructor(
    private readonly database: Database,
    private readonly temporary: TemporaryRepository,
    private readonly needs: TemporaryNeeds,
  ) {}

  async standards(caller: Caller, query: TemporaryStandardsQuery): Promise<TemporaryStandardsResponse> {
    const today = await this.today();
    const rows = await this.database.query<StandardRow>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM (${DATED}) AS standard
       WHERE ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR depot_id = $4)
       ORDER BY valid_from DESC, id LIMIT $5 OFFSET $6`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), today, query.state ?? null, query.depotId ?? null],
        ...[query.limit, query.offset],
      ],
    );
    return { today, items: rows.map(standardOf), total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_STANDARD_NOT_FOUND, also for one outside the caller's region */
  async standard(caller: Caller, id: string): Promise<TemporaryStandardDetailResponse> {
    const today = await this.today();
    const [row] = await this.database.query<StandardRow>(
      `SELECT ${COLUMNS}, 1 AS total FROM (${DATED}) AS standard WHERE id = $3`,
      [regionPattern(caller.regionCode), today, id],
    );
    if (!row) throw new DomainError('SUPPLIES_STANDARD_NOT_FOUND');
    return { ...standardOf(row), items: await this.items(row.id, today) };
  }

  /** What has to be moved in, by when, and what taken back after; a page of standards at a time. */
  async moves(caller: Caller, query: TemporaryStandardsQuery): Promise<TemporaryMovesResponse> {
    const today = await this.today();
    const rows = await this.database.query<StandardRow>(
      `SELECT ${COLUMNS}, count(*) OVER () AS total FROM (${DATED}) AS standard
       WHERE ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR depot_id = $4)
         AND draw_down_by >= $2::date - $7::integer
       ORDER BY CASE WHEN state IN ('planned', 'in-force') THEN fill_up_by ELSE draw_down_by END, id LIMIT $5 OFFSET $6`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), today, query.state ?? null, query.depotId ?? null],
        ...[query.limit, query.offset, LATE_DAYS],
      ],
    );
    const moves: TemporaryMoveResponse[] = [];
    for (const row of rows) moves.push(...movesOf(standardOf(row), await this.items(row.id, today), today));
    const items = moves.sort((one, other) => (one.by < other.by ? -1 : Number(one.by > other.by)));
    return { today, items, standards: rows.length, total: totalOf(rows) };
  }

  private async items(id: string, today: Day): Promise<TemporaryItemResponse[]> {
    const standard = await this.temporary.find(this.database, id);
    if (!standard) return [];
    const needs = await this.needs.of(this.database, standard, today);
    const names = await this.database.query<{ code: string; nameZh: string; nameEn: string; unit: string }>(
      `SELECT code, name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = ANY($1)`,
      [needs.map(({ itemCode }) => itemCode)],
    );
    const named = new Map(names.map(({ code, ...name }) => [code, name]));
    const state = stateOn(standard, today);
    return needs.map((need) => {
      const inBase = toMoveInBase(need, state);
      const backBase = toTakeBackBase(need);
      return {
        ...need,
        ...(named.get(need.itemCode) ?? { nameZh: need.itemCode, nameEn: need.itemCode, unit: '' }),
        toMoveInBase: inBase,
        toTakeBackBase: backBase,
        fillUpOverdue: isFillUpOverdue(standard, inBase, today),
        drawDownOverdue: isDrawDownOverdue(standard, backBase, today),
      };
    });
  }

  private async today(): Promise<Day> {
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    return chinaDay(now);
  }
}

function movesOf(
  standard: TemporaryStandardResponse,
  items: readonly TemporaryItemResponse[],
  today: Day,
): TemporaryMoveResponse[] {
  const { id: standardId, name, regionCode, depotId, depotCode } = standard;
  const place = { standardId, name, regionCode, depotId, depotCode };
  return items.flatMap(({ itemCode, nameZh, unit, ...item }) => {
    const goods = { ...place, itemCode, nameZh, unit };
    const moveIn = { quantityBase: item.toMoveInBase, from: today, by: standard.fillUpBy, overdue: item.fillUpOverdue };
    const takeBack = {
      quantityBase: item.toTakeBackBase,
      from: laterDay(today, addDays(standard.lastDay, 1)),
      by: standard.drawDownBy,
      overdue: item.drawDownOverdue,
    };
    const moves = [
      { ...goods, direction: 'in' as const, ...moveIn },
      { ...goods, direction: 'back' as const, ...takeBack },
    ];
    return moves.filter(({ quantityBase }) => quantityBase > 0);
  });
}

const standardOf = ({ setAt, total: _total, ...row }: StandardRow): TemporaryStandardResponse => ({
  ...row,
  setAt: setAt.toISOString(),
});

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);
