import { randomUUID } from 'node:crypto';
import { ItemCatalogued, ROLES, mayDo } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { ItemDetailResponse, PackResponse } from '../src/catalogue/dto/item.dto';
import type { PackQuantityResponse } from '../src/catalogue/dto/pack.dto';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  delivered,
  startSupplies,
  type Problem,
} from './support/world';

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());

const CITY: TestCaller = { ...STOCK_MANAGER, regionCode: '1409' };
const ITEMS = '/api/v1/supplies/items';
/** Has the form of a code of the standard; it names nothing in it. */
const CODE = '2999901';
let numbers = 100;

const anItem = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  code: `TST-${++numbers}`,
  nameZh: '保暖帐篷',
  nameEn: 'warm tent',
  category: 'living_relief',
  unit: '顶',
  perishable: false,
  recoverable: true,
  shelfLifeMonths: 96,
  shelfLifeBasis: 'estimate',
  rotationRule: 'FIFO-APPRAISE',
  rotationBasis: 'sourced',
  rotationSource: '县储备目录',
  inspectEveryMonths: 12,
  hazardClass: '',
  weightGrams: 80_000,
  volumeCubicCentimetres: 300_000,
  sizeBasis: 'estimate',
  ...overrides,
});

type Written = { version: number } & Problem;
const create = (body: Record<string, unknown>, as: TestCaller = CITY) =>
  service.request<Written>('POST', ITEMS, { as, body });
const amend = (code: string, body: Record<string, unknown>, as: TestCaller = CITY) => {
  const { code: _code, ...rest } = body;
  return service.request<Written>('PUT', `${ITEMS}/${code}`, { as, body: rest });
};
const read = async (code: string) =>
  (await service.request<ItemDetailResponse>('GET', `${ITEMS}/${code}`, { as: KEEPER })).body;
const importCodes = (rows: unknown[], as: TestCaller = CITY) =>
  service.request<{ added: number; changed: number; unchanged: number } & Problem>(
    'POST',
    '/api/v1/supplies/standard-codes',
    { as, body: { source: '市局购买的标准文本', rows } },
  );

async function created(overrides: Record<string, unknown> = {}): Promise<Record<string, unknown> & { code: string }> {
  const item = anItem(overrides);
  const answer = await create(item);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return item as Record<string, unknown> & { code: string };
}

async function traces(): Promise<unknown> {
  const tables = ['items', 'item_packs', 'item_standard_codes', 'item_capabilities', 'item_capability_kinds'];
  const counts = [...tables, 'outbox', 'idempotency_keys'].map(
    (table) => `(SELECT count(*) FROM ${table}) AS ${table}`,
  );
  const [row] = await service.database.query(
    `SELECT ${counts.join(', ')}, (SELECT sum(version) FROM items) AS versions,
            (SELECT count(*) FROM item_packs WHERE retired_at IS NULL) AS packs_in_use`,
  );
  return row;
}

