import type { TestCaller, TestService } from '@ledger/testing';
import type { SetResponse } from '../../src/standards/dto/rule.dto';
import { STOCK_MANAGER, TENT, type Problem } from './world';

export const CITY_MANAGER: TestCaller = { ...STOCK_MANAGER, regionCode: '1409' };
export const PROVINCE_MANAGER: TestCaller = { ...STOCK_MANAGER, regionCode: '14' };

/** Five tents for every 1,000 people begun, in every county of the city. */
export const aRuleRequest = (overrides: Record<string, unknown> = {}) => ({
  regionCode: '1409',
  tier: 'county',
  itemCode: TENT,
  measure: 'per-people',
  amountBase: 5,
  perPeople: 1000,
  validFrom: '2026-01-01',
  source: '忻应急发〔2026〕1号（测试）',
  basis: 'estimate',
  ...overrides,
});

/** So many tents in every county of the city. */
export const aFixedRuleRequest = (amountBase: number, overrides: Record<string, unknown> = {}) =>
  aRuleRequest({ measure: 'fixed', perPeople: undefined, amountBase, ...overrides });

export const post = <Body = SetResponse>(service: TestService, path: string, body: unknown, as: TestCaller) =>
  service.request<Body & Problem>('POST', `/api/v1/supplies/${path}`, { as, body });

export const get = async <Body>(service: TestService, path: string, as: TestCaller = STOCK_MANAGER) =>
  (await service.request<Body & Problem>('GET', `/api/v1/supplies/${path}`, { as })).body;

/** Sets a rule and returns its id. */
export async function setRule(
  service: TestService,
  overrides: Record<string, unknown> = {},
  as: TestCaller = CITY_MANAGER,
): Promise<string> {
  const answer = await post(service, 'standards/rules', aRuleRequest(overrides), as);
  if (answer.status !== 201) throw new Error(`rule answered ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

export async function setPopulation(service: TestService, regionCode: string, population: number): Promise<void> {
  const body = { regionCode, population, validFrom: '2026-01-01', source: 'synthetic, for tests', basis: 'estimate' };
  const answer = await post(service, 'standards/facts', body, CITY_MANAGER);
  if (answer.status !== 201) throw new Error(`fact answered ${JSON.stringify(answer.body)}`);
}

/** Counts of every row that standards write; of the outbox their own events, as other features tell of time passing. */
export async function standardCounts(service: TestService): Promise<Record<string, string>> {
  const tables = [
    ...['standard_rules', 'region_facts', 'standard_shares', 'standard_floor_changes', 'reserve_standards'],
    ...['temporary_standards', 'temporary_standard_items', 'temporary_standard_ends'],
    ...['idempotency_keys', 'deadlines'],
  ];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  const [row] = await service.database.query<Record<string, string>>(
    `SELECT ${counts.join(', ')},
            (SELECT count(*) FROM outbox WHERE type LIKE 'supplies.%-standard%') AS outbox`,
  );
  return row;
}
