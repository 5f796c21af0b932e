import { randomUUID } from 'node:crypto';
import { StockDelivered, StockRefused, StockReserved, type ReleaseStock, type ReserveStock } from '@ledger/contracts';
import { isTransientFault } from '@ledger/platform';
import { aCause, type TestService } from '@ledger/testing';
import { ReleaseStockUseCase } from '../src/reservations/release-stock';
import { ReserveStockUseCase } from '../src/reservations/reserve-stock';
import { RecordDeliveryUseCase } from '../src/shipments/record-delivery';
import { brokenInvariants } from './support/invariants';
import {
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDelivery,
  aDepot,
  aLot,
  aRelease,
  aReserve,
  confirm,
  delivered,
  issued,
  ordered,
  startSupplies,
  stockOf,
  balanceOf,
  type Problem,
  type TestDepot,
} from './support/world';

const CALLERS = 50;
let service: TestService;

beforeAll(async () => {
  service = await startSupplies({ environment: { databasePoolSize: CALLERS } });
});
afterAll(() => service.stop());
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const PATIENCE = 20;

/** Whoever is told to come back later, because a lock or statement was late, does so: as clients and consumers do. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await work();
      const isLater = (answer as { status?: number } | undefined)?.status === 503;
      if (!isLater || attempt === PATIENCE) return answer;
    } catch (error) {
      if (attempt === PATIENCE || !isTransientFault(error)) throw error;
    }
  }
}

const reserve = (command: ReserveStock): Promise<void> =>
  patiently(() =>
    service.database.transaction((tx) =>
      service.running.app.get(ReserveStockUseCase).execute(tx, command, aCause(command.allocationId)),
    ),
  );
const release = (command: ReleaseStock): Promise<void> =>
  patiently(() =>
    service.database.transaction((tx) =>
      service.running.app.get(ReleaseStockUseCase).execute(tx, command, aCause(command.allocationId)),
    ),
  );

/** Answers about these reservations: how often each id was promised. */
async function promisesOf(commands: readonly ReserveStock[]): Promise<ReserveStock[]> {
  const promised = new Set((await service.published(StockReserved)).map(({ reservationId }) => reservationId));
  return commands.filter(({ reservationId }) => promised.has(reservationId));
}

async function stockedDepot(quantities: readonly number[]): Promise<TestDepot> {
  const depot = await aDepot(service);
  for (const quantityBase of quantities) await aLot(service, depot, { quantityBase });
  return depot;
}

const countOf = <Body extends Partial<Problem>>(answers: readonly { status: number; body: Body }[]) => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = body.code ?? String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

