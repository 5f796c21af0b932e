import { Injectable } from '@nestjs/common';
import { Database, safeInteger, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { Day } from '../stock/domain/calendar';
import { ContractCover } from './contract-cover';
import type { GapInput, RegionQuantity } from './domain/gap';
import { factsOn, type DatedFact, type RiskLevel } from './domain/region-fact';
import { rulesOn, type StandardRule } from './domain/standard-rule';
import { sharesOn, type StandardShare } from './domain/standard-share';
import { targetOf, type Contribution, type TargetColumns } from './domain/target';

/** A place that needs goods in advance. */
export interface PrePositioningNeed {
  readonly regionCode: string;
  readonly reason: string;
  readonly riskLevel: RiskLevel | null;
  readonly source: string;
}

/** What a gap list is made of, and the names to show it with. */
export interface GapFacts {
  readonly input: GapInput;
  readonly needs: ReadonlyMap<string, PrePositioningNeed>;
}

/** Where rows are read: the database, or an open transaction. */
export type Reader = Pick<Tx, 'query'>;

/** Rows that bind the region ($1 code, $2 pattern) or were set below it. */
const IN_SCOPE = `(region_code LIKE $2 OR $1 LIKE region_code || '%')`;

const REGIONS = `
  SELECT region_code FROM depots WHERE region_code LIKE $1
  UNION SELECT region_code FROM region_facts WHERE region_code LIKE $1 AND valid_from <= $2::date
  UNION SELECT region_code FROM standard_rules
    WHERE region_code LIKE $1 AND valid_from <= $2::date AND char_length(region_code) =
      CASE tier WHEN 'province' THEN 2 WHEN 'city' THEN 4 WHEN 'county' THEN 6 WHEN 'township' THEN 9 WHEN 'village' THEN 12 END
  UNION SELECT region_code FROM temporary_standards WHERE region_code LIKE $1 AND valid_from <= $2::date
  UNION SELECT region_code FROM pre_positioning_needs
    WHERE region_code LIKE $1 AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date)
  ORDER BY region_code`;

/** A named need goes before the flag of a depot there; of several the latest one holds. */
const NEEDS = `
  SELECT DISTINCT ON (region_code) region_code AS "regionCode", reason, risk_level AS "riskLevel", source
  FROM (
    SELECT region_code, reason, risk_level, source, valid_from, 1 AS rank FROM pre_positioning_needs
    WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date)
    UNION ALL
    SELECT region_code, pre_positioning_reason, NULL, pre_positioning_source, pre_positioning_since, 2 FROM depots
    WHERE pre_positioning_need AND pre_positioning_since <= $2::date
  ) AS need
  WHERE region_code LIKE $1 ORDER BY region_code, rank, valid_from DESC`;

/** The floors in force on the day, by the region of their depots. */
const FLOORS = `
  SELECT depot.region_code AS "regionCode", standard.item_code AS "itemCode", sum(standard.floor_base) AS quantity
  FROM depots AS depot JOIN (
    SELECT DISTINCT ON (depot_id, item_code) depot_id, item_code, floor_base FROM reserve_standards
    WHERE valid_from <= $2::date ORDER BY depot_id, item_code, valid_from DESC
  ) AS standard ON standard.depot_id = depot.id
  WHERE depot.region_code LIKE $1 GROUP BY depot.region_code, standard.item_code`;

const TEMPORARY = `
  SELECT standard.region_code AS "regionCode", line.item_code AS "itemCode", sum(line.quantity_base) AS quantity
  FROM temporary_standards AS standard JOIN temporary_standard_items AS line ON line.standard_id = standard.id
  LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
  WHERE standard.region_code LIKE $1 AND standard.valid_from <= $2::date
    AND coalesce(ended.last_day, standard.valid_to) >= $2::date
  GROUP BY standard.region_code, line.item_code`;

/**
 * Goods count for the region that owns them, when they lie in it or with a tier above it; what was lent to a neighbour
 * is not there. Past their date, held or in quarantine they are no reserve.
 */
const HELD = `
  SELECT lot.owner_region_code AS "regionCode", balance.item_code AS "itemCode", sum(balance.quantity_base) AS quantity
  FROM balances AS balance
  JOIN lots AS lot ON lot.id = balance.lot_id
  JOIN depots AS depot ON depot.id = balance.depot_id
  WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND balance.account NOT LIKE '%:quarantine'
    AND (balance.expiry_date IS NULL OR balance.expiry_date >= $2::date)
    AND lot.owner_region_code LIKE $1 AND lot.quality = 'good'
    AND (depot.region_code LIKE lot.owner_region_code || '%' OR lot.owner_region_code LIKE depot.region_code || '%')
  GROUP BY lot.owner_region_code, balance.item_code`;

/** Reads everything that a gap list is worked out from. */
@Injectable()
export class GapFactsQueries {
  constructor(
    private readonly database: Database,
    private readonly cover: ContractCover,
  ) {}

  async now(reader: Reader = this.database): Promise<Date> {
    return (await reader.query<{ now: Date }>('SELECT now() AS now'))[0].now;
  }

  /** @param depth  `below` for the region and everything below it, `itself` for the region alone */
  async facts(
    region: string,
    day: Day,
    depth: 'below' | 'itself' = 'below',
    reader: Reader = this.database,
  ): Promise<GapFacts> {
    const pattern = depth === 'below' ? regionPattern(region) : region;
    const at = [pattern, day];
    const scope = [region, pattern];
    const rules = rulesOn(await rulesIn(reader, scope), day);
    const needs = await reader.query<PrePositioningNeed>(NEEDS, at);
    const known = await reader.query<{ region_code: string }>(REGIONS, at);
    const held = await quantities(reader, HELD, at);
    const facts = factsOn(await datedFacts(reader, pattern, needs), day);
    const regions = new Set([...known.map((row) => row.region_code), ...held.map(({ regionCode }) => regionCode)]);
    const input = {
      ...{ regions: [...regions].sort(), facts, rules, held },
      shares: sharesOn(await sharesIn(reader, scope), day),
      floors: await quantities(reader, FLOORS, at),
      temporary: await quantities(reader, TEMPORARY, at),
      promised: await this.cover.promised(reader, pattern, day),
      contributions: await contributions(reader),
      categories: await categories(reader),
    };
    return { input, needs: new Map(needs.map((need) => [need.regionCode, need])) };
  }
}

async function quantities(reader: Reader, sql: string, at: readonly string[]): Promise<RegionQuantity[]> {
  const rows = await reader.query<{ regionCode: string; itemCode: string; quantity: string }>(sql, at);
  return rows.map(({ quantity, ...row }) => ({ ...row, quantityBase: safeInteger(quantity) }));
}

async function rulesIn(reader: Reader, scope: readonly string[]): Promise<StandardRule[]> {
  const rows = await reader.query<
    Omit<StandardRule, 'amountBase' | 'target'> & TargetColumns & { readonly amount: string }
  >(
    `SELECT id, region_code AS "regionCode", tier, enterprise_id AS "enterpriseId", item_code AS "itemCode", category,
              capability, measure, amount_base AS amount, per_people AS "perPeople", risk_level AS "riskLevel",
              valid_from::text AS "validFrom", valid_to::text AS "validTo", source, basis
       FROM standard_rules WHERE tier IS NOT NULL AND ${IN_SCOPE} ORDER BY set_at, id`,
    scope,
  );
  return rows.map(({ itemCode, category, capability, amount, ...rule }) => ({
    ...rule,
    target: targetOf({ itemCode, category, capability }),
    amountBase: safeInteger(amount),
  }));
}

function sharesIn(reader: Reader, scope: readonly string[]): Promise<StandardShare[]> {
  return reader.query<StandardShare>(
    `SELECT id, region_code AS "regionCode", mode, item_code AS "itemCode", category,
              share_percent AS "sharePercent", valid_from::text AS "validFrom", valid_to::text AS "validTo"
       FROM standard_shares WHERE ${IN_SCOPE} ORDER BY set_at, id`,
    scope,
  );
}

/** A need for goods in advance says how high the risk is where nobody has entered it as a fact. */
async function datedFacts(reader: Reader, pattern: string, needs: readonly PrePositioningNeed[]): Promise<DatedFact[]> {
  const rows = await reader.query<Omit<DatedFact, 'population'> & { readonly people: string | null }>(
    `SELECT region_code AS "regionCode", population AS people, risk_level AS "riskLevel", valid_from::text AS "validFrom"
       FROM region_facts WHERE region_code LIKE $1 ORDER BY set_at, id`,
    [pattern],
  );
  const entered = rows.map(({ people, ...fact }) => ({
    ...fact,
    population: people === null ? null : safeInteger(people),
  }));
  const supposed = needs.map(({ regionCode, riskLevel }) => ({
    ...{ regionCode, riskLevel, population: null, validFrom: '0001-01-01' },
  }));
  return [...supposed, ...entered];
}

async function contributions(reader: Reader): Promise<Contribution[]> {
  const rows = await reader.query<{ itemCode: string; category: string; capability: string; per: string }>(
    `SELECT item.code AS "itemCode", item.category, NULL AS capability, 1 AS per FROM items AS item
       WHERE item.category IN (SELECT category FROM standard_rules WHERE category IS NOT NULL)
       UNION ALL
       SELECT item_code, NULL, capability_code, amount_per_base FROM item_capabilities
       WHERE capability_code IN (SELECT capability FROM standard_rules WHERE capability IS NOT NULL)`,
  );
  return rows.map(({ itemCode, category, capability, per }) => ({
    ...{ itemCode, target: targetOf({ itemCode: null, category, capability }), perUnit: safeInteger(per) },
  }));
}

async function categories(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.query<{ code: string; category: string }>('SELECT code, category FROM items');
  return new Map(rows.map(({ code, category }) => [code, category]));
}
