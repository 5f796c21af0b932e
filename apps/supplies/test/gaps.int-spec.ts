import { randomUUID } from 'node:crypto';
import type { TestCaller, TestService } from '@ledger/testing';
import { addDays, chinaDay } from '../src/stock/domain/calendar';
import type { EnterpriseGapsResponse } from '../src/standards/dto/enterprise-gap.dto';
import type { GapsResponse, PlaceGapsResponse, WhatIfResponse } from '../src/standards/dto/gap.dto';
import { ENTERPRISE, ReserveDesk, anAgreement, anEnterpriseReserve } from './support/reserves';
import {
  CITY_MANAGER,
  aFixedRuleRequest,
  get,
  post,
  setPopulation,
  setRule,
  standardCounts,
} from './support/standards';
import {
  AUDITOR,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  aStandard,
  expire,
  ledgerCounts,
  startSupplies,
  type TestDepot,
} from './support/world';
import { ReserveStock } from '@ledger/contracts';

const TOWNSHIP = '140930101';
const VILLAGE = '140930101200';
const today = chinaDay(new Date());
let service: TestService;
let county: TestDepot;
let township: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  county = await aDepot(service);
  township = await aDepot(service, { regionCode: TOWNSHIP });
  await setPopulation(service, '140930', 120_001);
  await setPopulation(service, TOWNSHIP, 9_000);
  await setRule(service);
  await setRule(service, { tier: 'township', amountBase: 10 });
  await aLot(service, county, { quantityBase: 400 });
  await aLot(service, township, { quantityBase: 150 });
});
afterAll(() => service.stop());

const CITY: TestCaller = { ...AUDITOR, regionCode: '1409' };
const gaps = (query = '', as: TestCaller = STOCK_MANAGER) => get<GapsResponse>(service, `gaps?${query}`, as);
const places = (query = '', as: TestCaller = STOCK_MANAGER) =>
  get<PlaceGapsResponse>(service, `gaps/places?${query}`, as);
const figures = (requiredBase: number, heldBase: number, gapBase: number, surplusBase = 0, coveredBase = 0) => ({
  ...{ requiredBase, heldBase, gapBase, surplusBase, coveredBase },
});

