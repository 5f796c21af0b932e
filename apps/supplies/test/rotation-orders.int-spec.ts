import { randomUUID } from 'node:crypto';
import { RotationOrderOpened } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { OrderDetailResponse } from '../src/rotation/dto/order.dto';
import { brokenInvariants } from './support/invariants';
import {
  aLotEndingIn,
  aQuiltInTheCatalogue,
  aThreshold,
  alertsOf,
  anOrder,
  dayIn,
  endIn,
  get,
  moveLot,
  orderOf,
  ordersOf,
  post,
  sweep,
} from './support/rotation-work';
import { reverse } from './support/site-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  balanceOf,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  await aQuiltInTheCatalogue(service);
  await aThreshold(service, 'FEFO');
  await aThreshold(service, 'FIFO-APPRAISE');
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const riceOrder = (quantityBase = 100) => anOrder(service, depot, { itemCode: RICE, quantityBase });
const use = (orderId: string, quantityBase: number, way = 'use', as = KEEPER) =>
  post<{ movementId: string; state: string }>(service, `rotation/orders/${orderId}/uses`, { way, quantityBase }, as);

describe('a lot that reaches its threshold', () => {
  it('opens an order, announced, with the goods that lie there', async () => {
    const lotId = await aLotEndingIn(service, depot, 60, { itemCode: RICE, quantityBase: 40 });
    await sweep(service);
    const [order] = await ordersOf(service, depot);
    expect(order).toMatchObject({ state: 'open', standing: 'due', openedBase: 40, leftBase: 40, openedBy: 'deadline' });
    const [event] = (await service.published(RotationOrderOpened)).filter((data) => data.lotId === lotId);
    expect(event).toMatchObject({ orderId: order.id, depotId: depot.id, quantityBase: 40, standing: 'due' });
    expect((await alertsOf(service, depot)).items[0].orderId).toBe(order.id);
  });

  it('opens exactly one, however often and by however many copies it is found', async () => {
    await aLotEndingIn(service, depot, 60, { itemCode: RICE });
    await aLotEndingIn(service, depot, -5, { itemCode: RICE });
    await Promise.all(Array.from({ length: 6 }, () => sweep(service)));
    await sweep(service);
    expect(await ordersOf(service, depot)).toHaveLength(2);
    const events = await service.published(RotationOrderOpened);
    expect(events.filter(({ depotId }) => depotId === depot.id)).toHaveLength(2);
  });

  it('is found after days of downtime as it would have been before', async () => {
    const lotId = await aLotEndingIn(service, depot, 61, { itemCode: RICE });
    await sweep(service);
    expect(await ordersOf(service, depot)).toEqual([]);
    await endIn(service, lotId, 2); // 59 days later, none of which the service ran
    await sweep(service);
    expect(await ordersOf(service, depot)).toMatchObject([{ state: 'open', standing: 'overdue' }]);
  });

  it('is found by the running service itself, which goes on looking', async () => {
    await aLotEndingIn(service, depot, 60, { itemCode: RICE });
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE kind = 'rotation-sweep'`);
    await waitFor('the sweep', async () => (await ordersOf(service, depot)).length === 1);
    const [next] = await service.database.query(`SELECT 1 FROM deadlines WHERE kind = 'rotation-sweep'`);
    expect(next).toBeDefined();
  });

  it('opens one for each part when it is split over depots', async () => {
    const { lotId } = await riceOrder(10);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId, quantityBase: 4 });
    await sweep(service);
    expect((await ordersOf(service, depot)).map(({ leftBase }) => leftBase)).toEqual([6]);
    expect((await ordersOf(service, other)).map(({ leftBase }) => leftBase)).toEqual([4]);
  });

  it('opens none where no threshold is set: what is not configured is not ordered', async () => {
    await aLotEndingIn(service, depot, -5, { itemCode: TENT });
    await sweep(service);
    expect(await ordersOf(service, depot)).toEqual([]);
  });

  it('can be opened early by hand, from notice on, and not twice', async () => {
    const lotId = await aLotEndingIn(service, depot, 80, { itemCode: RICE, quantityBase: 5 });
    const open = (lot: string, as = STOCK_MANAGER) =>
      post(service, 'rotation/orders', { depotId: depot.id, lotId: lot }, as);
    expect((await open(lotId)).status).toBe(201);
    expect((await open(lotId)).body.code).toBe('SUPPLIES_ROTATION_ORDER_EXISTS');
    expect((await ordersOf(service, depot))[0]).toMatchObject({ standing: 'notice', leftBase: 5, state: 'open' });
    const far = await aLotEndingIn(service, depot, 500, { itemCode: RICE });
    expect((await open(far)).body.code).toBe('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN');
    expect((await open(randomUUID())).body.code).toBe('SUPPLIES_LOT_NOT_FOUND');
    expect((await open(lotId, { ...STOCK_MANAGER, regionCode: '140931' })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    expect((await open(lotId, AUDITOR)).body.code).toBe('AUTH_ROLE_MISSING');
  });
});

describe('the ways out', () => {
  it('take parts of the goods, which add up, until none are left', async () => {
    const { orderId } = await riceOrder(100);
    const supplied = { supplier: '忻州粮油供应站（演示）', document: 'S-1' };
    expect((await use(orderId, 10)).body.state).toBe('in-progress');
    await use(orderId, 20, 'drill');
    const disposal = { quantityBase: 15, counterparty: '敬老院（演示）' };
    await post(service, `rotation/orders/${orderId}/disposals`, { way: 'donate', ...disposal });
    await post(service, `rotation/orders/${orderId}/disposals`, { way: 'sell', ...disposal, priceFen: 120_000 });
    const replacement = { batchNumber: `N-${randomUUID()}`, expiryDate: '2099-01-01', quantityBase: 40 };
    const swap = await post(service, `rotation/orders/${orderId}/swaps`, {
      quantityBase: 40,
      ...supplied,
      replacement,
    });
    expect(swap.status).toBe(201);
    const order = await orderOf(service, orderId);
    expect(order).toMatchObject({ state: 'awaiting-replenishment', leftBase: 0 });
    expect(order.actions.map(({ way, quantityBase, priceFen }) => [way, quantityBase, priceFen])).toEqual([
      ['use', 10, null],
      ['drill', 20, null],
      ['donate', 15, null],
      ['sell', 15, 120_000],
      ['swap', 40, null],
    ]);
    expect(order.actions[4].replacementMovementId).not.toBeNull();
    expect(await stockOf(service, depot.id)).toEqual({ available: 40, reserved: 0, quarantine: 0 });
  });

  it('post the right movements: used up, or rotated out', async () => {
    const before = [await balanceOf(service, 'consumed'), await balanceOf(service, 'rotated-out')];
    const { orderId } = await riceOrder(10);
    await use(orderId, 4);
    await post(service, `rotation/orders/${orderId}/swaps`, { quantityBase: 6, supplier: '供应站（演示）' });
    const after = [await balanceOf(service, 'consumed'), await balanceOf(service, 'rotated-out')];
    expect(after.map((total, index) => total - before[index])).toEqual([4, 6]);
  });

  it('never take more than lies there, also not when many take at once', async () => {
    const { orderId } = await riceOrder(10);
    const answers = await Promise.all(Array.from({ length: 5 }, () => use(orderId, 3)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 1 });
    const before = await ledgerCounts(service);
    expect((await use(orderId, 2)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('give nobody goods that are past their date; the supplier may take them back', async () => {
    const { orderId, lotId } = await riceOrder(10);
    await expire(service, lotId);
    expect((await use(orderId, 1)).body.code).toBe('SUPPLIES_LOT_NOT_ISSUABLE');
    expect((await use(orderId, 1, 'drill')).body.code).toBe('SUPPLIES_LOT_NOT_ISSUABLE');
    const gift = { way: 'donate', quantityBase: 1, counterparty: '学校（演示）' };
    expect((await post(service, `rotation/orders/${orderId}/disposals`, gift)).body.code).toBe(
      'SUPPLIES_LOT_NOT_ISSUABLE',
    );
    const swap = { quantityBase: 10, supplier: '供应站（演示）' };
    expect((await post(service, `rotation/orders/${orderId}/swaps`, swap)).status).toBe(201);
  });

  it('leave goods alone that were given for a purpose, until a paper frees them', async () => {
    const { orderId, lotId } = await riceOrder(10);
    const bind = (bound: boolean) =>
      service.database.query('UPDATE lots SET purpose_bound = $2 WHERE id = $1', [lotId, bound]);
    await bind(true);
    expect((await use(orderId, 1)).body.code).toBe('SUPPLIES_DONATION_PURPOSE_BREACH');
    await bind(false);
    expect((await use(orderId, 1)).status).toBe(201);
  });

  it('are undone by a reversal: the goods are back and the order goes on', async () => {
    const { orderId } = await riceOrder(10);
    const { body } = await use(orderId, 10);
    expect(body.state).toBe('awaiting-replenishment');
    expect((await reverse(service, body.movementId)).status).toBe(201);
    await sweep(service);
    const order = await orderOf(service, orderId);
    expect(order).toMatchObject({ state: 'in-progress', leftBase: 10 });
    expect(order.actions[0].reversed).toBe(true);
  });

  it.each([
    ['a sale without a price', 'disposals', { way: 'sell', quantityBase: 1, counterparty: 'X' }],
    ['a gift to nobody', 'disposals', { way: 'donate', quantityBase: 1 }],
    ['a swap with nobody', 'swaps', { quantityBase: 1 }],
    ['no quantity', 'uses', { way: 'use', quantityBase: 0 }],
    ['a part of a piece', 'uses', { way: 'use', quantityBase: 1.5 }],
    ['a way out that is none', 'uses', { way: 'burn', quantityBase: 1 }],
  ])('are refused for %s', async (_what, path, body) => {
    const { orderId } = await riceOrder(10);
    const before = await ledgerCounts(service);
    expect((await post(service, `rotation/orders/${orderId}/${path}`, body)).body.code).toBe('REQUEST_INVALID');
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('are out of reach for the people of other regions and for those who only look', async () => {
    const { orderId } = await riceOrder(10);
    expect((await use(orderId, 1, 'use', { ...KEEPER, regionCode: '140931' })).body.code).toBe(
      'SUPPLIES_ROTATION_ORDER_NOT_FOUND',
    );
    expect((await use(orderId, 1, 'use', AUDITOR)).body.code).toBe('AUTH_ROLE_MISSING');
    const foreign = await get<OrderDetailResponse>(service, `rotation/orders/${orderId}`, {
      ...AUDITOR,
      regionCode: '140931',
    });
    expect(foreign.code).toBe('SUPPLIES_ROTATION_ORDER_NOT_FOUND');
  });
});

describe('a plan', () => {
  it('spreads the goods over ways out, and a new one takes its place', async () => {
    const { orderId } = await riceOrder(100);
    const plan = (lines: unknown[]) => post(service, `rotation/orders/${orderId}/plans`, { lines });
    const first = await plan([{ way: 'drill', quantityBase: 30, doBy: await dayIn(service, 10), note: '防汛演练' }]);
    expect(first.body).toMatchObject({ state: 'planned', version: 1, plannedBase: 30, openBase: 70 });
    await plan([
      { way: 'swap', quantityBase: 60 },
      { way: 'offer', quantityBase: 40 },
    ]);
    const order = await orderOf(service, orderId);
    expect(order.plan.map(({ way, quantityBase }) => [way, quantityBase])).toEqual([
      ['swap', 60],
      ['offer', 40],
    ]);
    expect((await plan([{ way: 'sell', quantityBase: 101 }])).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
  });
});
