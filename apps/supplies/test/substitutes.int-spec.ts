import type { TestCaller, TestService } from '@ledger/testing';
import type { SubstitutesResponse } from '../src/catalogue/dto/capability.dto';
import {
  KEEPER,
  NEXT_YEAR,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  expire,
  startSupplies,
  type Problem,
} from './support/world';

let service: TestService;

const CITY: TestCaller = { ...STOCK_MANAGER, regionCode: '1409' };
const BIG_TENT = 'LRS-016';
const HALL = 'LRS-099';

beforeAll(async () => {
  service = await startSupplies();
  await service.database.query(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis, rotation_rule,
                        hazard_class, weight_grams, volume_cubic_centimetres, size_basis, plan_reference)
     SELECT code, '大帐篷', 'large tent', 'living_relief', '顶', perishable, true, 'none', 'INSPECT-ONLY', '', 1, 1,
            'estimate', '' FROM (VALUES ($1, false), ($2, false)) AS item (code, perishable)`,
    [BIG_TENT, HALL],
  );
  await name('people-sheltered', '人');
  await give(TENT, 'people-sheltered', 4);
  await give(BIG_TENT, 'people-sheltered', 12);
});
afterAll(() => service.stop());

const name = (code: string, unit: string, as: TestCaller = CITY) =>
  service.request<Problem>('POST', '/api/v1/supplies/capabilities', {
    as,
    body: { code, unit, nameZh: '可安置人数', nameEn: 'people with a roof' },
  });
const give = (item: string, capability: string, amountPerBase: number, as: TestCaller = CITY) =>
  service.request<Problem>('PUT', `/api/v1/supplies/items/${item}/capabilities/${capability}`, {
    as,
    body: { amountPerBase, basis: 'estimate', source: '按面积估算' },
  });
const ask = (item: string, query: string, as: TestCaller = KEEPER) =>
  service.request<SubstitutesResponse & Problem>('GET', `/api/v1/supplies/items/${item}/substitutes?${query}`, { as });

describe('a dispatcher who lacks goods asks what else does the same', () => {
  it('and learns how many of the others, rounded up, and how many are free in the region', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot, { itemCode: BIG_TENT, quantityBase: 30 });
    const { body } = await ask(TENT, 'quantityBase=100');
    expect(body).toMatchObject({
      itemCode: TENT,
      quantityBase: 100,
      region: '140930',
      capabilities: [
        {
          capabilityCode: 'people-sheltered',
          unit: '人',
          amount: 400,
          substitutes: [
            {
              itemCode: BIG_TENT,
              amountPerBase: 12,
              basis: 'estimate',
              neededBase: 34,
              availableBase: 30,
              covers: false,
            },
          ],
        },
      ],
    });
    await aLot(service, depot, { itemCode: BIG_TENT, quantityBase: 4 });
    expect((await ask(TENT, 'quantityBase=100')).body.capabilities[0].substitutes[0]).toMatchObject({ covers: true });
  });

  it('and the ones that cover the need come first', async () => {
    await give(HALL, 'people-sheltered', 1_000);
    await aLot(service, await aDepot(service, { regionCode: '140930101' }), { itemCode: HALL, quantityBase: 1 });
    const { body } = await ask(TENT, 'quantityBase=200');
    expect(body.capabilities[0].substitutes.map(({ itemCode, covers }) => [itemCode, covers])).toEqual([
      [HALL, true],
      [BIG_TENT, false],
    ]);
  });

  it('and is not told of goods that are expired, held, or in another region', async () => {
    const [near, far] = [
      await aDepot(service, { regionCode: '140930102' }),
      await aDepot(service, { regionCode: '140931' }),
    ];
    const count = async (query: string, as?: TestCaller) => {
      const { body } = await ask(HALL, `quantityBase=1&${query}`, as);
      return body.capabilities[0].substitutes.find(({ itemCode }) => itemCode === BIG_TENT)?.availableBase;
    };
    await aLot(service, far, { itemCode: BIG_TENT, quantityBase: 7 });
    const lot = await aLot(service, near, { itemCode: BIG_TENT, quantityBase: 5, expiryDate: NEXT_YEAR });
    const held = await aLot(service, near, { itemCode: BIG_TENT, quantityBase: 3 });
    expect(await count('region=140930102')).toBe(8);
    await service.database.query(`UPDATE lots SET quality = 'held' WHERE id = $1`, [held]);
    expect(await count('region=140930102')).toBe(5);
    await expire(service, lot);
    expect(await count('region=140930102')).toBe(0);
    expect(await count('region=140931', { ...KEEPER, regionCode: '1409' })).toBe(7);
    expect((await ask(HALL, 'quantityBase=1&region=140931')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
  });

  it('and gets an empty list for goods that can do nothing we know of', async () => {
    expect((await ask(RICE, 'quantityBase=5')).body.capabilities).toEqual([]);
  });

  it.each([
    ['quantityBase=0', 400, 'REQUEST_INVALID'],
    ['quantityBase=1.5', 400, 'REQUEST_INVALID'],
    ['quantityBase=1000000001', 400, 'REQUEST_INVALID'],
    ['', 400, 'REQUEST_INVALID'],
  ])('and the question %j is refused', async (query, status, code) => {
    expect((await ask(TENT, query)).body).toMatchObject({ status, code });
    expect((await ask('XXX-999', 'quantityBase=1')).body.code).toBe('SUPPLIES_ITEM_NOT_FOUND');
  });
});

describe('a capability', () => {
  it('is counted in one unit for ever, and may be renamed', async () => {
    expect((await name('watts-generated', 'W')).status).toBe(201);
    expect((await name('watts-generated', 'W')).status).toBe(201);
    expect((await name('watts-generated', 'kW')).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_CAPABILITY_CONFLICT',
    });
    const kinds = await service.request<{ items: unknown[] }>('GET', '/api/v1/supplies/capabilities', { as: KEEPER });
    expect(kinds.body.items).toContainEqual(
      expect.objectContaining({ code: 'watts-generated', unit: 'W', itemCount: 0 }),
    );
  });

  it('is given to an item and taken from it', async () => {
    await name('people-bedded', '人');
    expect((await give(RICE, 'people-bedded', 2)).body).toEqual({
      itemCode: RICE,
      capabilityCode: 'people-bedded',
      amountPerBase: 2,
    });
    const item = () =>
      service.request<{ capabilities: unknown[] }>('GET', `/api/v1/supplies/items/${RICE}`, { as: KEEPER });
    expect((await item()).body.capabilities).toMatchObject([
      { amountPerBase: 2, basis: 'estimate', source: '按面积估算' },
    ]);
    await give(RICE, 'people-bedded', 0);
    expect((await item()).body.capabilities).toEqual([]);
  });

  it.each([
    ['to an item nobody knows', () => give('XXX-999', 'people-sheltered', 1), 'SUPPLIES_ITEM_NOT_FOUND'],
    ['that nobody named', () => give(TENT, 'people-flown', 1), 'SUPPLIES_CAPABILITY_UNKNOWN'],
    ['by a county', () => give(TENT, 'people-sheltered', 1, STOCK_MANAGER), 'SUPPLIES_CATALOGUE_TIER_TOO_LOW'],
    ['by a keeper', () => give(TENT, 'people-sheltered', 1, { ...KEEPER, regionCode: '14' }), 'AUTH_ROLE_MISSING'],
    ['in halves', () => give(TENT, 'people-sheltered', 0.5), 'REQUEST_INVALID'],
  ])('is not given %s', async (_what, send, code) => {
    const amounts = () => service.database.query('SELECT * FROM item_capabilities ORDER BY item_code, capability_code');
    const before = await amounts();
    expect((await send()).body.code).toBe(code);
    expect(await amounts()).toEqual(before);
  });
});

it('the seeds give estimates for what the names of items say, and nothing of the national standard', async () => {
  await service.seed();
  const { body } = await ask('LRS-017', 'quantityBase=10', { ...KEEPER, regionCode: '1409' });
  expect(body.capabilities).toMatchObject([{ capabilityCode: 'people-sheltered', amount: 40, basis: 'estimate' }]);
  const [row] = await service.database.query<{ sourced: string; codes: string }>(
    `SELECT (SELECT count(*) FROM item_capabilities WHERE basis <> 'estimate') AS sourced,
            (SELECT count(*) FROM item_standard_codes) AS codes`,
  );
  expect(row).toEqual({ sourced: '0', codes: '0' });
});
