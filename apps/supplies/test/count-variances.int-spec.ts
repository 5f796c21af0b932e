import { randomUUID } from 'node:crypto';
import { ReserveStock } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { CountDetailResponse } from '../src/counts/dto/count-list.dto';
import {
  LI,
  aCount,
  anotherKeeper,
  approve,
  countAll,
  readCount,
  record,
  reject,
  submit,
  submitted,
} from './support/counting';
import { brokenInvariants } from './support/invariants';
import {
  APPROVER,
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aReserve,
  balanceOf,
  ledgerCounts,
  startSupplies,
  stockOf,
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

const promise = async (quantityBase: number): Promise<void> => {
  await service.publish(ReserveStock, aReserve([{ depotId: depot.id, quantityBase }]));
  await service.settled();
};
const lineOf = (count: CountDetailResponse, lotId = lot) => count.lineItems.find((line) => line.lotId === lotId);

describe('a variance', () => {
  it('above tolerance is counted again by somebody else, and approved by a third person', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lineId = count.lineItems[0].id;
    await record(service, count.id, [{ lineId, countedBase: 90 }]);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'recounting', recountLineIds: [lineId] });
    expect((await record(service, count.id, [{ lineId, countedBase: 90 }])).body).toMatchObject({
      code: 'SUPPLIES_COUNT_RECOUNT_BY_SAME',
      status: 403,
    });
    await record(service, count.id, [{ lineId, countedBase: 92 }], LI);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'submitted', recountLineIds: [] });
    const { status, body } = await approve(service, count.id);
    expect([status, body.state, body.movementIds.length]).toEqual([200, 'closed', 1]);
    expect(await stockOf(service, depot.id)).toEqual({ available: 92, reserved: 0, quarantine: 0 });
    const movement = await service.request('GET', `/api/v1/supplies/movements/${body.movementIds[0]}`, { as: AUDITOR });
    expect(movement.body).toMatchObject({
      kind: 'count',
      depotId: depot.id,
      recordedBy: 'Manager',
      postings: [{ lotId: lot, from: `depot:${depot.id}:available`, to: 'count-difference', quantityBase: 8 }],
    });
    const after = await readCount(service, count.id, AUDITOR);
    expect(after.decisions.map(({ event }) => event)).toEqual(['demand-recount', 'submit', 'approve']);
    expect(lineOf(after)).toMatchObject({ countedBase: 92, balanceBase: 100, varianceBase: -8, adjustedBase: -8 });
  });

  it('within tolerance goes to approval at once; surplus pieces come from count-difference', async () => {
    const large = await aDepot(service);
    await aLot(service, large, { quantityBase: 1_000 });
    const before = await balanceOf(service, 'count-difference');
    const count = await aCount(service, { depotId: large.id, kind: 'full' });
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 1_005 }]);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'submitted' });
    expect((await approve(service, count.id)).body).toMatchObject({ state: 'closed' });
    expect(await balanceOf(service, 'count-difference')).toBe(before - 5);
    expect(await stockOf(service, large.id)).toMatchObject({ available: 1_005 });
  });

  it('is shown to those who did not count, and only when the count is handed in', async () => {
    const count = await submitted(service, depot, 90);
    expect(lineOf(await readCount(service, count.id, STOCK_MANAGER))).toMatchObject({
      varianceBase: -10,
      countedBase: 90,
    });
    expect(lineOf(await readCount(service, count.id, LI))).toMatchObject({
      countedBase: 90,
      balanceBase: null,
      varianceBase: null,
      expectedBase: null,
    });
  });

  it('among promised pieces is flagged, and the promise stays whole', async () => {
    await promise(70);
    const count = await submitted(service, depot, 60);
    expect((await approve(service, count.id)).body).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, reserved: 70 });
    expect(lineOf(await readCount(service, count.id, AUDITOR))).toMatchObject({
      varianceBase: -40,
      adjustedBase: -30,
      missingReservedBase: 10,
    });
  });

  it('of goods that have left since the count is not forced: the answer names the lines to count again', async () => {
    const count = await submitted(service, depot, 90);
    await promise(95);
    const answer = await approve(service, count.id);
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ state: 'recounting', recountLineIds: [count.lineItems[0].id], movementIds: [] }),
    ]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 5, reserved: 95 });
    const lines = [{ lineId: count.lineItems[0].id, countedBase: 90 }];
    expect((await record(service, count.id, lines, LI)).body).toMatchObject({ code: 'SUPPLIES_COUNT_RECOUNT_BY_SAME' });
    await record(service, count.id, lines, anotherKeeper('赵保管'));
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'submitted' });
    await approve(service, count.id);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, reserved: 95 });
    expect(lineOf(await readCount(service, count.id, AUDITOR))).toMatchObject({ missingReservedBase: 5 });
  });

  it('that is rejected is counted again by somebody else', async () => {
    const count = await submitted(service, depot, 90);
    expect((await reject(service, count.id, { reason: 'look in the cold room' })).body).toMatchObject({
      state: 'recounting',
      recountLineIds: [count.lineItems[0].id],
    });
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 100 }], anotherKeeper('赵保管'));
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100 });
    const { decisions } = await readCount(service, count.id, AUDITOR);
    expect(decisions.map(({ event, reason }) => [event, reason])).toContainEqual(['reject', 'look in the cold room']);
  });

  it('is approved by nobody who handed the count in or counted, and above the limits by an approver alone', async () => {
    lot = await aLot(service, depot, { quantityBase: 100 });
    const count = await submitted(service, depot, 40);
    const counter: TestCaller = { ...LI, roles: ['keeper', 'stock-manager', 'approver'] };
    const handedIn: TestCaller = { ...KEEPER, roles: ['approver'] };
    for (const who of [counter, handedIn]) {
      expect((await approve(service, count.id, who)).body).toMatchObject({
        code: 'SUPPLIES_COUNT_APPROVAL_BY_COUNTER',
        status: 403,
      });
    }
    expect((await reject(service, count.id, { reason: 'no' }, counter)).body).toMatchObject({
      code: 'SUPPLIES_COUNT_APPROVAL_BY_COUNTER',
    });
    expect((await approve(service, count.id, STOCK_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_COUNT_APPROVER_REQUIRED',
    });
    expect((await approve(service, count.id, AUDITOR)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
    expect((await approve(service, count.id, APPROVER)).body).toMatchObject({ state: 'closed' });
  });

  it('is booked once, however many approve at the same moment', async () => {
    const count = await submitted(service, depot, 90);
    const managers = [1, 2, 3, 4].map((): TestCaller => ({ ...STOCK_MANAGER, userId: randomUUID() }));
    const answers = await Promise.all(managers.map((who) => approve(service, count.id, who)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      200,
      ...Array<string>(3).fill('SUPPLIES_COUNT_TRANSITION_FORBIDDEN'),
    ]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 90 });
  });
});

