import { regionCovers } from '@ledger/contracts';
import type { GapInput } from './gap';
import { NOTHING_KNOWN, type RegionFacts, type RiskLevel } from './region-fact';
import type { StandardRule } from './standard-rule';
import type { Target } from './target';

/** Changes to think through; nothing of it is written down. */
export interface Supposition {
  /** Of single regions. */
  readonly populations: readonly { readonly regionCode: string; readonly population: number }[];
  /** Of a region and everything below it. */
  readonly riskLevels: readonly { readonly regionCode: string; readonly riskLevel: RiskLevel }[];
  /** Of all known populations that are not named one by one, per cent; 100 leaves them. */
  readonly populationPercent: number;
  /** Of the amounts of rules, per cent; the one without a target holds for all that are not named. */
  readonly standardPercents: readonly { readonly target: Target | null; readonly percent: number }[];
}

export const NOTHING_SUPPOSED: Supposition = {
  populations: [],
  riskLevels: [],
  populationPercent: 100,
  standardPercents: [],
};

/** The same input, had the facts and the rules been these. Amounts and people are rounded up, as requirements are. */
export function suppose(input: GapInput, supposition: Supposition): GapInput {
  const regions = new Set([...input.regions, ...supposition.populations.map(({ regionCode }) => regionCode)]);
  const facts = new Map([...regions].map((code) => [code, supposedFacts(code, input.facts.get(code), supposition)]));
  const rules = input.rules.map((rule) => supposedRule(rule, supposition));
  return { ...input, regions: [...regions].sort(), facts, rules };
}

function supposedFacts(regionCode: string, known: RegionFacts = NOTHING_KNOWN, supposition: Supposition): RegionFacts {
  const named = supposition.populations.find((each) => each.regionCode === regionCode)?.population;
  const population =
    named ?? (known.population === null ? null : percentOf(known.population, supposition.populationPercent));
  const risks = supposition.riskLevels.filter((each) => regionCovers(each.regionCode, regionCode));
  const nearest = risks.toSorted((one, other) => other.regionCode.length - one.regionCode.length).at(0);
  return { population, riskLevel: nearest?.riskLevel ?? known.riskLevel };
}

function supposedRule(rule: StandardRule, { standardPercents }: Supposition): StandardRule {
  const named = standardPercents.find(({ target }) => target === rule.target);
  const percent = (named ?? standardPercents.find(({ target }) => target === null))?.percent ?? 100;
  return { ...rule, amountBase: percentOf(rule.amountBase, percent) };
}

const percentOf = (base: number, percent: number): number => Math.ceil((base * percent) / 100);
