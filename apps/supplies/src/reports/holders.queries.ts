import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { ContractCover } from '../standards/contract-cover';
import { chinaDay } from '../stock/domain/calendar';
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

/** Who holds what of an item, wherever it is. Holders of one item are some thousands at most; the page is cut here. */
@Injectable()
export class HoldersQueries {
  constructor(
    private readonly database: Database,
    private readonly cover: ContractCover,
  ) {}

  /** @throws DomainError SUPPLIES_ITEM_NOT_FOUND */
  async holders(caller: Caller, itemCode: string, query: HoldersQuery): Promise<HoldersResponse> {
    const [item] = await this.database.query<Pick<HoldersResponse, 'itemCode' | 'nameZh' | 'nameEn' | 'unit'>>(
      `SELECT code AS "itemCode", name_zh AS "nameZh", name_en AS "nameEn", unit FROM items WHERE code = $1`,
      [itemCode],
    );
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const region = query.region ?? caller.regionCode;
    const rows = await this.database.query<HoldingRow>(
      `${HOLDINGS} ORDER BY held.holder, held.region_code, held.code, held.name, held.id, held.owner_region_code`,
      [item.itemCode, regionPattern(region)],
    );
    const all = [...rows.map(holdingOf), ...(await this.enterprises(region, item.itemCode))];
    const totals = [...Map.groupBy(all, ({ holder }) => holder)].map(([holder, of]) => ({
      holder,
      quantityBase: of.reduce((sum, { quantityBase }) => sum + quantityBase, 0),
    }));
    const wanted = all.filter(({ holder }) => query.holder === undefined || query.holder === holder);
    const items = wanted.slice(query.offset, query.offset + query.limit);
    return { ...item, region, totals, items, total: wanted.length };
  }

  /** What enterprises keep under contracts with fresh figures; each lies with the enterprise, for the region's account. */
  private async enterprises(region: string, itemCode: string): Promise<HoldingResponse[]> {
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const kept = await this.cover.kept(this.database, regionPattern(region), chinaDay(now));
    const ofItem = kept.filter((stock) => stock.itemCode === itemCode && stock.stockBase > 0);
    const groups = Map.groupBy(ofItem, ({ enterpriseId, regionCode }) => `${regionCode} ${enterpriseId}`);
    return [...groups.values()].map((stocks) => {
      const [{ enterpriseId: id, enterpriseName: name, regionCode: ownerRegionCode }] = stocks;
      const quantityBase = stocks.reduce((sum, { stockBase }) => sum + stockBase, 0);
      const states = { availableBase: quantityBase, reservedBase: 0, quarantineBase: 0 };
      return {
        ...{ holder: 'enterprise' as const, id, name, code: null, regionCode: null, ownerRegionCode },
        ...{ ...states, quantityBase, lots: 0 },
      };
    });
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
