import { randomUUID } from 'node:crypto';
import { ReserveStandardsSet, ReserveStock, StockRefused } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import { addDays, chinaDay } from '../src/stock/domain/calendar';
import type { DepotEntryResponse } from '../src/depots/dto/depot-entry.dto';
import type { FactsResponse, SharesResponse } from '../src/standards/dto/fact.dto';
import type { FloorChangesResponse, SetFloorsResponse } from '../src/standards/dto/floor.dto';
import type { RulesResponse } from '../src/standards/dto/rule.dto';
import {
  CITY_MANAGER,
  PROVINCE_MANAGER,
  aFixedRuleRequest,
  aRuleRequest,
  get,
  post,
  setRule,
  standardCounts,
} from './support/standards';
import {
  AUDITOR,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
const today = chinaDay(new Date());

beforeAll(async () => {
  service = await startSupplies();
  depot = await aDepot(service);
  await aLot(service, depot, { quantityBase: 100 });
});
afterAll(() => service.stop());

async function expectNoTrace(request: () => Promise<unknown>): Promise<void> {
  const before = await standardCounts(service);
  await request();
  expect(await standardCounts(service)).toEqual(before);
}

describe('a reserve rule', () => {
  const rules = async (query = '', as: TestCaller = STOCK_MANAGER) =>
    (await get<RulesResponse>(service, `standards/rules?${query}`, as)).items;

  it('set by the city binds the county, which reads it with its source', async () => {
    const id = await setRule(service, { approvedBy: '市政府常务会议（测试）' });
    expect(await rules()).toMatchObject([
      {
        id,
        ...{ regionCode: '1409', tier: 'county', itemCode: TENT, amountBase: 5, perPeople: 1000, state: 'in-force' },
        ...{ validFrom: '2026-01-01', validTo: null, basis: 'estimate', setBy: 'Manager' },
      },
    ]);
    expect(await rules('', { ...AUDITOR, regionCode: '140830' })).toEqual([]);
  });

  it('gives way to the next one on its first day, and both stay readable', async () => {
    const next = await setRule(service, { amountBase: 8, validFrom: addDays(today, 1) });
    expect((await rules()).map(({ amountBase }) => amountBase)).toEqual([5]);
    expect(await rules(`day=${addDays(today, 1)}`)).toMatchObject([{ id: next, amountBase: 8 }]);
    expect((await rules('history=true')).map(({ amountBase, state }) => [amountBase, state])).toEqual([
      [8, 'planned'],
      [5, 'in-force'],
    ]);
    const later = await rules(`history=true&day=${addDays(today, 1)}`);
    expect(later.map(({ state }) => state)).toEqual(['in-force', 'superseded']);
  });

  it('is ended by a new row with a last day; the old one says what held before', async () => {
    const id = await setRule(service, { tier: 'township', amountBase: 2 });
    const ended = await post(
      service,
      `standards/rules/${id}/end`,
      { lastDay: today, reason: '标准调整' },
      CITY_MANAGER,
    );
    expect(ended.status).toBe(201);
    const now = (await rules()).filter(({ tier }) => tier === 'township');
    expect(now).toMatchObject([{ id: ended.body.id, validTo: today, replacesId: id, note: '标准调整' }]);
    expect((await rules(`day=${addDays(today, 1)}`)).filter(({ tier }) => tier === 'township')).toEqual([]);
    const history = (await rules('history=true')).filter(({ tier }) => tier === 'township');
    expect(history.map(({ state, validTo }) => [state, validTo])).toEqual([
      ['in-force', today],
      ['superseded', null],
    ]);
  });

  it('cannot be ended twice over, nor when a later one stands in its place', async () => {
    const first = await setRule(service, { tier: 'village', amountBase: 1 });
    await setRule(service, { tier: 'village', amountBase: 2, validFrom: '2026-02-01' });
    const end = (id: string, lastDay = addDays(today, -1)) =>
      post(service, `standards/rules/${id}/end`, { lastDay, reason: 'test' }, CITY_MANAGER);
    expect((await end(first)).body).toMatchObject({ status: 409, code: 'SUPPLIES_STANDARD_SUPERSEDED' });
    const last = (await rules()).filter(({ tier }) => tier === 'village')[0].id;
    const ended = await end(last);
    expect(ended.status).toBe(201);
    expect((await end(ended.body.id)).body).toMatchObject({ status: 409, code: 'SUPPLIES_STANDARD_ENDED' });
    expect((await rules()).filter(({ tier }) => tier === 'village')).toEqual([]);
  });

  it('can name the minimum of an enterprise', async () => {
    const enterpriseId = randomUUID();
    const minimum = { tier: undefined, enterpriseId, enterpriseName: '某帐篷厂（测试）', regionCode: '140930' };
    const answer = await post(service, 'standards/rules', aFixedRuleRequest(300, minimum), STOCK_MANAGER);
    expect(answer.status).toBe(201);
    expect((await rules()).filter((rule) => rule.enterpriseId)).toMatchObject([{ enterpriseId, amountBase: 300 }]);
  });

  it.each([
    ['of the province, by the city', { regionCode: '14' }, CITY_MANAGER, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['by a keeper', {}, { ...KEEPER, regionCode: '1409' }, 403, 'AUTH_ROLE_MISSING'],
    [
      'by the water department',
      {},
      { ...CITY_MANAGER, organisationKind: 'water' as const },
      403,
      'SUPPLIES_STANDARD_NOT_YOURS',
    ],
    ['for an item that nobody knows', { itemCode: 'XXX-999' }, CITY_MANAGER, 422, 'SUPPLIES_ITEM_UNKNOWN'],
    ['for nothing', { itemCode: undefined }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['for two things', { category: 'living_relief' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['for no tier', { tier: undefined }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['for a tier above its region', { tier: 'province' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['for people without a number', { perPeople: undefined }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    [
      'for a risk without its level',
      { measure: 'risk-level', perPeople: undefined },
      CITY_MANAGER,
      400,
      'REQUEST_INVALID',
    ],
    ['that ends before it begins', { validTo: '2025-12-31' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['of a part of a piece', { amountBase: 0.5 }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['of less than nothing', { amountBase: -1 }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['beyond what can be counted', { amountBase: 9_007_199_254_740_993 }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['on a day that does not exist', { validFrom: '2026-02-30' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['with invented figures', { basis: 'synthetic' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
    ['without a source', { source: '' }, CITY_MANAGER, 400, 'REQUEST_INVALID'],
  ])('is refused %s', async (_what, overrides, as, status, code) => {
    await expectNoTrace(async () => {
      const answer = await post(service, 'standards/rules', aRuleRequest(overrides), as);
      expect(answer.body).toMatchObject({ status, code });
    });
  });

  it('of a tier above cannot be ended below, and one of a neighbour is not there', async () => {
    const province = await setRule(service, { regionCode: '14', tier: 'city' }, PROVINCE_MANAGER);
    await expectNoTrace(async () => {
      for (const id of [province, randomUUID()]) {
        const answer = await post(service, `standards/rules/${id}/end`, { lastDay: today, reason: 'x' }, CITY_MANAGER);
        expect(answer.body).toMatchObject({ status: 404, code: 'SUPPLIES_STANDARD_NOT_FOUND' });
      }
      const answer = await post(
        service,
        `standards/rules/${province}/end`,
        { lastDay: '2026-01-05', reason: 'x' },
        PROVINCE_MANAGER,
      );
      expect(answer.body).toMatchObject({ status: 422, code: 'SUPPLIES_STANDARD_DATES_INVALID' });
    });
  });
});

describe('what is known of regions', () => {
  const aFact = (overrides: Record<string, unknown>) => ({
    ...{ regionCode: '140930', validFrom: '2026-01-01', source: '统计公报（测试）', basis: 'estimate' },
    ...overrides,
  });

  it('is dated, and an entry for the same day corrects the one before', async () => {
    for (const population of [120_000, 121_000]) {
      expect((await post(service, 'standards/facts', aFact({ population }), STOCK_MANAGER)).status).toBe(201);
    }
    const risk = aFact({ riskLevel: 'high', validFrom: addDays(today, 1) });
    expect((await post(service, 'standards/facts', risk, STOCK_MANAGER)).status).toBe(201);
    const facts = async (query: string) =>
      (await get<FactsResponse>(service, `standards/facts?${query}`)).items.map(
        ({ kind, population, riskLevel, state }) => [kind, population ?? riskLevel, state],
      );
    expect(await facts('')).toEqual([['population', 121_000, 'in-force']]);
    expect(await facts(`day=${addDays(today, 1)}`)).toEqual([
      ['population', 121_000, 'in-force'],
      ['risk-level', 'high', 'in-force'],
    ]);
    expect(await facts('history=true')).toEqual([
      ['population', 121_000, 'in-force'],
      ['population', 120_000, 'superseded'],
      ['risk-level', 'high', 'planned'],
    ]);
  });

  it.each([
    ['without a fact', {}, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ['with two', { population: 1, riskLevel: 'low' }, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ['about a neighbour', { regionCode: '140931', population: 1 }, STOCK_MANAGER, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['with half a person', { population: 1.5 }, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    [
      'by a charity',
      { population: 1 },
      { ...STOCK_MANAGER, organisationKind: 'charity' as const },
      403,
      'SUPPLIES_STANDARD_NOT_YOURS',
    ],
  ])('is refused %s', async (_what, overrides, as, status, code) => {
    await expectNoTrace(async () => {
      const answer = await post(service, 'standards/facts', aFact(overrides), as);
      expect(answer.body).toMatchObject({ status, code });
    });
  });
});

describe('the share that contracts may cover', () => {
  const aShare = (overrides: Record<string, unknown> = {}) => ({
    ...{
      regionCode: '140930',
      mode: 'agreement',
      sharePercent: 40,
      validFrom: '2026-01-01',
      source: '测试',
      basis: 'estimate',
    },
    ...overrides,
  });

  it('is dated like a rule', async () => {
    await post(service, 'standards/shares', aShare(), STOCK_MANAGER);
    await post(service, 'standards/shares', aShare({ sharePercent: 30, validFrom: addDays(today, 1) }), STOCK_MANAGER);
    const shares = async (query: string) =>
      (await get<SharesResponse>(service, `standards/shares?${query}`)).items.map(({ sharePercent }) => sharePercent);
    expect(await shares('')).toEqual([40]);
    expect(await shares(`day=${addDays(today, 1)}`)).toEqual([30]);
    expect(await shares('history=true')).toEqual([30, 40]);
  });

  it.each([
    ['beyond the whole', { sharePercent: 101 }, 400, 'REQUEST_INVALID'],
    ['for an item and a category', { itemCode: TENT, category: 'living_relief' }, 400, 'REQUEST_INVALID'],
    ['for an item that nobody knows', { itemCode: 'XXX-999' }, 422, 'SUPPLIES_ITEM_UNKNOWN'],
    ['of the city', { regionCode: '1409' }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
  ])('is refused %s', async (_what, overrides, status, code) => {
    await expectNoTrace(async () => {
      const answer = await post(service, 'standards/shares', aShare(overrides), STOCK_MANAGER);
      expect(answer.body).toMatchObject({ status, code });
    });
  });
});

describe('the floor of a depot', () => {
  const aFloor = (floorBase: number, validFrom: string, itemCode = TENT) => ({
    ...{ floors: [{ itemCode, floorBase, validFrom }], source: '县应急局（测试）', basis: 'estimate' },
  });
  const setFloor = (body: unknown, as: TestCaller = STOCK_MANAGER, id = depot.id) =>
    post<SetFloorsResponse>(service, `depots/${id}/floors`, body, as);

  it('is set from a day on, told to those who plan, and kept by the next promise', async () => {
    const answer = await setFloor(aFloor(30, today));
    expect(answer).toMatchObject({ status: 201, body: { floors: [{ floorBase: 30, validFrom: today }] } });
    await service.settled();
    const told = (await service.published(ReserveStandardsSet)).at(-1);
    expect(told).toMatchObject({ depotId: depot.id, standards: [{ itemCode: TENT, floorBase: 30, validFrom: today }] });
    await service.publish(ReserveStock, aReserve([{ depotId: depot.id, quantityBase: 71 }]));
    await service.settled();
    expect((await service.published(StockRefused)).at(-1)).toMatchObject({
      reason: expect.stringContaining('above its standard of 30') as string,
    });
  });

  it('that begins tomorrow is announced today and binds tomorrow', async () => {
    await setFloor(aFloor(90, addDays(today, 1)));
    await service.settled();
    expect((await service.published(ReserveStandardsSet)).at(-1)?.standards).toMatchObject([
      { floorBase: 30, validFrom: today },
      { floorBase: 90, validFrom: addDays(today, 1) },
    ]);
    const { reserveStandards } = await get<DepotEntryResponse>(service, `depots/${depot.id}`);
    expect(reserveStandards).toMatchObject([{ floorBase: 30 }]);
    const [floors] = await service.database.query(
      `SELECT reserve_floor($1, $2, $3::date)::int AS now, reserve_floor($1, $2, $3::date + 1)::int AS tomorrow`,
      [depot.id, TENT, today],
    );
    expect(floors).toEqual({ now: 30, tomorrow: 90 });
  });

  it('of the same day is replaced, and both entries stay in the history', async () => {
    await setFloor(aFloor(25, today));
    const { items, total } = await get<FloorChangesResponse>(service, `depots/${depot.id}/floors`);
    expect(total).toBe(3);
    expect(items.map(({ floorBase, validFrom }) => [floorBase, validFrom])).toEqual([
      [25, today],
      [90, addDays(today, 1)],
      [30, today],
    ]);
    expect(items[0]).toMatchObject({ setBy: 'Manager', source: '县应急局（测试）', basis: 'estimate' });
  });

  it('is set once for requests that come twice', async () => {
    const before = await standardCounts(service);
    const ask = () =>
      service.request('POST', `/api/v1/supplies/depots/${depot.id}/floors`, {
        ...{ as: STOCK_MANAGER, body: aFloor(26, today), key: 'floors-once' },
      });
    const answers = [await ask(), await ask()];
    expect(answers[1].body).toEqual(answers[0].body);
    const after = await standardCounts(service);
    expect(Number(after.standard_floor_changes)).toBe(Number(before.standard_floor_changes) + 1);
  });

  it('set by two at once is announced in the order in which it stands', async () => {
    const other = await aDepot(service);
    const days = [0, 1, 2, 3].map((days) => addDays(today, days));
    await Promise.all(days.map((day, index) => setFloor(aFloor(index + 1, day), STOCK_MANAGER, other.id)));
    await service.settled();
    const told = (await service.published(ReserveStandardsSet)).filter(({ depotId }) => depotId === other.id);
    expect(told.at(-1)?.standards.map(({ floorBase }) => floorBase)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['by a keeper', aFloor(1, today), KEEPER, 403, 'AUTH_ROLE_MISSING'],
    [
      'in a neighbour’s depot',
      aFloor(1, today),
      { ...STOCK_MANAGER, regionCode: '140931' },
      404,
      'SUPPLIES_DEPOT_NOT_FOUND',
    ],
    [
      'by another department',
      aFloor(1, today),
      { ...STOCK_MANAGER, organisationKind: 'water' as const, organisationId: randomUUID() },
      404,
      'SUPPLIES_DEPOT_NOT_FOUND',
    ],
    ['for an item that nobody knows', aFloor(1, today, 'XXX-999'), STOCK_MANAGER, 422, 'SUPPLIES_ITEM_UNKNOWN'],
    ['of less than nothing', aFloor(-1, today), STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ['of nothing at all', { ...aFloor(1, today), floors: [] }, STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    [
      'twice for a day',
      { ...aFloor(1, today), floors: [...aFloor(1, today).floors, ...aFloor(2, today).floors] },
      ...[STOCK_MANAGER, 400, 'REQUEST_INVALID'],
    ] as [string, unknown, TestCaller, number, string],
  ])('is refused %s', async (_what, body, as, status, code) => {
    await expectNoTrace(async () => {
      expect((await setFloor(body, as)).body).toMatchObject({ status, code });
    });
  });
});
