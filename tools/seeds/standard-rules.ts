import { tableOf, type Table } from './csv';
import { HEQU, type Place } from './places';
import { randomFor } from './random';
import type { Reference, Region } from './reference';
import { villagesWithPoint } from './remoteness';
import { stableId } from './stable-id';

const CITY = '1409';
const VALID_FROM = '2026-01-01';
const INVENTED = '演示数据，虚构（demonstration, invented）';
const GUESSED = '演示规则，非任何文件规定（demonstration, our own guess）';
/** As many as the county's reserve points. */
const REMOTE_VILLAGES = 30;

interface Fact {
  readonly regionCode: string;
  readonly population: number | '';
  readonly riskLevel: 'low' | 'medium' | 'high' | '';
}

/**
 * Invented people and risk levels: of the city with its counties and their townships, and of the villages of Hequ. A
 * region with parts has the people of its parts. Remote villages are given a high risk, the others a low or medium one.
 */
export function planFacts(reference: Reference, places: ReadonlyMap<string, Place>): Fact[] {
  const regions = reference.regions.filter(({ code }) => code.startsWith(CITY));
  const partsOf = Map.groupBy(regions, ({ parentCode }) => parentCode);
  const peopleIn = (region: Region): number => {
    const parts = partsOf.get(region.code);
    if (parts) return parts.reduce((sum, part) => sum + peopleIn(part), 0);
    const [least, most] = region.tier === 'village' ? [150, 1_200] : [3_000, 28_000];
    return randomFor(`population/${region.code}`).integer(least, most);
  };
  const remote = new Set(villagesWithPoint(reference, places, REMOTE_VILLAGES).map(({ village }) => village.code));
  const riskOf = ({ code }: Region): 'low' | 'medium' | 'high' =>
    remote.has(code) ? 'high' : randomFor(`risk/${code}`).pick(['low', 'medium'] as const);
  return regions.flatMap((region) => [
    { regionCode: region.code, population: peopleIn(region), riskLevel: '' as const },
    ...(region.tier === 'village' && region.code.startsWith(HEQU)
      ? [{ regionCode: region.code, population: '' as const, riskLevel: riskOf(region) }]
      : []),
  ]);
}

export const factTable = (facts: readonly Fact[]): Table =>
  tableOf(
    'supplies/region-facts.csv',
    ['id', 'region_code', 'population', 'risk_level', 'valid_from', 'source', 'basis', 'synthetic'],
    facts.map(({ regionCode, population, riskLevel }) => ({
      id: stableId('region-fact', `${regionCode}/${riskLevel === '' ? 'population' : 'risk'}`),
      region_code: regionCode,
      population,
      risk_level: riskLevel,
      valid_from: VALID_FROM,
      source: INVENTED,
      basis: 'synthetic',
      synthetic: 'y',
    })),
  );

type Rule = readonly [
  tier: string,
  itemCode: string,
  measure: string,
  amountBase: number,
  perPeople: number | '',
  risk: string,
];

/** Estimates of ours, in the size of what the demonstration depots hold; no published standard stands behind them. */
const RULES: readonly Rule[] = [
  ['city', 'LRS-015', 'fixed', 2000, '', ''],
  ['city', 'LRS-002', 'fixed', 4000, '', ''],
  ['county', 'LRS-015', 'per-people', 4, 1000, ''],
  ['county', 'LRS-002', 'per-people', 8, 1000, ''],
  ['county', 'LRS-005', 'per-people', 14, 1000, ''],
  ['county', 'LIV-003', 'fixed', 600, '', ''],
  ['township', 'LRS-015', 'per-people', 5, 1000, ''],
  ['township', 'LIV-003', 'fixed', 50, '', ''],
  ['village', 'LRS-005', 'risk-level', 20, '', 'high'],
  ['village', 'LIV-003', 'risk-level', 10, '', 'high'],
];

export const ruleTable = (): Table =>
  tableOf(
    'supplies/standard-rules.csv',
    [
      ...(['id', 'region_code', 'tier', 'item_code', 'measure', 'amount_base', 'per_people', 'risk_level'] as const),
      ...(['valid_from', 'source', 'basis'] as const),
    ],
    RULES.map(([tier, itemCode, measure, amountBase, perPeople, risk]) => ({
      id: stableId('standard-rule', `${CITY}/${tier}/${itemCode}/${measure}/${risk}`),
      region_code: CITY,
      tier,
      item_code: itemCode,
      measure,
      amount_base: amountBase,
      per_people: perPeople,
      risk_level: risk,
      valid_from: VALID_FROM,
      source: GUESSED,
      basis: 'estimate',
    })),
  );

/** How much of a standard each kind of contract may cover, per cent. Guesses of ours. */
const SHARES = [
  ['agreement', 30],
  ['enterprise', 30],
  ['capacity', 20],
] as const;

export const shareTable = (): Table =>
  tableOf(
    'supplies/standard-shares.csv',
    ['id', 'region_code', 'mode', 'share_percent', 'valid_from', 'source', 'basis'],
    SHARES.map(([mode, sharePercent]) => ({
      id: stableId('standard-share', `${CITY}/${mode}`),
      region_code: CITY,
      mode,
      share_percent: sharePercent,
      valid_from: VALID_FROM,
      source: GUESSED,
      basis: 'estimate',
    })),
  );
