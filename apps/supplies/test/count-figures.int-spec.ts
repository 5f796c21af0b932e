import type { TestCaller, TestService } from '@ledger/testing';
import { LI, aCount, approve, countAll, due, open, readCount, record, submit, submitted } from './support/counting';
import { brokenInvariants } from './support/invariants';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  startSupplies,
  stockOf,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let lot: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
  lot = await aLot(service, depot, { quantityBase: 100 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a count that is given up', () => {
  const cancel = (countId: string, as: TestCaller = STOCK_MANAGER) =>
    service.request<{ state: string } & Problem>('POST', `/api/v1/supplies/counts/${countId}/cancellation`, {
      as,
      body: { reason: 'the river rises' },
    });

  it('posts nothing and lets its lots be counted anew', async () => {
    const count = await submitted(service, depot, 90);
    expect((await cancel(count.id, KEEPER)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
    expect((await cancel(count.id)).body).toMatchObject({ state: 'cancelled' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100 });
    expect((await cancel(count.id)).body).toMatchObject({ code: 'SUPPLIES_COUNT_TRANSITION_FORBIDDEN' });
    expect((await approve(service, count.id)).body).toMatchObject({ code: 'SUPPLIES_COUNT_TRANSITION_FORBIDDEN' });
    expect((await open(service, { depotId: depot.id, kind: 'full' })).status).toBe(201);
  });

  it('is so by its deadline when nobody goes on with it', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE subject_id = $1`, [count.id]);
    await due(service, count.id, 'cancelled');
    expect((await readCount(service, count.id, AUDITOR)).decisions).toMatchObject([
      { event: 'expire', decidedBy: 'deadline' },
    ]);
  });
});

describe('what is due', () => {
  const dueIn = (query = '') =>
    service.request<{ items: { itemCode: string; dueDay: string; class: string }[]; total: number }>(
      'GET',
      `/api/v1/supplies/counts-due?depotId=${depot.id}${query}`,
      { as: STOCK_MANAGER },
    );
  const age = (days: number) =>
    service.database.query(`UPDATE lots SET created_at = now() - $2 * interval '1 day' WHERE id = $1`, [lot, days]);

  it('follows from the class and the last count', async () => {
    expect((await dueIn()).body.total).toBe(0);
    await age(89);
    expect((await dueIn()).body.total).toBe(0);
    await age(90);
    expect((await dueIn()).body.items).toMatchObject([{ itemCode: TENT, class: 'B' }]);
    const count = await aCount(service, { depotId: depot.id, kind: 'cycle', due: true });
    await countAll(service, count, 100);
    expect((await dueIn()).body.total).toBe(0);
    expect((await open(service, { depotId: depot.id, kind: 'cycle', due: true })).body).toMatchObject({
      code: 'SUPPLIES_COUNT_EMPTY',
    });
  });

  it('follows from what a region sets for itself, as far as its own region goes', async () => {
    const setItem = (region: string) =>
      service.request<Problem>('POST', '/api/v1/supplies/count-settings/items', {
        as: { ...STOCK_MANAGER, regionCode: region.slice(0, 6) },
        body: { region, itemCode: TENT, class: 'A', unitValueFen: 120_000, basis: 'estimate' },
      });
    await age(40);
    expect((await setItem('140931')).status).toBe(200);
    expect((await dueIn()).body.total).toBe(0);
    expect((await setItem(depot.regionCode)).status).toBe(200);
    expect((await dueIn()).body.items).toMatchObject([{ itemCode: TENT, class: 'A' }]);
    await service.database.query('DELETE FROM count_item_settings');
  });
});

describe('the rules of counting', () => {
  const rules = {
    region: '140930',
    class: 'C',
    intervalDays: 365,
    toleranceBasisPoints: 200,
    toleranceBase: 50,
    approverAboveBase: 1_000,
    approverAboveFen: 1,
    basis: 'county rule',
  };
  const set = (body: object, as: TestCaller = STOCK_MANAGER) =>
    service.request<Problem>('POST', '/api/v1/supplies/count-settings/classes', { as, body });

  it('are estimates until a stock manager sets them for the own region', async () => {
    expect((await set(rules)).status).toBe(200);
    const settings = await service.request<{ classes: { scope: string; class: string; basis: string }[] }>(
      'GET',
      '/api/v1/supplies/count-settings',
      { as: AUDITOR },
    );
    const ofClass = settings.body.classes.filter((row) => row.class === 'C');
    expect(ofClass.map(({ scope, basis }) => [scope, basis])).toEqual([
      ['*', 'estimate'],
      ['140930', 'county rule'],
    ]);
  });

  it.each([
    ['another region', { ...rules, region: '1409' }, STOCK_MANAGER, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['an unknown class', { ...rules, class: 'D' }, STOCK_MANAGER, 'REQUEST_INVALID'],
    ['an interval of no days', { ...rules, intervalDays: 0 }, STOCK_MANAGER, 'REQUEST_INVALID'],
    ['a keeper', rules, KEEPER, 'AUTH_ROLE_MISSING'],
  ])('are not set for %s', async (_what, body, as, code) => {
    expect((await set(body, as)).body).toMatchObject({ code });
  });
});

it('accuracy is lines without a variance over lines, by depot and by item', async () => {
  await aLot(service, depot, { itemCode: RICE, quantityBase: 40, expiryDate: '2099-01-01' });
  const count = await aCount(service, { depotId: depot.id, kind: 'full' });
  const rice = count.lineItems.find(({ itemCode }) => itemCode === RICE)?.id;
  const tents = count.lineItems.find(({ itemCode }) => itemCode === TENT)?.id;
  await record(service, count.id, [
    { lineId: rice, countedBase: 38 },
    { lineId: tents, countedBase: 100 },
  ]);
  await submit(service, count.id);
  await record(service, count.id, [{ lineId: rice, countedBase: 38 }], LI);
  await submit(service, count.id);
  await approve(service, count.id);
  const accuracy = (by: string) =>
    service.request('GET', `/api/v1/supplies/count-accuracy?depotId=${depot.id}&by=${by}`, { as: AUDITOR });
  expect((await accuracy('depot')).body).toMatchObject({
    items: [{ depotId: depot.id, counts: 1, lines: 2, exactLines: 1, accuracyPercent: 50, missingBase: 2 }],
  });
  expect((await accuracy('item')).body).toMatchObject({
    items: [
      { itemCode: RICE, accuracyPercent: 0, missingBase: 2, surplusBase: 0 },
      { itemCode: TENT, accuracyPercent: 100 },
    ],
  });
});
