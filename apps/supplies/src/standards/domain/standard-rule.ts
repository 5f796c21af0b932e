import { regionCovers, tierOf, type RegionTier } from '@ledger/contracts';
import type { Day } from '../../stock/domain/calendar';
import type { Basis } from './basis';
import type { RegionFacts, RiskLevel } from './region-fact';
import { compareDays } from './region-fact';
import type { Target } from './target';

export const MEASURES = ['fixed', 'per-people', 'risk-level'] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * A dated rule: regions of one tier under a scope, or one enterprise, keep so much of a target.
 * Source: plan 004 §22 (standards, scale adjusted; minimum stock of key enterprises).
 */
export interface StandardRule {
  readonly id: string;
  /** The rule holds here and below. */
  readonly regionCode: string;
  /** The tier whose regions keep it; null for a rule that names an enterprise. */
  readonly tier: RegionTier | null;
  readonly enterpriseId: string | null;
  readonly target: Target;
  readonly measure: Measure;
  /** Integer ≥ 0: in all, for every `perPeople` people begun, or for a region of the risk level. */
  readonly amountBase: number;
  readonly perPeople: number | null;
  readonly riskLevel: RiskLevel | null;
  readonly validFrom: Day;
  /** The last day; null while nobody has ended it. */
  readonly validTo: Day | null;
  readonly source: string;
  readonly basis: Basis;
}

/** A rule that names an enterprise. */
export type EnterpriseRule = StandardRule & { readonly enterpriseId: string; readonly enterpriseName: string };

export type RuleLine = Pick<StandardRule, 'regionCode' | 'tier' | 'enterpriseId' | 'target' | 'measure' | 'riskLevel'>;

/** Rules with the same line are one rule over time: the one that began last is in force and hides the earlier ones. */
export const lineOf = (rule: RuleLine): string =>
  [rule.regionCode, rule.tier ?? rule.enterpriseId, rule.target, rule.measure, rule.riskLevel ?? '-'].join(' ');

/**
 * The rules in force on a day, at most one per line: of those that have begun the one with the latest first day, and
 * of these the one entered last, unless its last day is over. An earlier rule never comes back by itself.
 * @param rules  in the order in which they were entered
 */
export function rulesOn<Rule extends StandardRule>(rules: readonly Rule[], day: Day): Rule[] {
  const latest = new Map<string, Rule>();
  const begun = rules.filter(({ validFrom }) => validFrom <= day);
  for (const rule of begun.toSorted((one, other) => compareDays(one.validFrom, other.validFrom))) {
    latest.set(lineOf(rule), rule);
  }
  return [...latest.values()].filter(({ validTo }) => validTo === null || validTo >= day);
}

export const appliesTo = (rule: StandardRule, regionCode: string): boolean =>
  rule.tier !== null && rule.tier === tierOf(regionCode) && regionCovers(rule.regionCode, regionCode);

export type MissingFact = keyof RegionFacts;

/**
 * What a rule asks of a region: a whole number of units, rounded up; 0 for a region of another risk level; or the name
 * of the fact without which nobody can say.
 */
export function requiredBy(rule: StandardRule, facts: RegionFacts): number | MissingFact {
  if (rule.measure === 'fixed') return rule.amountBase;
  if (rule.measure === 'risk-level') {
    if (facts.riskLevel === null) return 'riskLevel';
    return facts.riskLevel === rule.riskLevel ? rule.amountBase : 0;
  }
  if (facts.population === null) return 'population';
  return ceilDivide(BigInt(rule.amountBase) * BigInt(facts.population), BigInt(rule.perPeople ?? 1));
}

/** In whole numbers throughout, because a product of people and pieces may be beyond what a float counts exactly. */
function ceilDivide(dividend: bigint, divisor: bigint): number {
  return Number((dividend + divisor - 1n) / divisor);
}