describe('a new item', () => {
  it('enters the catalogue with the sources of its life, rule and size, and the other services hear of it', async () => {
    const item = await created({ shelfLifeBasis: 'sourced', shelfLifeSource: 'MZ/T 011' });
    expect(await read(item.code)).toMatchObject({
      nameZh: '保暖帐篷',
      shelfLifeMonths: 96,
      shelfLifeBasis: 'sourced',
      shelfLifeSource: 'MZ/T 011',
      rotationRule: 'FIFO-APPRAISE',
      rotationBasis: 'sourced',
      rotationSource: '县储备目录',
      inspectEveryMonths: 12,
      standardCode: null,
      version: 1,
      packs: [],
      capabilities: [],
      kit: false,
    });
    const heard = (await service.published(ItemCatalogued)).filter(({ itemCode }) => itemCode === item.code);
    expect(heard).toMatchObject([{ nameZh: '保暖帐篷', weightGrams: 80_000, recoverable: true }]);
  });

  it('of a code that is taken is refused, also when two enter it at the same moment', async () => {
    const item = anItem();
    const answers = await Promise.all([create(item), create(item), create(item)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const before = await traces();
    expect((await create(item)).body.code).toBe('SUPPLIES_ITEM_CODE_TAKEN');
    expect(await traces()).toEqual(before);
  });

  it.each([
    ['a life from a source that is not named', { shelfLifeBasis: 'sourced' }, 422, '/shelfLifeSource'],
    ['a life without a basis', { shelfLifeBasis: 'none' }, 422, '/shelfLifeMonths'],
    ['first expiry for goods without a date', { rotationRule: 'FEFO' }, 422, '/perishable'],
    ['tests at no interval', { rotationRule: 'RUN-TEST', inspectEveryMonths: null }, 422, '/inspectEveryMonths'],
    ['a rule nobody knows', { rotationRule: 'LIFO' }, 400, '/rotationRule'],
    ['a code of the standard that was never imported', { standardCode: '1010199' }, 422, '/standardCode'],
    ['a code that has not the form of the standard', { standardCode: '9010199' }, 400, '/standardCode'],
    ['a code of another form than ours', { code: 'TENT-1' }, 400, '/code'],
    ['a negative weight', { weightGrams: -1 }, 400, '/weightGrams'],
    ['half a gram', { weightGrams: 0.5 }, 400, '/weightGrams'],
    ['more than a load can be', { volumeCubicCentimetres: 1_000_000_001 }, 400, '/volumeCubicCentimetres'],
    ['a field nobody knows', { colour: 'blue' }, 400, '/colour'],
  ])('with %s is refused', async (_what, overrides, status, pointer) => {
    const before = await traces();
    const answer = await create(anItem(overrides));
    expect(answer.body).toMatchObject({ status, errors: [expect.objectContaining({ pointer })] });
    expect(await traces()).toEqual(before);
  });

  it('is entered by city stock managers and system administrators, and by nobody below or beside', async () => {
    const before = await traces();
    for (const regionCode of ['140930', '140930101', '140930101200']) {
      expect((await create(anItem(), { ...STOCK_MANAGER, regionCode })).body).toMatchObject({
        status: 403,
        code: 'SUPPLIES_CATALOGUE_TIER_TOO_LOW',
      });
    }
    for (const role of ROLES.filter((candidate) => !mayDo([candidate], 'catalogue.manage'))) {
      expect((await create(anItem(), { ...CITY, roles: [role] })).body.code).toBe('AUTH_ROLE_MISSING');
    }
    expect(await traces()).toEqual(before);
    expect((await create(anItem(), { roles: ['system-administrator'] })).status).toBe(201);
    expect((await create(anItem(), { ...STOCK_MANAGER, regionCode: '14' })).status).toBe(201);
  });
});

describe('the entry of an item', () => {
  it('is changed whole, from the version that was read, and the other services hear of it', async () => {
    const item = await created();
    const answer = await amend(item.code, { ...item, nameEn: 'tent, warm', rotationSource: '市储备目录', version: 1 });
    expect(answer.body).toMatchObject({ version: 2 });
    expect(await read(item.code)).toMatchObject({ nameEn: 'tent, warm', rotationSource: '市储备目录', version: 2 });
    const heard = (await service.published(ItemCatalogued)).filter(({ itemCode }) => itemCode === item.code);
    expect(heard.map(({ nameEn }) => nameEn)).toEqual(['warm tent', 'tent, warm']);
  });

  it('takes one of several changes that were made from the same version', async () => {
    const item = await created();
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((nameEn) => amend(item.code, { ...item, nameEn, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const before = await traces();
    expect((await amend(item.code, { ...item, version: 1 })).body).toMatchObject({
      code: 'SUPPLIES_VERSION_STALE',
      facts: { version: 2 },
    });
    expect((await amend('XXX-999', { ...item, version: 1 })).body).toMatchObject({
      status: 404,
      code: 'SUPPLIES_ITEM_NOT_FOUND',
    });
    expect((await amend(item.code, { ...item, version: 2 }, STOCK_MANAGER)).body.code).toBe(
      'SUPPLIES_CATALOGUE_TIER_TOO_LOW',
    );
    expect(await traces()).toEqual(before);
  });

  it('keeps its base unit once there are goods', async () => {
    const item = await created();
    expect((await amend(item.code, { ...item, unit: '套', version: 1 })).status).toBe(200);
    await aLot(service, await aDepot(service), { itemCode: item.code });
    const before = await traces();
    expect((await amend(item.code, { ...item, unit: '顶', version: 2 })).body).toMatchObject({
      status: 409,
      code: 'SUPPLIES_ITEM_IN_USE',
      errors: [expect.objectContaining({ pointer: '/unit' })],
    });
    expect(await traces()).toEqual(before);
    expect((await amend(item.code, { ...item, unit: '套', nameEn: 'other', version: 2 })).status).toBe(200);
  });

  it('says of goods that are out whether they come back, until they are in again', async () => {
    const depot = await aDepot(service);
    const item = await created();
    await aLot(service, depot, { itemCode: item.code });
    await delivered(service, depot, { itemCode: item.code, quantityBase: 10 });
    expect((await amend(item.code, { ...item, recoverable: false, version: 1 })).body).toMatchObject({
      code: 'SUPPLIES_ITEM_IN_USE',
      errors: [expect.objectContaining({ pointer: '/recoverable' })],
    });
  });
});

describe('codes of the national standard', () => {
  it('are imported from a list of one’s own, once, and assigned to items', async () => {
    const rows = [
      { code: CODE, nameZh: '测试类目' },
      { code: '2999902', nameZh: '另一类目' },
    ];
    expect((await importCodes(rows)).body).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect((await importCodes(rows)).body).toEqual({ added: 0, changed: 0, unchanged: 2 });
    expect((await importCodes([{ code: CODE, nameZh: '更名类目' }])).body).toEqual({
      added: 0,
      changed: 1,
      unchanged: 0,
    });
    const item = await created({ standardCode: CODE });
    expect((await read(item.code)).standardCode).toBe(CODE);
    const list = await service.request<{ items: unknown[]; total: number }>(
      'GET',
      '/api/v1/supplies/standard-codes?search=29999',
      { as: AUDITOR },
    );
    expect(list.body).toMatchObject({
      items: [
        { code: CODE, nameZh: '更名类目', source: '市局购买的标准文本' },
        { code: '2999902', nameZh: '另一类目' },
      ],
      total: 2,
    });
  });

  it('are taken all or none, and every bad row is named', async () => {
    const before = await traces();
    const answer = await importCodes([
      { code: '1010101', nameZh: '好' },
      { code: '4010101', nameZh: '坏' },
      { code: '1010101', nameZh: '重复' },
      { code: '101', nameZh: '短' },
    ]);
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'SUPPLIES_STANDARD_CODES_INVALID',
      errors: [{ pointer: '/rows/1/code' }, { pointer: '/rows/2/code' }, { pointer: '/rows/3/code' }],
    });
    expect((await importCodes([])).status).toBe(400);
    expect((await importCodes([{ code: '1010101', nameZh: '好' }], STOCK_MANAGER)).status).toBe(403);
    expect(await traces()).toEqual(before);
  });
});

describe('packs of an item', () => {
  const addPack = (code: string, body: Record<string, unknown>, as: TestCaller = CITY) =>
    service.request<PackResponse & Problem>('POST', `${ITEMS}/${code}/packs`, { as, body });
  const retire = (code: string, packId: string) =>
    service.request<Problem>('POST', `${ITEMS}/${code}/packs/${packId}/retirement`, { as: CITY });
  const scan = (gtin: string) =>
    service.request<{ itemCode: string; baseUnits: number } & Problem>('GET', `/api/v1/supplies/packs/${gtin}`, {
      as: KEEPER,
    });
  const quantity = (code: string, query: string) =>
    service.request<PackQuantityResponse & Problem>('GET', `${ITEMS}/${code}/pack-quantity?${query}`, { as: KEEPER });

  it('are scanned and counted, the largest first', async () => {
    const item = await created();
    const box = (await addPack(item.code, { name: '箱', baseUnits: 24, gtin: '4006381333931' })).body;
    await addPack(item.code, { name: '托盘', baseUnits: 480 });
    expect((await read(item.code)).packs.map(({ name, gtin }) => [name, gtin])).toEqual([
      ['托盘', null],
      ['箱', '04006381333931'],
    ]);
    expect((await scan('4006381333931')).body).toMatchObject({ itemCode: item.code, name: '箱', baseUnits: 24 });
    expect((await scan('04006381333931')).body).toMatchObject({ itemCode: item.code });
    expect((await quantity(item.code, `packId=${box.id}&count=21`)).body).toMatchObject({
      quantityBase: 504,
      unit: '顶',
      packs: [
        { name: '托盘', count: 1 },
        { name: '箱', count: 1 },
      ],
      looseBase: 0,
    });
    expect((await quantity(item.code, 'quantityBase=30')).body).toMatchObject({
      quantityBase: 30,
      packs: [{ packId: box.id, count: 1 }],
      looseBase: 6,
    });
  });

  it.each([
    ['a wrong check digit', { gtin: '4006381333932' }, 422, 'SUPPLIES_GTIN_INVALID'],
    ['a number of eleven digits', { gtin: '40063813339' }, 422, 'SUPPLIES_GTIN_INVALID'],
    ['letters for a number', { gtin: '40063813A3931' }, 400, 'REQUEST_INVALID'],
    ['nothing in it', { baseUnits: 0 }, 400, 'REQUEST_INVALID'],
    ['half a piece', { baseUnits: 1.5 }, 400, 'REQUEST_INVALID'],
  ])('with %s are refused', async (_what, overrides, status, code) => {
    const item = await created();
    const before = await traces();
    expect((await addPack(item.code, { name: '箱', baseUnits: 24, ...overrides })).body).toMatchObject({
      status,
      code,
    });
    expect(await traces()).toEqual(before);
  });

  it('have a name of their own and a number that is on no other item, until they are taken out of use', async () => {
    const [item, other] = [await created(), await created()];
    const pack = { name: '箱', baseUnits: 6, gtin: '96385074' };
    const [first, second] = await Promise.all([addPack(item.code, pack), addPack(other.code, pack)]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    const [holder, winner] = first.status === 201 ? [item, first] : [other, second];
    expect((await addPack(holder.code, { name: '箱', baseUnits: 12 })).body.code).toBe('SUPPLIES_PACK_CONFLICT');
    expect((await retire(holder.code, winner.body.id)).status).toBe(200);
    expect((await retire(holder.code, winner.body.id)).body).toMatchObject({
      status: 404,
      code: 'SUPPLIES_PACK_NOT_FOUND',
    });
    expect((await scan('96385074')).body.code).toBe('SUPPLIES_PACK_NOT_FOUND');
    expect((await addPack(holder.code, { ...pack, baseUnits: 12 })).status).toBe(201);
    expect((await addPack(holder.code, { name: '包', baseUnits: 2 }, STOCK_MANAGER)).body.code).toBe(
      'SUPPLIES_CATALOGUE_TIER_TOO_LOW',
    );
  });

  it.each([
    ['nothing', ''],
    ['both', 'quantityBase=3&packId=0197f0c0-0000-7000-8000-000000000001&count=1'],
    ['a pack without a count', 'packId=0197f0c0-0000-7000-8000-000000000001'],
    ['a count without a pack', 'count=3'],
    ['less than nothing', 'quantityBase=-1'],
  ])('are not counted from %s', async (_what, query) => {
    expect((await quantity(TENT, query)).body).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  it('are not counted when nobody knows the pack or the item, or when it is more than may be written', async () => {
    const item = await created();
    const { id } = (await addPack(item.code, { name: '舱', baseUnits: 1_000_000 })).body;
    expect((await quantity(item.code, `packId=${id}&count=1001`)).body.code).toBe('REQUEST_INVALID');
    expect((await quantity(RICE, `packId=${id}&count=1`)).body.code).toBe('SUPPLIES_PACK_NOT_FOUND');
    expect((await quantity('XXX-999', `packId=${randomUUID()}&count=1`)).body.code).toBe('SUPPLIES_ITEM_NOT_FOUND');
    expect((await scan('123')).body.code).toBe('SUPPLIES_GTIN_INVALID');
  });
});
