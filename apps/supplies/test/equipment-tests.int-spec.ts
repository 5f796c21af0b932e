import { EquipmentTestRecorded, ReserveStock, StockRefused, depotAccount } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type {
  EquipmentTestsResponse,
  RecordTestResponse,
  TestOrderResponse,
  TestOrdersResponse,
  TestRulesResponse,
} from '../src/rotation/equipment/dto/equipment.dto';
import type { MovementDetailResponse } from '../src/stock/dto/movement.dto';
import { brokenInvariants } from './support/invariants';
import { dayIn, get, moveLot, post, postDirectly, sweep } from './support/rotation-work';
import {
  AUDITOR,
  DISPATCHER,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  confirm,
  ledgerCounts,
  ordered,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

const GENERATOR = 'FLD-017';
const APPARATUS = 'FRS-001';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  await service.database.query(
    `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_basis, rotation_rule,
                        inspect_every_months, hazard_class, weight_grams, volume_cubic_centimetres, size_basis,
                        plan_reference)
     VALUES ($1, '汽油发电机', 'generator', 'flood_drought', '台', false, true, 'estimate', 'RUN-TEST', 1, '', 80000, 200000,
             'estimate', ''),
            ($2, '正压式空气呼吸器', 'breathing apparatus', 'fire_rescue', '套', false, true, 'estimate', 'CYL-TEST', 12, '',
             12000, 80000, 'estimate', '')`,
    [GENERATOR, APPARATUS],
  );
  await aRule({ itemClass: 'rule', classValue: 'RUN-TEST', testKind: 'run-test' });
  await aRule({ itemClass: 'item', classValue: APPARATUS, testKind: 'set-check', intervalMonths: 12 });
  await aRule({ itemClass: 'item', classValue: APPARATUS, testKind: 'cylinder-test', intervalMonths: 36 });
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

async function aRule(rule: Record<string, unknown>) {
  const days = { noticeDays: 7, graceDays: 14, regionCode: '140930', validFrom: await dayIn(service, 0) };
  return post(service, 'equipment-tests/rules', { ...days, basis: 'estimate', ...rule });
}

/** Equipment that came into the ledger so many days ago: the date is moved, as time would. */
async function equipment(daysAgo: number, itemCode = GENERATOR, where = depot): Promise<string> {
  const lotId = await aLot(service, where, { itemCode, quantityBase: 5 });
  await service.database.query(`UPDATE lots SET created_at = created_at - $2 * interval '1 day' WHERE id = $1`, [
    lotId,
    daysAgo,
  ]);
  return lotId;
}

const test = async (lotId: string, overrides: Record<string, unknown> = {}, as: TestCaller = KEEPER) => {
  const facts = {
    depotId: depot.id,
    lotId,
    testKind: 'run-test',
    testedOn: await dayIn(service, 0),
    tester: '王工（演示）',
  };
  return post<RecordTestResponse>(service, 'equipment-tests', { ...facts, result: 'passed', ...overrides }, as);
};
const fail = (lotId: string, overrides: Record<string, unknown> = {}) =>
  test(lotId, { result: 'failed', remarks: '无法启动', ...overrides });
const ordersOf = async (query = '', where = depot): Promise<TestOrderResponse[]> =>
  (await get<TestOrdersResponse>(service, `equipment-tests/orders?depotId=${where.id}${query}`)).items;
const statesOf = async (where = depot) => (await ordersOf('', where)).map(({ testKind, state }) => [testKind, state]);

describe('a test that is due', () => {
  it('opens one order, however often and by however many copies it is found', async () => {
    await equipment(25);
    await Promise.all(Array.from({ length: 5 }, () => sweep(service)));
    await sweep(service);
    expect(await ordersOf()).toMatchObject([
      { testKind: 'run-test', state: 'open', availableBase: 5, holdReason: null },
    ]);
  });

  it('opens none before its notice, and finds it after days of downtime', async () => {
    const lotId = await equipment(10);
    await sweep(service);
    expect(await ordersOf()).toEqual([]);
    await service.database.query(`UPDATE lots SET created_at = created_at - interval '22 days' WHERE id = $1`, [lotId]);
    await sweep(service);
    expect(await statesOf()).toEqual([['run-test', 'open']]);
  });

  it('has a date of its own for each kind: the cylinder is not tested with its set', async () => {
    await equipment(370, APPARATUS);
    await sweep(service);
    expect(await statesOf()).toEqual([['set-check', 'open']]);
    const older = await aDepot(service);
    await equipment(36 * 31, APPARATUS, older);
    await sweep(service);
    expect((await statesOf(older)).map(([kind]) => kind).sort()).toEqual(['cylinder-test', 'set-check']);
  });

  it('ends with the order when it is passed, and counts from that day on', async () => {
    const lotId = await equipment(25);
    await sweep(service);
    const [order] = await ordersOf();
    const { body } = await test(lotId);
    expect(body).toMatchObject({ orderId: order.id, movementId: null });
    await sweep(service);
    expect(await statesOf()).toEqual([['run-test', 'done']]);
    const [event] = (await service.published(EquipmentTestRecorded)).filter((data) => data.lotId === lotId);
    expect(event).toMatchObject({ result: 'passed', testKind: 'run-test', nextDueOn: body.nextDueOn });
  });

  it('is no younger for having been moved', async () => {
    const lotId = await equipment(25);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId, quantityBase: 5 });
    await sweep(service);
    expect(await statesOf(other)).toEqual([['run-test', 'open']]);
    const tested = await equipment(60);
    await test(tested);
    await moveLot(service, { from: depot, to: other, lotId: tested, quantityBase: 5 });
    await sweep(service);
    expect(await statesOf(other)).toEqual([['run-test', 'open']]);
  });

  it('is off the list once the lot has left the depot', async () => {
    const lotId = await equipment(25);
    await sweep(service);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId, quantityBase: 5 });
    await sweep(service);
    expect(await statesOf()).toEqual([['run-test', 'void']]);
    expect(await statesOf(other)).toEqual([['run-test', 'open']]);
  });
});

