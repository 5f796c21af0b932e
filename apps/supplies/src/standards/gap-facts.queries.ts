import { Injectable } from '@nestjs/common';
import { Database, safeInteger, type Tx } from '@ledger/platform';
import { regionPattern } from '../scope';
import { jointlyHeld } from '../sharing/joint-stock';
import type { Day } from '../stock/domain/calendar';
import { ContractCover } from './contract-cover';
import { targetsOf, type GapInput, type RegionQuantity } from './domain/gap';
import { factsOn, type DatedFact, type RiskLevel } from './domain/region-fact';
import { rulesOn, type EnterpriseRule, type StandardRule } from './domain/standard-rule';
import { sharesOn, type StandardShare } from './domain/standard-share';
import { columnsOf, itemTarget, targetOf, type Contribution, type Target, type TargetColumns } from './domain/target';
import { FLOORS, HELD, IN_SCOPE, NEEDS, REGIONS, TEMPORARY } from './gap-facts.statements';

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

export interface Wanted {
  readonly item?: string;
  readonly category?: string;
  /** `below` for the region and everything below it, `itself` for the region alone. */
  readonly depth?: 'below' | 'itself';
  readonly reader?: Reader;
}

type Asked = Pick<GapInput, 'rules' | 'floors' | 'temporary' | 'contributions'>;

const ITEMS_AT_A_TIME = 25;

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

  async facts(region: string, day: Day, wanted: Wanted = {}): Promise<GapFacts> {
    const { reader = this.database, depth = 'below' } = wanted;
    const pattern = depth === 'below' ? regionPattern(region) : region;
    const scope = [region, pattern];
    const of = await categories(reader);
    const isWanted = wantedBy(wanted, of);
    const items = [...of.keys()].filter((code) => isWanted(itemTarget(code)));
    const some = [pattern, day, items.length === of.size ? null : items];
    const rules = rulesOn(await rulesIn(reader, scope), day).filter(({ target }) => isWanted(target));
    const asked = {
      rules,
      floors: await quantities(reader, FLOORS, some),
      temporary: await quantities(reader, TEMPORARY, some),
      contributions: await contributions(reader, rules),
    };
    const needs = await reader.query<PrePositioningNeed>(NEEDS, [pattern, day]);
    const known = await reader.query<{ region_code: string }>(REGIONS, [pattern, day]);
    const held = await this.held(reader, pattern, day, asked);
    const regions = new Set([...known.map((row) => row.region_code), ...held.map(({ regionCode }) => regionCode)]);
    const input = {
      ...{ ...asked, held, regions: [...regions].sort(), categories: of },
      facts: factsOn(await datedFacts(reader, pattern, needs), day),
      shares: sharesOn(await sharesIn(reader, scope), day),
      promised: await this.cover.promised(reader, pattern, day),
    };
    return { input, needs: new Map(needs.map((need) => [need.regionCode, need])) };
  }

  /** Minimums of enterprises that regions of a pattern have set, in the order in which they were entered. */
  async enterpriseRules(pattern: string): Promise<EnterpriseRule[]> {
    const sql = `${RULES} WHERE enterprise_id IS NOT NULL AND region_code LIKE $1 ORDER BY set_at, id`;
    return (await this.database.query<RuleRow>(sql, [pattern])).map(ruleOf);
  }

  /** What items count towards the categories and capabilities that rules name. */
  contributions(rules: readonly StandardRule[]): Promise<Contribution[]> {
    return contributions(this.database, rules);
  }

  /** Only of items that something asks for, some at a time, so that no statement grows with the whole ledger. */
  private async held(reader: Reader, pattern: string, day: Day, asked: Asked): Promise<RegionQuantity[]> {
    const codes = new Set([
      ...targetsOf(asked).flatMap((target) => columnsOf(target).itemCode ?? []),
      ...asked.contributions.map(({ itemCode }) => itemCode),
    ]);
    const items = [...codes].sort();
    const held: RegionQuantity[] = [];
    for (let start = 0; start < items.length; start += ITEMS_AT_A_TIME) {
      held.push(...(await quantities(reader, HELD, [pattern, day, items.slice(start, start + ITEMS_AT_A_TIME)])));
    }
    return [...held, ...(await jointlyHeld(reader, pattern, day, items))];
  }
}

/** The targets of a list that names one item, or one category with its items. */
function wantedBy({ item, category }: Wanted, categoryOf: ReadonlyMap<string, string>): (target: Target) => boolean {
  return (target) => {
    const of = columnsOf(target);
    if (item !== undefined && of.itemCode !== item) return false;
    if (category === undefined || of.category === category) return true;
    return of.itemCode !== null && categoryOf.get(of.itemCode) === category;
  };
}

async function quantities(reader: Reader, sql: string, at: readonly unknown[]): Promise<RegionQuantity[]> {
  const rows = await reader.query<{ regionCode: string; itemCode: string; quantity: string }>(sql, at);
  return rows.map(({ quantity, ...row }) => ({ ...row, quantityBase: safeInteger(quantity) }));
}

const RULES = `
  SELECT id, region_code AS "regionCode", tier, enterprise_id AS "enterpriseId", enterprise_name AS "enterpriseName",
         item_code AS "itemCode", category, capability, measure, amount_base AS amount, per_people AS "perPeople",
         risk_level AS "riskLevel", valid_from::text AS "validFrom", valid_to::text AS "validTo", source, basis
  FROM standard_rules`;

type RuleRow = Omit<EnterpriseRule, 'amountBase' | 'target'> & TargetColumns & { readonly amount: string };

async function rulesIn(reader: Reader, scope: readonly string[]): Promise<StandardRule[]> {
  const sql = `${RULES} WHERE tier IS NOT NULL AND ${IN_SCOPE} ORDER BY set_at, id`;
  return (await reader.query<RuleRow>(sql, scope)).map(ruleOf);
}

const ruleOf = ({ itemCode, category, capability, amount, ...rule }: RuleRow): EnterpriseRule => ({
  ...rule,
  target: targetOf({ itemCode, category, capability }),
  amountBase: safeInteger(amount),
});

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

async function contributions(reader: Reader, rules: readonly StandardRule[]): Promise<Contribution[]> {
  const targets = rules.map(({ target }) => columnsOf(target));
  const rows = await reader.query<{ itemCode: string; category: string; capability: string; per: string }>(
    `SELECT code AS "itemCode", category, NULL AS capability, 1 AS per FROM items WHERE category = ANY($1)
     UNION ALL
     SELECT item_code, NULL, capability_code, amount_per_base FROM item_capabilities WHERE capability_code = ANY($2)`,
    [targets.flatMap(({ category }) => category ?? []), targets.flatMap(({ capability }) => capability ?? [])],
  );
  return rows.map(({ itemCode, category, capability, per }) => ({
    ...{ itemCode, target: targetOf({ itemCode: null, category, capability }), perUnit: safeInteger(per) },
  }));
}

async function categories(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.query<{ code: string; category: string }>('SELECT code, category FROM items');
  return new Map(rows.map(({ code, category }) => [code, category]));
}
