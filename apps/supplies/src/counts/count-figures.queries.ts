import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import { accuracyPercent } from './domain/accuracy';
import type { CountClass } from './domain/tolerance';
import type {
  CountAccuracyQuery,
  CountAccuracyResponse,
  CountAccuracyRowResponse,
  DueCountsResponse,
  RegionPageQuery,
} from './dto/count-list.dto';
import type { CountClassResponse, CountItemResponse, CountSettingsResponse } from './dto/count-settings.dto';
import { DUE } from './due-items';

interface DueRow {
  readonly depot_id: string;
  readonly depot_code: string;
  readonly item_code: string;
  readonly name_zh: string;
  readonly class: CountClass;
  readonly interval_days: number;
  readonly last_day: string;
  readonly due_day: string;
  readonly lots: string;
  readonly total: string;
}

interface AccuracyRow extends Pick<CountAccuracyRowResponse, 'depotId' | 'depotCode' | 'itemCode' | 'nameZh'> {
  readonly counts: string;
  readonly lines: string;
  readonly exact: string;
  readonly surplus: string;
  readonly missing: string;
  readonly total: string;
}

/** How finely accuracy is told apart: what is selected and grouped by. */
const LEVELS: Readonly<Record<NonNullable<CountAccuracyQuery['by']>, { select: string; group: string }>> = {
  depot: { select: 'depot.id AS "depotId", depot.code AS "depotCode"', group: 'depot.id' },
  item: { select: 'item.code AS "itemCode", item.name_zh AS "nameZh"', group: 'item.code' },
  'depot-item': {
    select: `depot.id AS "depotId", depot.code AS "depotCode", item.code AS "itemCode", item.name_zh AS "nameZh"`,
    group: 'depot.id, item.code',
  },
};

/** Figures about counting: what is due, how well the books agree with the shelves, and by which rules. */
@Injectable()
export class CountFiguresQueries {
  constructor(private readonly database: Database) {}

  /** What waits longest first. */
  async due(caller: Caller, query: RegionPageQuery): Promise<DueCountsResponse> {
    const rows = await this.database.query<DueRow>(
      `SELECT due.depot_id, due.depot_code, due.item_code, item.name_zh, due.class, due.interval_days,
              due.last_day::text, due.due_day::text, due.lots, count(*) OVER () AS total
       FROM (${DUE}) AS due JOIN items AS item ON item.code = due.item_code
       ORDER BY due.due_day, due.depot_code, due.item_code LIMIT $3 OFFSET $4`,
      [regionPattern(query.region ?? caller.regionCode), query.depotId ?? null, query.limit, query.offset],
    );
    const items = rows.map((row) => ({
      depotId: row.depot_id,
      depotCode: row.depot_code,
      itemCode: row.item_code,
      nameZh: row.name_zh,
      class: row.class,
      intervalDays: row.interval_days,
      lastDay: row.last_day,
      dueDay: row.due_day,
      lots: safeInteger(row.lots),
    }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** Lines of closed counts; those that were given up say nothing. */
  async accuracy(caller: Caller, query: CountAccuracyQuery): Promise<CountAccuracyResponse> {
    const { select, group } = LEVELS[query.by ?? 'depot'];
    const variance = 'line.counted_base - line.balance_base';
    const rows = await this.database.query<AccuracyRow>(
      `SELECT ${select}, count(DISTINCT count.id) AS counts, count(*) AS lines,
              count(*) FILTER (WHERE ${variance} = 0) AS exact,
              coalesce(sum(${variance}) FILTER (WHERE ${variance} > 0), 0) AS surplus,
              coalesce(-sum(${variance}) FILTER (WHERE ${variance} < 0), 0) AS missing, count(*) OVER () AS total
       FROM count_lines AS line
       JOIN counts AS count ON count.id = line.count_id AND count.state = 'closed'
       JOIN depots AS depot ON depot.id = count.depot_id
       JOIN items AS item ON item.code = line.item_code
       WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR depot.id = $2) AND ($3::text IS NULL OR item.code = $3)
         AND ($4::date IS NULL OR (count.closed_at AT TIME ZONE 'Asia/Shanghai')::date >= $4)
         AND ($5::date IS NULL OR (count.closed_at AT TIME ZONE 'Asia/Shanghai')::date <= $5)
       GROUP BY ${group} ORDER BY ${group} LIMIT $6 OFFSET $7`,
      [
        regionPattern(query.region ?? caller.regionCode),
        query.depotId ?? null,
        query.item ?? null,
        query.from ?? null,
        query.to ?? null,
        query.limit,
        query.offset,
      ],
    );
    return { items: rows.map(accuracyOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** The settings that cover the caller's region or lie within it. */
  async settings(caller: Caller, page: PageQuery): Promise<CountSettingsResponse> {
    const within = `(scope = '*' OR starts_with($1, scope) OR scope LIKE $2)`;
    const scope = [caller.regionCode, regionPattern(caller.regionCode)];
    const classes = await this.database.query<
      CountClassResponse & { toleranceBase: string; approverAboveBase: string; approverAboveFen: string }
    >(
      `SELECT scope, class, interval_days AS "intervalDays", tolerance_basis_points AS "toleranceBasisPoints",
              tolerance_base AS "toleranceBase", approver_above_base AS "approverAboveBase",
              approver_above_fen AS "approverAboveFen", basis, set_by AS "setBy"
       FROM count_class_settings WHERE ${within} ORDER BY class, length(scope), scope LIMIT 1000`,
      scope,
    );
    const items = await this.database.query<CountItemResponse & { unitValueFen: string | null }>(
      `SELECT scope, item_code AS "itemCode", class, unit_value_fen AS "unitValueFen", basis, set_by AS "setBy"
       FROM count_item_settings WHERE ${within} ORDER BY item_code, length(scope), scope LIMIT $3 OFFSET $4`,
      [...scope, page.limit, page.offset],
    );
    return {
      classes: classes.map((row) => ({
        ...row,
        toleranceBase: safeInteger(row.toleranceBase),
        approverAboveBase: safeInteger(row.approverAboveBase),
        approverAboveFen: safeInteger(row.approverAboveFen),
      })),
      items: items.map((row) => ({
        ...row,
        unitValueFen: row.unitValueFen === null ? null : safeInteger(row.unitValueFen),
      })),
    };
  }
}

function accuracyOf(row: AccuracyRow): CountAccuracyRowResponse {
  const [lines, exactLines] = [safeInteger(row.lines), safeInteger(row.exact)];
  return {
    depotId: row.depotId ?? null,
    depotCode: row.depotCode ?? null,
    itemCode: row.itemCode ?? null,
    nameZh: row.nameZh ?? null,
    counts: safeInteger(row.counts),
    lines,
    exactLines,
    accuracyPercent: accuracyPercent(lines, exactLines),
    surplusBase: safeInteger(row.surplus),
    missingBase: safeInteger(row.missing),
  };
}