describe('a test that was not done in time', () => {
  it('takes the equipment out of the free stock only after its grace, with the reason for all to read', async () => {
    const lotId = await equipment(31 + 10);
    await sweep(service);
    expect(await statesOf()).toEqual([['run-test', 'open']]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 5 });
    await service.database.query(
      `UPDATE equipment_test_orders SET due_on = due_on - 8, hold_on = hold_on - 8
                                  WHERE lot_id = $1`,
      [lotId],
    );
    await sweep(service);
    const [order] = await ordersOf();
    expect(order).toMatchObject({ state: 'held', quarantineBase: 5, availableBase: 0 });
    expect(order.holdReason).toContain('was not done in time');
  });

  it('lets it back when it passes', async () => {
    const lotId = await equipment(90);
    await sweep(service);
    await sweep(service);
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 0, quarantine: 5 });
    expect((await test(lotId)).body.movementId).not.toBeNull();
    expect(await stockOf(service, depot.id)).toEqual({ available: 5, reserved: 0, quarantine: 0 });
  });
});

describe('a failed test', () => {
  it('takes the free pieces into quarantine with its reason, and refuses every issue', async () => {
    const lotId = await equipment(1);
    const { body } = await fail(lotId);
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 0, quarantine: 5 });
    const movement = await get<MovementDetailResponse>(service, `movements/${body.movementId}`);
    expect(movement).toMatchObject({ kind: 'quarantine', recordedBy: 'Keeper' });
    expect(movement.note).toContain('无法启动');
    expect(await ordersOf()).toMatchObject([{ state: 'repair', quarantineBase: 5 }]);
    const reserve = aReserve([{ depotId: depot.id, quantityBase: 1 }], { itemCode: GENERATOR });
    await service.publish(ReserveStock, reserve);
    await service.settled();
    const refused = (await service.published(StockRefused)).map(({ reservationId }) => reservationId);
    expect(refused).toContain(reserve.reservationId);
  });

  it('keeps pieces back that were promised before: they do not leave', async () => {
    const lotId = await equipment(1);
    const { order } = await ordered(service, depot, { itemCode: GENERATOR, quantityBase: 2 });
    await fail(lotId);
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 2, quarantine: 3 });
    const refused = await confirm(service, order);
    expect(refused.body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE', facts: { lotId, why: 'held' } });
    await test(lotId);
    expect((await confirm(service, order)).status).toBe(200);
  });

  it('is mended by a passed one, which puts back what it had taken and no more', async () => {
    const lotId = await equipment(1);
    await postDirectly(service, 'quarantine', {
      lotId,
      from: depotAccount(depot.id, 'available'),
      to: depotAccount(depot.id, 'quarantine'),
      quantityBase: 2,
    });
    await fail(lotId);
    await fail(lotId, { remarks: '仍无法启动' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 5 });
    expect((await test(lotId, { result: 'remarks', remarks: '更换火花塞' })).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 3, quarantine: 2 });
    expect(await statesOf()).toEqual([['run-test', 'done']]);
  });

  it('of another kind goes on holding when one kind is passed', async () => {
    const lotId = await equipment(1, APPARATUS);
    await fail(lotId, { testKind: 'set-check' });
    await fail(lotId, { testKind: 'cylinder-test' });
    await test(lotId, { testKind: 'set-check' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 5 });
    await test(lotId, { testKind: 'cylinder-test' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 5, quarantine: 0 });
  });

  it('catches pieces of the lot that come in later', async () => {
    const lotId = await equipment(1);
    await fail(lotId);
    await postDirectly(service, 'receipt', {
      lotId,
      from: 'supplier',
      to: depotAccount(depot.id, 'available'),
      quantityBase: 4,
    });
    await sweep(service);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 9 });
    expect((await ordersOf())[0].holdReason).toContain('无法启动');
    await test(lotId);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 9, quarantine: 0 });
  });

  it('leaves one order open, also when two testers report at once', async () => {
    const lotId = await equipment(1);
    const answers = await Promise.all([fail(lotId), fail(lotId, { remarks: '漏油' }), fail(lotId)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await statesOf()).toEqual([['run-test', 'repair']]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 5 });
  });
});

