import { Injectable } from '@nestjs/common';
import type { Caller, RegionTier } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { addDays, chinaDay, type Day } from '../stock/domain/calendar';
import { windowsWithin, type Window } from './domain/windows';
import type { ExpiringQuery, ExpiringResponse, ExpiringRowResponse, ExpiryRollUp } from './dto/expiring.dto';

/** What is told apart besides the item. */
const LEVELS: Readonly<Record<ExpiryRollUp, string>> = {
  item: '',
  region: ', region_code',
  tier: ', tier',
  lot: ', region_code, tier, depot_id, depot_code, lot_id, batch_number, expiry_date',
};

/**
 * Stock with a date in the scope, per lot and depot. The balances carry the date of their lot, so that an index on it
 * finds what is asked for; names are joined to what is left.
 */
const EXPIRING = `
  SELECT balance.item_code, depot.region_code, depot.tier, depot.id AS depot_id, depot.code AS depot_code,
         balance.lot_id, lot.batch_number, balance.expiry_date, sum(balance.quantity_base) AS quantity_base,
         coalesce(sum(balance.quantity_base) FILTER (WHERE balance.account LIKE '%:quarantine'), 0) AS quarantine_base,
         width_bucket(balance.expiry_date - $4::date, $6::integer[]) AS window_number
  FROM balances AS balance
  JOIN depots AS depot ON depot.id = balance.depot_id
  JOIN lots AS lot ON lot.id = balance.lot_id
  WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND balance.expiry_date <= $5::date
    AND depot.region_code LIKE $1 AND ($2::text IS NULL OR balance.item_code = $2)
    AND ($3::uuid IS NULL OR balance.depot_id = $3)
  GROUP BY balance.item_code, depot.id, balance.lot_id, lot.id, balance.expiry_date`;

const statement = (by: ExpiryRollUp): string => {
  const level = LEVELS[by];
  return `
    WITH expiring AS (${EXPIRING}), windowed AS (
      SELECT item_code ${level}, window_number, sum(quantity_base) AS quantity_base, count(*) AS lots,
             sum(quarantine_base) AS quarantine_base, min(expiry_date) AS earliest
      FROM expiring GROUP BY item_code ${level}, window_number
    )
    SELECT summed.*, summed.earliest::text AS earliest, item.name_zh, item.name_en, item.unit,
           count(*) OVER () AS rows
    FROM (
      SELECT item_code ${level.replace('expiry_date', 'expiry_date::text')}, sum(quantity_base) AS total,
             sum(quarantine_base) AS quarantine, min(earliest) AS earliest,
             json_agg(json_build_array(window_number, quantity_base, lots)) AS windows
      FROM windowed GROUP BY item_code ${level}
    ) AS summed JOIN items AS item ON item.code = summed.item_code
    ORDER BY summed.earliest, item_code ${level.includes('depot_code') ? ', depot_code, lot_id' : level}
    LIMIT $7 OFFSET $8`;
};

interface ExpiringRow {
  readonly item_code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly unit: string;
  readonly region_code?: string;
  readonly tier?: RegionTier;
  readonly depot_id?: string;
  readonly depot_code?: string;
  readonly lot_id?: string;
  readonly batch_number?: string;
  readonly expiry_date?: Day;
  readonly earliest: Day;
  readonly total: string;
  readonly quarantine: string;
  readonly windows: readonly (readonly [number, number, number])[];
  readonly rows: string;
}

/** Reads of what will be past its date. */
@Injectable()
export class ExpiringQueries {
  constructor(private readonly database: Database) {}

  async expiring(caller: Caller, query: ExpiringQuery): Promise<ExpiringResponse> {
    const region = query.region ?? caller.regionCode;
    const [{ now }] = await this.database.query<{ now: Date }>('SELECT now() AS now');
    const today = chinaDay(now);
    const windows = windowsWithin(query.within);
    const rows = await this.database.query<ExpiringRow>(statement(query.by ?? 'item'), [
      ...[regionPattern(region), query.item ?? null, query.depotId ?? null, today, addDays(today, query.within)],
      ...[windows.flatMap(({ fromDays }) => fromDays ?? []), query.limit, query.offset],
    ]);
    const total = rows[0] ? safeInteger(rows[0].rows) : 0;
    return { today, region, items: rows.map((row) => rowOf(row, windows, today)), total };
  }
}

function rowOf(row: ExpiringRow, windows: readonly Window[], today: Day): ExpiringRowResponse {
  const filled = new Map(row.windows.map(([number, quantityBase, lots]) => [number, { quantityBase, lots }]));
  return {
    itemCode: row.item_code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    unit: row.unit,
    regionCode: row.region_code ?? null,
    tier: row.tier ?? null,
    depotId: row.depot_id ?? null,
    depotCode: row.depot_code ?? null,
    lotId: row.lot_id ?? null,
    batchNumber: row.batch_number ?? null,
    expiryDate: row.expiry_date ?? null,
    daysLeft: row.expiry_date === undefined ? null : daysBetween(today, row.expiry_date),
    earliestExpiry: row.earliest,
    totalBase: safeInteger(row.total),
    quarantineBase: safeInteger(row.quarantine),
    windows: windows.map(({ fromDays, toDays }, number) => ({
      ...{ fromDays, toDays },
      ...(filled.get(number) ?? { quantityBase: 0, lots: 0 }),
    })),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