describe('fifty callers at once', () => {
  it.each([
    ['three pieces each of 100 in four lots', [25, 25, 25, 25], 3, 33],
    ['seven pieces each of 100 in three uneven lots', [1, 9, 90], 7, 14],
    ['one piece each of 20 in one lot', [20], 1, 20],
    ['all there is', [40, 60], 100, 1],
  ])('never get one piece twice: %s', async (_what, lots, quantityBase, winners) => {
    const depot = await stockedDepot(lots);
    const total = lots.reduce((sum, lot) => sum + lot, 0);
    const commands = Array.from({ length: CALLERS }, () => aReserve([{ depotId: depot.id, quantityBase }]));
    await Promise.all(commands.map(reserve));
    expect((await promisesOf(commands)).length).toBe(winners);
    expect(await stockOf(service, depot.id)).toEqual({
      available: total - winners * quantityBase,
      reserved: winners * quantityBase,
      quarantine: 0,
    });
    const refused = new Set((await service.published(StockRefused)).map(({ reservationId }) => reservationId));
    expect(commands.filter(({ reservationId }) => refused.has(reservationId)).length).toBe(CALLERS - winners);
  });

  it('with one reservation id get one promise and fifty equal answers', async () => {
    const depot = await stockedDepot([60]);
    const command = aReserve([{ depotId: depot.id, quantityBase: 4 }]);
    await Promise.all(Array.from({ length: CALLERS }, () => reserve(command)));
    const answers = (await service.published(StockReserved)).filter(
      ({ reservationId }) => reservationId === command.reservationId,
    );
    expect(answers.length).toBe(CALLERS);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 56, reserved: 4 });
  });

  it('that name the same depots in opposite orders do not block each other', async () => {
    const depots = [await stockedDepot([50, 50]), await stockedDepot([50, 50]), await stockedDepot([50, 50])];
    const sources = depots.map(({ id }) => ({ depotId: id, quantityBase: 4 }));
    const commands = Array.from({ length: CALLERS }, (_, index) =>
      aReserve(index % 2 === 0 ? sources : [...sources].reverse()),
    );
    await Promise.all(commands.map(reserve));
    expect((await promisesOf(commands)).length).toBe(25);
    for (const { id } of depots) expect(await stockOf(service, id)).toMatchObject({ available: 0, reserved: 100 });
  });

  it('that reserve and release one id at the same time leave nothing held', async () => {
    const depot = await stockedDepot([1_000]);
    const commands = Array.from({ length: CALLERS / 2 }, () => aReserve([{ depotId: depot.id, quantityBase: 3 }]));
    await Promise.all(commands.flatMap((command) => [reserve(command), release(aRelease(command))]));
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 1_000, reserved: 0 });
  });

  it('that reserve, release and reserve anew keep every piece', async () => {
    const depot = await stockedDepot([30, 30]);
    const round = async (): Promise<void> => {
      const command = aReserve([{ depotId: depot.id, quantityBase: 5 }]);
      await reserve(command);
      await release(aRelease(command));
    };
    await Promise.all(Array.from({ length: CALLERS }, round));
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 60, reserved: 0 });
  });

  it('that confirm one issue order hand the goods over once', async () => {
    const depot = await stockedDepot([100]);
    const { order } = await ordered(service, depot, { quantityBase: 10 });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => patiently(() => confirm(service, order))));
    expect(countOf(answers)).toEqual({ 200: 1, SUPPLIES_ISSUE_ALREADY_CONFIRMED: CALLERS - 1 });
    expect(await balanceOf(service, `transit:${order.shipmentId}`)).toBe(10);
  });

  it('that confirm with one key get one answer', async () => {
    const depot = await stockedDepot([100]);
    const { order } = await ordered(service, depot, { quantityBase: 10 });
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, () => patiently(() => confirm(service, order, KEEPER, key))),
    );
    expect(countOf(answers)).toEqual({ 200: CALLERS });
    expect(new Set(answers.map(({ body }) => body.movementId)).size).toBe(1);
  });

  it('that hand the same rice out give each bag once', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot, { itemCode: RICE, quantityBase: 100, expiryDate: '2099-01-01' });
    const { order } = await delivered(service, depot, { itemCode: RICE, quantityBase: 100 });
    const { allocationId, site, lines } = order;
    const body = { allocationId, lines: [{ lineId: lines[0].lineId, quantityBase: 3 }], peopleReached: 3 };
    const handOut = () =>
      service.request<Problem>('POST', `/api/v1/supplies/sites/${site.siteId}/hand-outs`, { as: KEEPER, body });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => patiently(handOut)));
    expect(countOf(answers)).toEqual({ 201: 33, SUPPLIES_QUANTITY_EXCEEDS_BALANCE: CALLERS - 33 });
    expect(await balanceOf(service, `site:${site.siteId}`)).toBe(1);
  });

  it('that hand the same tents out put each into use once', async () => {
    const depot = await stockedDepot([100]);
    const { order } = await delivered(service, depot, { quantityBase: 100 });
    const { allocationId, site, lines } = order;
    const body = { allocationId, lines: [{ lineId: lines[0].lineId, quantityBase: 3 }], peopleReached: 3 };
    const handOut = () =>
      service.request<Problem>('POST', `/api/v1/supplies/sites/${site.siteId}/hand-outs`, { as: KEEPER, body });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => patiently(handOut)));
    expect(countOf(answers)).toEqual({ 201: 33, SUPPLIES_QUANTITY_EXCEEDS_BALANCE: CALLERS - 33 });
  });

  it('that report one trip book it once and get fifty equal answers', async () => {
    const depot = await stockedDepot([100]);
    const { order } = await issued(service, depot, { quantityBase: 30 });
    const report = aDelivery(order, { received: 28, missing: 2 });
    const record = () =>
      service.database.transaction((tx) =>
        service.running.app.get(RecordDeliveryUseCase).execute(tx, report, aCause(order.allocationId)),
      );
    await Promise.all(Array.from({ length: CALLERS }, () => patiently(record)));
    const answers = (await service.published(StockDelivered)).filter(({ tripId }) => tripId === report.tripId);
    expect([answers.length, new Set(answers.map((answer) => JSON.stringify(answer))).size]).toEqual([CALLERS, 1]);
    expect(await balanceOf(service, `site:${order.site.siteId}`)).toBe(28);
  });

  it('that receive one new batch make one lot with all pieces', async () => {
    const depot = await aDepot(service);
    const line = { itemCode: RICE, batchNumber: randomUUID(), expiryDate: '2099-01-01', quantityBase: 2 };
    const body = { depotId: depot.id, origin: 'donation', lines: [line] };
    const receive = () =>
      service.request<{ lots: { lotId: string }[] }>('POST', '/api/v1/supplies/receipts', { as: KEEPER, body });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => patiently(receive)));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(answers.map(({ body: { lots } }) => lots[0].lotId)).size).toBe(1);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 2 * CALLERS });
  });

  it('that reverse one receipt undo it once', async () => {
    const depot = await stockedDepot([100]);
    const [receipt] = await service.database.query<{ id: string }>(
      `SELECT id FROM movements WHERE depot_id = $1 AND kind = 'receipt'`,
      [depot.id],
    );
    const reverse = () =>
      service.request<Problem>('POST', `/api/v1/supplies/movements/${receipt.id}/reversal`, {
        as: STOCK_MANAGER,
        body: { reason: 'typed wrongly' },
      });
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => patiently(reverse)));
    expect(countOf(answers)).toEqual({ 201: 1, SUPPLIES_MOVEMENT_ALREADY_REVERSED: CALLERS - 1 });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0 });
  });
});
