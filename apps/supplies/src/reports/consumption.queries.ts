import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { monthsIn, spanOf } from './domain/months';
import type { ConsumptionQuery, ConsumptionResponse, ConsumptionRowResponse } from './dto/consumption.dto';

const MAX_MONTHS = 60;

/**
 * Every posting of the span with the kind of what it does or undoes, the month in China, and the place it counts for:
 * the depot it touches, or else the site or the depot of its movement. Whatever has an allocation is an emergency.
 * Parameters: $1 and $2 instants, $3 region pattern, $4 item or null.
 */
const MOVED = `
  SELECT to_char(movement.posted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, lot.item_code,
         coalesce(depot.region_code, site.region_code) AS region_code, movement.allocation_id IS NOT NULL AS emergency,
         coalesce(undone.kind, movement.kind) AS kind, posting.from_account, posting.to_account, posting.quantity_base
  FROM movements AS movement
  JOIN postings AS posting ON posting.movement_id = movement.id
  JOIN lots AS lot ON lot.id = posting.lot_id
  LEFT JOIN movements AS undone ON undone.id = movement.reverses_movement_id
  LEFT JOIN sites AS site ON site.id = movement.site_id
  LEFT JOIN depots AS depot ON depot.id = coalesce(posting.depot_id, CASE WHEN site.id IS NULL THEN movement.depot_id END)
  WHERE movement.posted_at >= $1::timestamptz AND movement.posted_at < $2::timestamptz
    AND movement.kind NOT IN ('receipt', 'put-away', 'reserve', 'release', 'quarantine')
    AND coalesce(depot.region_code, site.region_code) LIKE $3 AND ($4::text IS NULL OR lot.item_code = $4)`;

/** What went to an account of a kind, less what came back from it. */
const net = (test: (column: string) => string, where: string): string => `
  coalesce(sum(CASE WHEN ${test('to_account')} THEN quantity_base ELSE 0 END
             - CASE WHEN ${test('from_account')} THEN quantity_base ELSE 0 END) FILTER (WHERE ${where}), 0)`;
const to = (account: string) => (column: string) => `${column} = '${account}'`;
const toDepot = (column: string): string => `${column} LIKE 'depot:%'`;

const FIGURES = `
  ${net(to('consumed'), "kind = 'use'")} AS used,
  ${net(to('rotated-out'), "kind = 'rotate'")} AS rotated,
  ${net(to('scrapped'), "kind = 'scrap'")} AS scrapped,
  ${net(to('count-difference'), "kind = 'count'")} + ${net(to('lost'), 'NOT emergency')} AS counted_off,
  -${net(toDepot, "emergency AND kind = 'issue'")} AS issued,
  ${net(toDepot, "emergency AND kind IN ('return', 'take-back')")} AS returned,
  ${net(to('consumed'), "emergency AND kind = 'hand-out'")} AS consumed,
  ${net(to('lost'), 'emergency')} AS lost`;

const statement = (by: 'item' | 'region'): string => {
  const level = by === 'region' ? ', region_code' : '';
  return `
    WITH moved AS (${MOVED}), summed AS (
      SELECT month, item_code ${level}, ${FIGURES} FROM moved GROUP BY month, item_code ${level}
    )
    SELECT summed.*, item.name_zh, item.name_en, item.unit, count(*) OVER () AS rows
    FROM summed JOIN items AS item ON item.code = summed.item_code
    WHERE used <> 0 OR rotated <> 0 OR scrapped <> 0 OR counted_off <> 0 OR issued <> 0 OR returned <> 0
       OR consumed <> 0 OR lost <> 0
    ORDER BY month, item_code ${level} LIMIT $5 OFFSET $6`;
};

interface ConsumptionRow {
  readonly month: string;
  readonly item_code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
  readonly region_code?: string;
  readonly used: string;
  readonly rotated: string;
  readonly scrapped: string;
  readonly counted_off: string;
  readonly issued: string;
  readonly returned: string;
  readonly consumed: string;
  readonly lost: string;
  readonly rows: string;
}

/** What was used up by months, daily work told apart from emergencies, so that a flood does not look like demand. */
@Injectable()
export class ConsumptionQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError REQUEST_INVALID for a span that ends before it begins or is longer than 60 months */
  async consumption(caller: Caller, query: ConsumptionQuery): Promise<ConsumptionResponse> {
    const months = monthsIn(query.from, query.to);
    if (months < 1 || months > MAX_MONTHS) {
      const reason = months < 1 ? 'lies before the first month' : `is more than ${MAX_MONTHS} months after the first`;
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/to', reason }] });
    }
    const region = query.region ?? caller.regionCode;
    const [from, until] = spanOf(query.from, query.to);
    const rows = await this.database.query<ConsumptionRow>(statement(query.by ?? 'item'), [
      ...[from.toISOString(), until.toISOString(), regionPattern(region), query.item ?? null],
      ...[query.limit, query.offset],
    ]);
    const total = rows[0] ? safeInteger(rows[0].rows) : 0;
    return { region, from: query.from, to: query.to, items: rows.map(rowOf), total };
  }
}

function rowOf(row: ConsumptionRow): ConsumptionRowResponse {
  const usedBase = safeInteger(row.used);
  const rotatedBase = safeInteger(row.rotated);
  const scrappedBase = safeInteger(row.scrapped);
  const writtenOffBase = safeInteger(row.counted_off);
  const totalBase = usedBase + rotatedBase + scrappedBase + writtenOffBase;
  return {
    month: row.month,
    itemCode: row.item_code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    unit: row.unit,
    regionCode: row.region_code ?? null,
    routine: { usedBase, rotatedBase, scrappedBase, writtenOffBase, totalBase },
    emergency: {
      issuedBase: safeInteger(row.issued),
      returnedBase: safeInteger(row.returned),
      consumedBase: safeInteger(row.consumed),
      lostBase: safeInteger(row.lost),
    },
  };
}
