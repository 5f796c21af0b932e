import type { GapInput } from '../gap';
import type { StandardRule } from '../standard-rule';
import type { StandardShare } from '../standard-share';

let count = 0;

/** Five tents for every 1,000 people begun, in every county of a province. */
export const aRule = (overrides: Partial<StandardRule> = {}): StandardRule => ({
  id: `rule-${++count}`,
  regionCode: '14',
  tier: 'county',
  enterpriseId: null,
  target: 'item:LRS-015',
  measure: 'per-people',
  amountBase: 5,
  perPeople: 1000,
  riskLevel: null,
  validFrom: '2026-01-01',
  validTo: null,
  source: 'test',
  basis: 'estimate',
  ...overrides,
});

export const aFixedRule = (overrides: Partial<StandardRule> = {}): StandardRule =>
  aRule({ measure: 'fixed', amountBase: 100, perPeople: null, ...overrides });

export const aShare = (overrides: Partial<StandardShare> = {}): StandardShare => ({
  id: `share-${++count}`,
  regionCode: '14',
  mode: 'agreement',
  itemCode: null,
  category: null,
  sharePercent: 40,
  validFrom: '2026-01-01',
  validTo: null,
  ...overrides,
});

/** One county with nothing asked of it and nothing in it. */
export const aGapInput = (overrides: Partial<GapInput> = {}): GapInput => ({
  regions: ['140930'],
  facts: new Map(),
  rules: [],
  shares: [],
  floors: [],
  temporary: [],
  held: [],
  promised: [],
  contributions: [],
  categories: new Map([['LRS-015', 'living_relief']]),
  ...overrides,
});
