import type { RegionTier } from '@ledger/contracts';
import type { SeedContext, Tx } from '@ledger/platform';
import { lineOf, type Measure } from '../../standards/domain/standard-rule';
import type { RiskLevel } from '../../standards/domain/region-fact';
import { itemTarget } from '../../standards/domain/target';
import { optionalInteger, optionalText } from './seed-cause';

interface RuleSeed {
  readonly id: string;
  readonly region_code: string;
  readonly tier: RegionTier;
  readonly item_code: string;
  readonly measure: Measure;
  readonly amount_base: string;
  readonly per_people: string;
  readonly risk_level: string;
  readonly valid_from: string;
  readonly source: string;
  readonly basis: string;
}

interface FactSeed {
  readonly id: string;
  readonly region_code: string;
  readonly population: string;
  readonly risk_level: string;
  readonly valid_from: string;
  readonly source: string;
  readonly basis: string;
}

interface ShareSeed {
  readonly id: string;
  readonly region_code: string;
  readonly mode: string;
  readonly share_percent: string;
  readonly valid_from: string;
  readonly source: string;
  readonly basis: string;
}

const BY = 'seed';

/** Rules, shares and invented facts of the demonstration; a productive installation begins with none. */
export async function seedStandardRules({ database, readCsv, progress }: SeedContext): Promise<void> {
  const rules = await readCsv<RuleSeed>('supplies/standard-rules.csv');
  const facts = await readCsv<FactSeed>('supplies/region-facts.csv');
  const shares = await readCsv<ShareSeed>('supplies/standard-shares.csv');
  const added = await database.transaction(
    async (tx) => (await addRules(tx, rules)) + (await addFacts(tx, facts)) + (await addShares(tx, shares)),
  );
  const rows = rules.length + facts.length + shares.length;
  progress(`supplies: ${rows} rules, facts and shares of standards, ${added} of them new`);
}

async function addRules(tx: Tx, rules: readonly RuleSeed[]): Promise<number> {
  let added = 0;
  for (const rule of rules) {
    const riskLevel = optionalText(rule.risk_level) as RiskLevel | null;
    const line = lineOf({
      ...{ regionCode: rule.region_code, tier: rule.tier, enterpriseId: null, target: itemTarget(rule.item_code) },
      ...{ measure: rule.measure, riskLevel },
    });
    added += await tx.execute(
      `INSERT INTO standard_rules (id, line_key, region_code, tier, item_code, measure, amount_base, per_people,
                                   risk_level, valid_from, source, basis, set_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
      [
        ...[rule.id, line, rule.region_code, rule.tier, rule.item_code, rule.measure, rule.amount_base],
        ...[optionalInteger(rule.per_people), riskLevel, rule.valid_from, rule.source, rule.basis, BY],
      ],
    );
  }
  return added;
}

function addFacts(tx: Tx, facts: readonly FactSeed[]): Promise<number> {
  return tx.execute(
    `INSERT INTO region_facts (id, region_code, kind, population, risk_level, valid_from, source, basis, set_by)
     SELECT fact.id, fact.region_code, CASE WHEN fact.population IS NULL THEN 'risk-level' ELSE 'population' END,
            fact.population, fact.risk_level, fact.valid_from, fact.source, fact.basis, $8
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::date[], $6::text[], $7::text[])
       AS fact (id, region_code, population, risk_level, valid_from, source, basis)
     ON CONFLICT (id) DO NOTHING`,
    [
      facts.map(({ id }) => id),
      facts.map(({ region_code }) => region_code),
      facts.map(({ population }) => optionalInteger(population)),
      facts.map(({ risk_level }) => optionalText(risk_level)),
      facts.map(({ valid_from }) => valid_from),
      facts.map(({ source }) => source),
      facts.map(({ basis }) => basis),
      BY,
    ],
  );
}

async function addShares(tx: Tx, shares: readonly ShareSeed[]): Promise<number> {
  let added = 0;
  for (const share of shares) {
    added += await tx.execute(
      `INSERT INTO standard_shares (id, region_code, mode, share_percent, valid_from, source, basis, set_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [
        ...[share.id, share.region_code, share.mode, share.share_percent, share.valid_from],
        ...[share.source, share.basis, BY],
      ],
    );
  }
  return added;
}