describe('the record of tests', () => {
  it('tells an auditor who tested what, when, and what it found', async () => {
    const lotId = await equipment(1);
    await fail(lotId, { testedOn: await dayIn(service, -1), document: 'T-1' });
    await test(lotId);
    const { items } = await get<EquipmentTestsResponse>(service, `equipment-tests?lotId=${lotId}`, AUDITOR);
    expect(items.map(({ result, tester, remarks, document }) => [result, tester, remarks, document])).toEqual([
      ['passed', '王工（演示）', null, null],
      ['failed', '王工（演示）', '无法启动', 'T-1'],
    ]);
  });

  it.each([
    ['a day to come', async () => ({ testedOn: await dayIn(service, 1) }), 'REQUEST_INVALID'],
    ['a failure without a finding', () => ({ result: 'failed' }), 'REQUEST_INVALID'],
    [
      'a test that goods of this kind do not have',
      () => ({ testKind: 'calibrate' }),
      'SUPPLIES_EQUIPMENT_TEST_UNKNOWN',
    ],
    [
      'a lot that does not lie there',
      () => ({ lotId: '00000000-0000-4000-8000-000000000009' }),
      'SUPPLIES_LOT_NOT_FOUND',
    ],
    [
      'a depot out of reach',
      async () => ({ depotId: (await aDepot(service, { regionCode: '140931' })).id }),
      'SUPPLIES_DEPOT_NOT_FOUND',
    ],
  ])('takes none for %s', async (_what, overrides, code) => {
    const lotId = await equipment(1);
    const changed = await overrides();
    const before = await ledgerCounts(service);
    expect((await test(lotId, changed)).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is written by keepers and stock managers only', async () => {
    const lotId = await equipment(1);
    expect((await test(lotId, {}, DISPATCHER)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await test(lotId, {}, STOCK_MANAGER)).status).toBe(201);
  });
});

describe('a rule', () => {
  it('of an item goes before its rule, and can say that a test is not needed', async () => {
    await aRule({ itemClass: 'rule', classValue: 'INSPECT-ONLY', testKind: 'inspect', intervalMonths: 6 });
    const tents = await aLot(service, depot);
    await service.database.query(`UPDATE lots SET created_at = created_at - interval '182 days' WHERE id = $1`, [
      tents,
    ]);
    await sweep(service);
    expect(await statesOf()).toEqual([['inspect', 'open']]);
    await aRule({ itemClass: 'item', classValue: TENT, testKind: 'inspect', required: false });
    const other = await aDepot(service);
    const more = await aLot(service, other);
    await service.database.query(`UPDATE lots SET created_at = created_at - interval '182 days' WHERE id = $1`, [more]);
    await sweep(service);
    expect(await statesOf(other)).toEqual([]);
    const { items } = await get<TestRulesResponse>(service, 'equipment-tests/rules?testKind=inspect');
    expect(items.map(({ required }) => required)).toEqual([false, true]);
  });

  it.each([
    ['a region out of scope', { regionCode: '14' }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['a class that the catalogue does not have', { classValue: 'NONE' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['a source that is not named', { basis: 'sourced' }, 'REQUEST_INVALID'],
    ['an interval of no time', { intervalMonths: 0 }, 'REQUEST_INVALID'],
    ['a day that has passed', { validFrom: '2020-01-01' }, 'REQUEST_INVALID'],
  ])('is refused for %s', async (_what, overrides, code) => {
    const rule = { itemClass: 'rule', classValue: 'RUN-TEST', testKind: 'run-test', ...overrides };
    expect((await aRule(rule)).body.code).toBe(code);
  });
});