describe('the gap list', () => {
  it('of a county is its own requirement and those of its townships, each once', async () => {
    const list = await gaps();
    expect(list).toMatchObject({ day: today, region: '140930', total: 1 });
    expect(list.items).toEqual([
      {
        target: { itemCode: TENT, category: null, capability: null, nameZh: '帐篷', nameEn: 'tent', unit: '顶' },
        own: figures(601, 400, 201),
        total: figures(691, 550, 201, 60),
        movableBase: 60,
        children: [{ regionCode: TOWNSHIP, ...figures(90, 150, 0, 60) }],
        missing: [],
      },
    ]);
    expect((await gaps('', CITY)).items[0]).toMatchObject({
      own: figures(0, 0, 0),
      total: figures(691, 550, 201, 60),
      children: [{ regionCode: '140930', ...figures(691, 550, 201, 60) }],
    });
  });

  it('says of every place which rule made the number, from what, with which people', async () => {
    expect((await places()).items).toMatchObject([
      {
        ...{ regionCode: '140930', tier: 'county', ...figures(601, 400, 201) },
        requirement: {
          ...{ ruleRegionCode: '1409', measure: 'per-people', amountBase: 5, perPeople: 1000, population: 120_001 },
          ...{
            source: '忻应急发〔2026〕1号（测试）',
            basis: 'estimate',
            standingBase: 601,
            floorsBase: 0,
            temporaryBase: 0,
          },
        },
      },
    ]);
    expect((await places('all=true')).items.map(({ regionCode }) => regionCode)).toEqual(['140930', TOWNSHIP]);
  });

  it('counts what is promised, but not what is held, expired or in quarantine', async () => {
    const gapOf = async () => (await gaps()).items[0].own.gapBase;
    const before = await gapOf();
    const old = await aLot(service, county, { quantityBase: 30, expiryDate: '2099-01-01' });
    expect(await gapOf()).toBe(before - 30);
    await service.publish(ReserveStock, aReserve([{ depotId: county.id, quantityBase: 100 }]));
    await service.settled();
    expect(await gapOf()).toBe(before - 30);
    await expire(service, old);
    expect(await gapOf()).toBe(before);
    await aLot(service, county, { quantityBase: 40, expiryDate: addDays(today, -1) });
    expect(await gapOf()).toBe(before);
  });

  it('does not count what belongs to a neighbour, nor what was lent to one', async () => {
    const before = await gaps();
    const neighbour = await aDepot(service, { regionCode: '140931' });
    const foreign = await aLot(service, neighbour, { quantityBase: 70 });
    expect(await gaps()).toEqual(before);
    await service.database.query('UPDATE lots SET owner_region_code = $2 WHERE id = $1', [foreign, '140930']);
    expect(await gaps()).toEqual(before);
    await service.database.query('UPDATE lots SET owner_region_code = $2 WHERE id = $1', [foreign, '140931']);
  });

  it('is another one when a rule changes at midnight, and can be asked for that day before', async () => {
    await setRule(service, { amountBase: 6, validFrom: addDays(today, 1) });
    expect((await gaps()).items[0].own.requiredBase).toBe(601);
    expect((await gaps(`day=${addDays(today, 1)}`)).items[0].own.requiredBase).toBe(721);
    expect((await gaps('day=2025-12-31')).items).toEqual([]);
  });

  it('leaves out stock that will be past its date on the day that is asked for', async () => {
    await setRule(service, { itemCode: RICE, measure: 'fixed', perPeople: undefined, amountBase: 50 });
    await aLot(service, county, { itemCode: RICE, quantityBase: 50, expiryDate: addDays(today, 10) });
    expect((await gaps(`item=${RICE}`)).items).toEqual([]);
    expect((await gaps(`item=${RICE}&day=${addDays(today, 10)}`)).items).toEqual([]);
    const later = (await gaps(`item=${RICE}&day=${addDays(today, 11)}`)).items;
    expect(later[0].own).toEqual(figures(50, 0, 50));
  });

  it('counts the floors of the depots where they ask for more than the rules, and names no rule then', async () => {
    await aStandard(service, township.id, TENT, 200);
    const [place] = (await places(`region=${TOWNSHIP}`)).items;
    expect(place).toMatchObject({ ...figures(200, 150, 50), requirement: { ruleId: null, floorsBase: 200 } });
  });

  it('shows what nobody can work out instead of nothing', async () => {
    await post(
      service,
      'standards/facts',
      { regionCode: '140930102', riskLevel: 'high', validFrom: '2026-01-01', source: '测试', basis: 'estimate' },
      STOCK_MANAGER,
    );
    expect((await places('region=140930102')).items).toMatchObject([
      { ...figures(0, 0, 0), requirement: { missing: ['population'], riskLevel: 'high' } },
    ]);
    expect((await gaps()).items.find(({ target }) => target.itemCode === TENT)?.missing).toEqual(['population']);
  });

  it('adds up a category in pieces and a capability in what the items can do', async () => {
    await service.database.query(
      `INSERT INTO item_capability_kinds (code, name_zh, name_en, unit) VALUES ('people-sheltered', '安置人数', 'people sheltered', '人')`,
    );
    await service.database.query(
      `INSERT INTO item_capabilities (item_code, capability_code, amount_per_base, basis, source)
       VALUES ($1, 'people-sheltered', 8, 'estimate', 'test')`,
      [TENT],
    );
    const rule = { itemCode: undefined, measure: 'fixed', perPeople: undefined };
    await setRule(service, { ...rule, capability: 'people-sheltered', amountBase: 5_000 });
    await setRule(service, { ...rule, category: 'living_relief', amountBase: 1_000 });
    const own = Object.fromEntries(
      (await gaps()).items.map((row) => [row.target.capability ?? row.target.category ?? row.target.itemCode, row]),
    );
    expect(own['people-sheltered']).toMatchObject({
      target: { nameZh: '安置人数', unit: '人' },
      own: figures(5_000, 3_200, 1_800),
    });
    expect(own.living_relief).toMatchObject({ own: figures(1_000, 400, 600), target: { unit: '件' } });
  });

  it('comes in pages, the largest gap first, and by category', async () => {
    const all = await gaps('limit=50');
    expect(all.items.map(({ total }) => total.gapBase)).toEqual(
      all.items.map(({ total }) => total.gapBase).toSorted((one, other) => other - one),
    );
    const second = await gaps('limit=1&offset=1');
    expect(second.items).toEqual([all.items[1]]);
    expect(second.total).toBe(all.total);
    const relief = await gaps('category=living_relief');
    expect(relief.items.map(({ target }) => target.category ?? target.itemCode).sort()).toEqual(
      ['living_relief', TENT].sort(),
    );
  });

  it.each([
    ['of the city to a county', 'gaps?region=1409', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['of a neighbour', 'gaps/places?region=140931', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['of half a region', 'gaps?region=14093', 400, 'REQUEST_INVALID'],
    ['of no day', 'gaps?day=2026-02-30', 400, 'REQUEST_INVALID'],
    ['of everything and nothing', 'gaps?all=perhaps', 400, 'REQUEST_INVALID'],
  ])('is refused %s', async (_what, path, status, code) => {
    expect(await get(service, path)).toMatchObject({ status, code });
  });
});

describe('a village where goods have to lie in advance', () => {
  beforeAll(async () => {
    await service.database.query(
      `INSERT INTO pre_positioning_needs (id, region_code, reason, risk_level, source, valid_from, valid_to, recorded_by, recorded_by_id)
       VALUES (gen_random_uuid(), $1, '汛期断路', 'very-high', '风险普查（测试）', '2026-01-01', NULL, 'Manager', gen_random_uuid()),
              (gen_random_uuid(), '140930102200', '滑坡', 'high', '测试', '2026-01-01', NULL, 'Manager', gen_random_uuid()),
              (gen_random_uuid(), '140930101201', '旧', 'high', '测试', '2020-01-01', '2020-12-31', 'Manager', gen_random_uuid())`,
      [VILLAGE],
    );
    const rule = {
      tier: 'village',
      measure: 'risk-level',
      perPeople: undefined,
      riskLevel: 'very-high',
      amountBase: 6,
    };
    await setRule(service, rule);
  });

  it('is listed with its gap although it has no depot, by the risk of the need', async () => {
    expect((await places('prePositioning=true')).items).toMatchObject([
      {
        ...{ regionCode: VILLAGE, tier: 'village', ...figures(6, 0, 6) },
        prePositioning: { reason: '汛期断路', riskLevel: 'very-high', source: '风险普查（测试）' },
      },
    ]);
  });

  it('is named when no standard asks anything for it yet', async () => {
    expect((await places('prePositioning=true')).withoutStandard).toEqual([
      { regionCode: '140930102200', reason: '滑坡', riskLevel: 'high', source: '测试' },
    ]);
  });

  it('is part of what its township and its county lack', async () => {
    const tents = async (query: string) =>
      (await gaps(`item=${TENT}&${query}`)).items.find(({ target }) => target.itemCode === TENT);
    const inTownship = await tents(`region=${TOWNSHIP}`);
    expect(inTownship).toMatchObject({ own: figures(200, 150, 50), total: figures(206, 150, 56) });
    const inCounty = await tents('');
    expect(inCounty?.children.find(({ regionCode }) => regionCode === TOWNSHIP)).toMatchObject(inTownship!.total);
  });
});

describe('what if', () => {
  const ask = (body: Record<string, unknown>, as: TestCaller = STOCK_MANAGER) =>
    post<WhatIfResponse>(service, 'gaps/what-if', body, as);

  it('there were more people, a higher risk or a stricter standard is answered, and nothing is written', async () => {
    const counts = async () => ({ ...(await ledgerCounts(service)), ...(await standardCounts(service)) });
    const before = [await counts(), await gaps()];
    const answer = await ask({
      item: TENT,
      populations: [{ regionCode: '140930', population: 200_000 }],
      riskLevels: [{ regionCode: TOWNSHIP, riskLevel: 'very-high' }],
      standards: [{ percent: 120 }],
    });
    expect(answer.status).toBe(200);
    const [tents] = answer.body.items;
    expect(tents.own).toEqual(figures(1_200, 400, 800));
    expect(tents.now.requiredBase).toBeLessThan(tents.total.requiredBase);
    expect([await counts(), await gaps()]).toEqual(before);
  });

  it('shows a gap that would close', async () => {
    const answer = await ask({ item: TENT, standards: [{ itemCode: TENT, percent: 0 }] });
    expect(answer.body.items[0].now.gapBase).toBeGreaterThan(answer.body.items[0].total.gapBase);
  });

  it('nothing changed is the gap list itself', async () => {
    const { items } = await gaps();
    const supposed = (await ask({})).body.items;
    expect(supposed.map(({ now: _now, ...row }) => row)).toEqual(items);
    expect(supposed.map(({ now }) => now)).toEqual(items.map(({ total }) => total));
  });

  it.each([
    ['about a neighbour', { populations: [{ regionCode: '140931', population: 1 }] }, 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    [
      'about a place outside the list',
      { region: TOWNSHIP, populations: [{ regionCode: '140930', population: 1 }] },
      ...[400, 'REQUEST_INVALID'],
    ],
    ['with less than nobody', { populations: [{ regionCode: '140930', population: -1 }] }, 400, 'REQUEST_INVALID'],
    ['with a field that nobody knows', { write: true }, 400, 'REQUEST_INVALID'],
    ['with a share beyond reason', { populationPercent: 10_001 }, 400, 'REQUEST_INVALID'],
  ] as [string, Record<string, unknown>, number, string][])('is refused %s', async (_what, body, status, code) => {
    expect((await ask(body)).body).toMatchObject({ status, code });
  });
});

describe('contracts', () => {
  const region = '140930107';
  const manager: TestCaller = { ...STOCK_MANAGER, regionCode: region };
  const own = async (query = '') => (await gaps(`region=${region}&item=${TENT}&${query}`)).items[0]?.own;

  beforeAll(async () => {
    const rule = { regionCode: region, tier: 'township', measure: 'fixed', perPeople: undefined, amountBase: 99 };
    await setRule(service, rule, manager);
  });

  it('cover a part of what is missing, up to the share that the region has set, from its day on', async () => {
    await new ReserveDesk(service).contract(anAgreement({ serves: [region], quantityBase: 500 }), manager);
    expect(await own()).toEqual(figures(99, 0, 99));
    const share = { regionCode: region, mode: 'agreement', sharePercent: 40, source: '测试', basis: 'estimate' };
    for (const [sharePercent, validFrom] of [
      [40, '2026-01-01'],
      [100, addDays(today, 1)],
    ]) {
      const answer = await post(service, 'standards/shares', { ...share, sharePercent, validFrom }, manager);
      expect(answer.status).toBe(201);
    }
    expect(await own()).toEqual(figures(99, 0, 60, 0, 39));
    expect(await own(`day=${addDays(today, 1)}&all=true`)).toEqual(figures(99, 0, 0, 0, 99));
    const [place] = (await places(`region=${region}`)).items;
    expect(place).toMatchObject({ promisedBase: 500, coveredBase: 39 });
  });

  it('of an enterprise are held against the minimum that a region has set for it', async () => {
    const enterprise = (query = '') =>
      get<EnterpriseGapsResponse>(service, `gaps/enterprises?region=${region}&${query}`, manager);
    const minimum = {
      tier: undefined,
      enterpriseId: ENTERPRISE,
      enterpriseName: '某帐篷厂（测试）',
      regionCode: region,
    };
    const rule = await post(service, 'standards/rules', aFixedRuleRequest(900, minimum), manager);
    expect((await enterprise()).items).toMatchObject([
      { ruleId: rule.body.id, minimumBase: 900, heldBase: 0, shortBase: 900, contracts: 0 },
    ]);
    await new ReserveDesk(service).contract(anEnterpriseReserve({ serves: [region] }), manager);
    expect((await enterprise()).items).toMatchObject([
      {
        ...{ enterpriseId: ENTERPRISE, enterpriseName: '某帐篷厂（测试）', regionCode: region, contracts: 1 },
        ...{ minimumBase: 900, contractMinimumBase: 300, heldBase: 800, shortBase: 100 },
        target: { itemCode: TENT, unit: '顶' },
      },
    ]);
    await post(service, 'standards/rules', aFixedRuleRequest(800, minimum), manager);
    expect(await enterprise()).toMatchObject({ items: [], total: 0 });
    expect((await enterprise('all=true')).items).toMatchObject([{ minimumBase: 800, shortBase: 0 }]);
    expect(await get(service, 'gaps/enterprises?region=1409')).toMatchObject({ status: 403 });
  });
});

it('a rule that names an enterprise asks nothing of a region', async () => {
  const before = await gaps();
  const minimum = { tier: undefined, enterpriseId: randomUUID(), enterpriseName: '某厂（测试）' };
  expect((await post(service, 'standards/rules', aFixedRuleRequest(300, minimum), CITY_MANAGER)).status).toBe(201);
  expect(await gaps()).toEqual(before);
});
