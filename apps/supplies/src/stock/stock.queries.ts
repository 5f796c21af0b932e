import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { StockQuery, StockResponse, StockRowResponse } from './dto/stock.dto';

/** The cache of the postings: what is true now. */
const FROM_BALANCES = `
  SELECT depot_id, lot_id, item_code, split_part(account, ':', 3) AS state, quantity_base
  FROM balances WHERE depot_id IS NOT NULL AND quantity_base > 0`;

/** The postings alone, up to an instant; balances have no part in it. */
const FROM_POSTINGS = `
  SELECT posting.depot_id, posting.lot_id, lot.item_code, split_part(side.account, ':', 3) AS state,
         sum(side.change_base) AS quantity_base
  FROM postings AS posting
  JOIN movements AS movement ON movement.id = posting.movement_id
  JOIN lots AS lot ON lot.id = posting.lot_id
  CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                             (posting.to_account, posting.quantity_base)) AS side (account, change_base)
  WHERE posting.depot_id IS NOT NULL AND side.account LIKE 'depot:%' AND movement.posted_at <= $6::timestamptz
  GROUP BY posting.depot_id, posting.lot_id, lot.item_code, side.account
  HAVING sum(side.change_base) > 0`;

/** How finely the rows are told apart: what is selected, grouped by and ordered by. */
const ROLL_UPS: Readonly<Record<NonNullable<StockQuery['by']>, { select: string; group: string; order: string }>> = {
  item: { select: '', group: '', order: 'held.item_code' },
  depot: {
    select: 'depot.id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",',
    group: ', depot.id',
    order: 'held.item_code, depot.region_code, depot.code',
  },
  lot: {
    select: `depot.id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
             lot.id AS "lotId", lot.batch_number AS "batchNumber", lot.expiry_date::text AS "expiryDate",`,
    group: ', depot.id, lot.id',
    order: 'held.item_code, depot.region_code, depot.code, lot.expiry_date, lot.batch_number, lot.id',
  },
};

type StockRow = Pick<StockRowResponse, 'itemCode' | 'nameZh' | 'nameEn' | 'unit'> & {
  readonly depotId?: string;
  readonly depotCode?: string;
  readonly regionCode?: string;
  readonly lotId?: string;
  readonly batchNumber?: string;
  readonly expiryDate?: string | null;
  readonly available: string;
  readonly reserved: string;
  readonly quarantine: string;
  readonly total: string;
};

/** What is in the stores, rolled up over a region. */
@Injectable()
export class StockQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError REQUEST_INVALID for an `asOf` in the future */
  async stock(caller: Caller, query: StockQuery): Promise<StockResponse> {
    const region = query.region ?? caller.regionCode;
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const asOf = query.asOf === undefined ? now : new Date(query.asOf);
    if (asOf > now) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/asOf', reason: 'lies in the future' }] });
    }
    const filters = [regionPattern(region), query.item ?? null, query.depotId ?? null, query.limit, query.offset];
    const parameters = query.asOf === undefined ? filters : [...filters, asOf.toISOString()];
    const rows = await this.database.query<StockRow>(statement(query), parameters);
    const total = rows[0] ? safeInteger(rows[0].total) : 0;
    return { asOf: asOf.toISOString(), region, items: rows.map(rowOf), total };
  }
}

function statement(query: StockQuery): string {
  const { select, group, order } = ROLL_UPS[query.by ?? 'item'];
  const sumOf = (state: string): string =>
    `coalesce(sum(held.quantity_base) FILTER (WHERE held.state = '${state}'), 0)`;
  return `
    SELECT held.item_code AS "itemCode", item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit, ${select}
           ${sumOf('available')} AS available, ${sumOf('reserved')} AS reserved, ${sumOf('quarantine')} AS quarantine,
           count(*) OVER () AS total
    FROM (${query.asOf === undefined ? FROM_BALANCES : FROM_POSTINGS}) AS held
    JOIN depots AS depot ON depot.id = held.depot_id
    JOIN lots AS lot ON lot.id = held.lot_id
    JOIN items AS item ON item.code = held.item_code
    WHERE depot.region_code LIKE $1 AND ($2::text IS NULL OR held.item_code = $2)
      AND ($3::uuid IS NULL OR held.depot_id = $3)
    GROUP BY held.item_code, item.code ${group}
    ORDER BY ${order} LIMIT $4 OFFSET $5`;
}

function rowOf(row: StockRow): StockRowResponse {
  return {
    itemCode: row.itemCode,
    nameZh: row.nameZh,
    nameEn: row.nameEn,
    unit: row.unit,
    depotId: row.depotId ?? null,
    depotCode: row.depotCode ?? null,
    regionCode: row.regionCode ?? null,
    lotId: row.lotId ?? null,
    batchNumber: row.batchNumber ?? null,
    expiryDate: row.expiryDate ?? null,
    availableBase: safeInteger(row.available),
    reservedBase: safeInteger(row.reserved),
    quarantineBase: safeInteger(row.quarantine),
  };
}
