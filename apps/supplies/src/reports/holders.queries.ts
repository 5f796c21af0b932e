import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { Holder, HoldersQuery, HoldersResponse, HoldingResponse } from './dto/holders.dto';

const RELATED = `(depot.region_code LIKE lot.owner_region_code || '%' OR lot.owner_region_code LIKE depot.region_code || '%')`;

/** Goods on the road are told by the depot that they left: the ledger knows it, whatever paper sent them. */
const LEFT = `
  SELECT posting.depot_id FROM postings AS posting
  WHERE posting.lot_id = balance.lot_id AND posting.to_account = balance.account AND posting.depot_id IS NOT NULL LIMIT 1`;

/**
 * Every inside account that holds the item. Seen are goods that lie in the region, that left it, or that it owns.
 * Parameters: $1 item, $2 region pattern.
 */
const HELD = `
  SELECT CASE WHEN balance.depot_id IS NULL THEN CASE WHEN balance.account LIKE 'transit:%' THEN 'transit' ELSE 'site' END
              WHEN ${RELATED} THEN 'depot' ELSE 'loan' END AS holder,
         coalesce(balance.depot_id, split_part(balance.account, ':', 2)::uuid) AS id,
         coalesce(site.name, depot.name_zh) AS name, CASE WHEN site.id IS NULL THEN depot.code END AS code,
         coalesce(site.region_code, depot.region_code) AS region_code, lot.owner_region_code, balance.lot_id,
         balance.quantity_base,
         CASE WHEN balance.account LIKE '%:reserved' THEN 'reserved'
              WHEN balance.account LIKE '%:quarantine' OR balance.account LIKE '%:damaged' THEN 'quarantine'
              ELSE 'available' END AS state
  FROM balances AS balance
  JOIN lots AS lot ON lot.id = balance.lot_id
  LEFT JOIN sites AS site
    ON balance.account LIKE 'site:%' AND site.id = split_part(balance.account, ':', 2)::uuid
  LEFT JOIN depots AS depot ON depot.id = coalesce(
    balance.depot_id, CASE WHEN balance.account LIKE 'transit:%' THEN (${LEFT}) END)
  WHERE balance.in_stock AND lot.item_code = $1 AND balance.item_code = $1 AND position(':' IN balance.account) > 0
    AND (lot.owner_region_code LIKE $2 OR depot.region_code LIKE $2 OR site.region_code LIKE $2)`;

const sumOf = (state: string): string =>
  `coalesce(sum(held.quantity_base) FILTER (WHERE held.state = '${state}'), 0) AS ${state}`;

const HOLDINGS = `
  SELECT held.holder, held.id, held.name, held.code, held.region_code, held.owner_region_code,
         ${['available', 'reserved', 'quarantine'].map(sumOf).join(', ')}, sum(held.quantity_base) AS quantity,
         count(DISTINCT held.lot_id) AS lots
  FROM (${HELD}) AS held
  GROUP BY held.holder, held.id, held.name, held.code, held.region_code, held.owner_region_code`;

interface HoldingRow {
  readonly holder: Holder;
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly region_code: string | null;
  readonly owner_region_code: string;
  readonly available: string;
  readonly reserved: string;
  readonly quarantine: string;
  readonly quantity: string;
  readonly lots: string;
}

/** Who holds what of an item, wherever it is. */
@Injectable()
export class HoldersQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError SUPPLIES_ITEM_NOT_FOUND */
  async holders(caller: Caller, itemCode: string, query: HoldersQuery): Promise<HoldersResponse> {
    const [item] = await this.database.query<Pick<HoldersResponse, 'itemCode' | 'nameZh' | 'nameEn' | 'unit'>>(
      `SELECT code AS "itemCode", name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = $1`,
      [itemCode],
    );
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const region = query.region ?? caller.regionCode;
    const scope = [item.itemCode, regionPattern(region)];
    const totals = await this.database.query<{ holder: Holder; quantity: string; rows: string }>(
      `SELECT holder, sum(quantity) AS quantity, count(*) AS rows FROM (${HOLDINGS}) AS holding
       GROUP BY holder ORDER BY holder`,
      scope,
    );
    const rows = await this.database.query<HoldingRow>(
      `${HOLDINGS} HAVING $3::text IS NULL OR held.holder = $3
       ORDER BY held.holder, held.region_code, held.code, held.name, held.id, held.owner_region_code LIMIT $4 OFFSET $5`,
      [...scope, query.holder ?? null, query.limit, query.offset],
    );
    const counted = totals.filter(({ holder }) => query.holder === undefined || query.holder === holder);
    return {
      ...item,
      region,
      totals: totals.map(({ holder, quantity }) => ({ holder, quantityBase: safeInteger(quantity) })),
      items: rows.map(holdingOf),
      total: counted.reduce((sum, row) => sum + safeInteger(row.rows), 0),
    };
  }
}

const holdingOf = (row: HoldingRow): HoldingResponse => ({
  holder: row.holder,
  id: row.id,
  name: row.name,
  code: row.code,
  regionCode: row.region_code,
  ownerRegionCode: row.owner_region_code,
  availableBase: safeInteger(row.available),
  reservedBase: safeInteger(row.reserved),
  quarantineBase: safeInteger(row.quarantine),
  quantityBase: safeInteger(row.quantity),
  lots: safeInteger(row.lots),
});