describe('goods that the ledger does not know', () => {
  const found = { itemCode: TENT, batchNumber: 'FOUND-1' };

  it('become a lot of origin found when the count is approved', async () => {
    const batchNumber = randomUUID();
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 100 }]);
    const first = await record(service, count.id, [{ found: { ...found, batchNumber }, countedBase: 3 }]);
    const [{ lineId }] = first.body.lines;
    await submit(service, count.id);
    await record(service, count.id, [{ found: { ...found, batchNumber }, countedBase: 3 }], LI);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'submitted' });
    await approve(service, count.id);
    const [made] = await service.database.query<{ id: string }>('SELECT * FROM lots WHERE batch_number = $1', [
      batchNumber,
    ]);
    expect(made).toMatchObject({ origin: 'found', owner_region_code: depot.regionCode, item_code: TENT });
    const line = (await readCount(service, count.id, AUDITOR)).lineItems.find(({ id }) => id === lineId);
    expect(line).toMatchObject({ origin: 'found', lotId: made.id, varianceBase: 3, adjustedBase: 3 });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 103 });
  });

  it('past their date go to quarantine', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const goods = { itemCode: RICE, batchNumber: randomUUID(), expiryDate: '2020-01-01' };
    await countAll(service, count, 100, [{ found: goods, countedBase: 2 }]);
    await approve(service, count.id);
    expect(await stockOf(service, depot.id)).toEqual({ available: 100, reserved: 0, quarantine: 2 });
  });

  it('are booked on their own lot when the region knows the batch after all', async () => {
    const [{ batch }] = await service.database.query<{ batch: string }>(
      'SELECT batch_number AS batch FROM lots WHERE id = $1',
      [lot],
    );
    const elsewhere = await aDepot(service);
    await aLot(service, elsewhere, { quantityBase: 5 });
    const count = await aCount(service, { depotId: elsewhere.id, kind: 'full' });
    await countAll(service, count, 5, [{ found: { itemCode: TENT, batchNumber: batch }, countedBase: 4 }]);
    await approve(service, count.id);
    expect(await stockOf(service, elsewhere.id)).toMatchObject({ available: 9 });
    const { lineItems } = await readCount(service, count.id, AUDITOR);
    expect(lineItems.map(({ origin, lotId }) => [origin, lotId])).toContainEqual(['found', lot]);
  });

  it('are counted again when their receipt was booked since', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const goods = { itemCode: TENT, batchNumber: randomUUID() };
    await countAll(service, count, 100, [{ found: goods, countedBase: 6 }]);
    const line = { ...goods, quantityBase: 6 };
    const body = { depotId: depot.id, origin: 'purchase', lines: [line] };
    await service.request('POST', '/api/v1/supplies/receipts', { as: KEEPER, body });
    expect((await approve(service, count.id)).body).toMatchObject({ state: 'recounting', movementIds: [] });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 106 });
  });

  it.each([
    ['an item of no catalogue', { itemCode: 'XXX-999', batchNumber: 'X' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['rice without a date', { itemCode: RICE, batchNumber: 'X' }, 'SUPPLIES_DATES_INVALID'],
    [
      'goods that expired before they were made',
      { itemCode: RICE, batchNumber: 'X', productionDate: '2020-01-02', expiryDate: '2020-01-01' },
      'SUPPLIES_DATES_INVALID',
    ],
  ])('are refused as %s', async (_what, goods, code) => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const before = await ledgerCounts(service);
    expect((await record(service, count.id, [{ found: goods, countedBase: 1 }])).body).toMatchObject({ code });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('are refused with other dates than the batch is known with', async () => {
    const rice = await aLot(service, depot, { itemCode: RICE, quantityBase: 40, expiryDate: '2099-01-01' });
    const [{ batch }] = await service.database.query<{ batch: string }>(
      'SELECT batch_number AS batch FROM lots WHERE id = $1',
      [rice],
    );
    const count = await aCount(service, { depotId: depot.id, kind: 'cycle', lotIds: [lot] });
    const goods = { itemCode: RICE, batchNumber: batch, expiryDate: '2098-01-01' };
    expect((await record(service, count.id, [{ found: goods, countedBase: 1 }])).body).toMatchObject({
      code: 'SUPPLIES_LOT_CONFLICT',
    });
  });
});
