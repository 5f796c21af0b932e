import { randomUUID } from 'node:crypto';
import {
  MovementPosted,
  OrderIssue,
  ReleaseStock,
  RenewReservation,
  ReservationRenewed,
  ReserveStock,
  StockRefused,
  StockReleased,
  StockReserved,
  type EventDefinition,
} from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { ReservationsResponse } from '../src/reservations/dto/reservation.dto';
import { brokenInvariants } from './support/invariants';
import {
  AUDITOR,
  NEXT_YEAR,
  RICE,
  aDepot,
  aLot,
  aRelease,
  aRenewal,
  aReserve,
  aStandard,
  anOrder,
  confirm,
  ordered,
  parkedCodes,
  setQuality,
  startSupplies,
  stockOf,
} from './support/world';

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

/** The answers about one reservation, in the order in which they were given. */
async function answersTo(reservationId: string): Promise<string[]> {
  const rows = await service.database.query<{ type: string }>(
    `SELECT type FROM outbox WHERE envelope::jsonb #>> '{data,reservationId}' = $1 ORDER BY position`,
    [reservationId],
  );
  return rows.map(({ type }) => type.split('.')[1]);
}

async function lastOf<Data extends { reservationId: string }>(
  definition: EventDefinition,
  reservationId: string,
): Promise<Data> {
  const all = (await service.published(definition)) as Data[];
  return all.filter((data) => data.reservationId === reservationId).at(-1) as Data;
}

async function reserve(...parameters: Parameters<typeof aReserve>): Promise<ReserveStock> {
  const command = aReserve(...parameters);
  await service.publish(ReserveStock, command);
  await service.settled();
  return command;
}

describe('a promise', () => {
  it('puts pieces aside, lot by lot, earliest expiry first', async () => {
    const depot = await aDepot(service);
    const late = await aLot(service, depot, { itemCode: RICE, quantityBase: 30, expiryDate: NEXT_YEAR });
    const soon = await aLot(service, depot, { itemCode: RICE, quantityBase: 10, expiryDate: '2099-01-01' });
    const [first, second] = NEXT_YEAR < '2099-01-01' ? [late, soon] : [soon, late];
    const command = await reserve([{ depotId: depot.id, quantityBase: 35 }], { itemCode: RICE });
    const answer = await lastOf<StockReserved>(StockReserved, command.reservationId);
    expect(answer.shares.map(({ lotId, quantityBase }) => [lotId, quantityBase])).toEqual([
      [first, 30],
      [second, 5],
    ]);
    expect(answer).toMatchObject({ firm: true, itemCode: RICE, lineId: command.lineId });
    expect(await stockOf(service, depot.id)).toEqual({ available: 5, reserved: 35, quarantine: 0 });
  });

  it('is announced as a movement of the ledger', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 7 }]);
    const [movement] = (await service.published(MovementPosted)).filter(
      ({ allocationId }) => allocationId === command.allocationId,
    );
    expect(movement).toMatchObject({
      kind: 'reserve',
      postings: [{ quantityBase: 7, to: `depot:${depot.id}:reserved` }],
    });
  });

  it('over several depots is kept by all of them or by none', async () => {
    const [full, short] = [await aDepot(service), await aDepot(service)];
    await aLot(service, full);
    await aLot(service, short, { quantityBase: 5 });
    const sources = [full, short].map(({ id }) => ({ depotId: id, quantityBase: 10 }));
    const command = await reserve(sources);
    expect(await lastOf<StockRefused>(StockRefused, command.reservationId)).toMatchObject({
      code: 'SUPPLIES_DEMAND_NOT_COVERED',
      shortDepotIds: [short.id],
    });
    expect(await stockOf(service, full.id)).toMatchObject({ available: 100, reserved: 0 });
  });

  it.each(['held', 'recalled'] as const)('never takes a lot that is %s', async (quality) => {
    const depot = await aDepot(service);
    const lot = await aLot(service, depot);
    await setQuality(service, lot, quality);
    const command = await reserve([{ depotId: depot.id, quantityBase: 1 }]);
    expect(await answersTo(command.reservationId)).toEqual(['stock-refused']);
    await setQuality(service, lot, 'good');
  });

  it('leaves a depot its reserve standard, unless the order may break it', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    await aStandard(service, depot.id, 'LRS-015', 60);
    const sources = [{ depotId: depot.id, quantityBase: 41 }];
    const kept = await reserve(sources);
    const broken = await reserve(sources, { mayBreakFloor: true });
    expect(await lastOf<StockRefused>(StockRefused, kept.reservationId)).toMatchObject({
      code: 'SUPPLIES_FLOOR_REACHED',
    });
    expect(await answersTo(broken.reservationId)).toEqual(['stock-reserved']);
  });

  it.each([
    ['an unknown item', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['an unknown depot', { sources: [{ depotId: randomUUID(), quantityBase: 1 }] }, 'SUPPLIES_DEPOT_NOT_FOUND'],
    ['more than anybody has', {}, 'SUPPLIES_DEMAND_NOT_COVERED'],
  ])('of %s is refused', async (_what, overrides, code) => {
    const depot = await aDepot(service);
    const command = await reserve([{ depotId: depot.id, quantityBase: 1_000_000_000 }], overrides);
    expect(await lastOf<StockRefused>(StockRefused, command.reservationId)).toMatchObject({ code });
  });

  it('that was asked for ten times is made once and answered every time', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = aReserve([{ depotId: depot.id, quantityBase: 9 }]);
    for (let time = 0; time < 10; time++) await service.publish(ReserveStock, command);
    await service.settled();
    expect(await answersTo(command.reservationId)).toEqual(Array(10).fill('stock-reserved'));
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 91, reserved: 9 });
  });

  it('that was refused stays refused, with the same reason, when the stock comes later', async () => {
    const depot = await aDepot(service);
    const command = await reserve([{ depotId: depot.id, quantityBase: 9 }]);
    const first = await lastOf<StockRefused>(StockRefused, command.reservationId);
    await aLot(service, depot);
    await service.publish(ReserveStock, command);
    await service.settled();
    expect(await answersTo(command.reservationId)).toEqual(['stock-refused', 'stock-refused']);
    expect(await lastOf<StockRefused>(StockRefused, command.reservationId)).toEqual(first);
  });

  it('whose event comes ten times takes effect once', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = aReserve([{ depotId: depot.id, quantityBase: 4 }]);
    const event = await service.publish(ReserveStock, command);
    for (let time = 0; time < 9; time++) await service.publishAgain(event);
    await service.settled();
    expect(await answersTo(command.reservationId)).toEqual(['stock-reserved']);
  });

  it('under an id that was used for something else parks the command', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 4 }]);
    const before = await parkedCodes(service);
    await service.publish(ReserveStock, { ...command, sources: [{ depotId: depot.id, quantityBase: 5 }] });
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_RESERVATION_CONFLICT']);
    expect(await stockOf(service, depot.id)).toMatchObject({ reserved: 4 });
  });
});

describe('a release', () => {
  it('frees everything and may be repeated for ever', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 12 }]);
    for (let time = 0; time < 10; time++) await service.publish(ReleaseStock, aRelease(command));
    await service.settled();
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, reserved: 0 });
    expect(await answersTo(command.reservationId)).toEqual(['stock-reserved', ...Array(10).fill('stock-released')]);
    expect(await lastOf<StockReleased>(StockReleased, command.reservationId)).toMatchObject({
      cause: 'released',
      releasedBase: 12,
    });
  });

  it('that passes its reserve leaves a tombstone, and the late reserve is refused', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = aReserve([{ depotId: depot.id, quantityBase: 12 }]);
    await service.publish(ReleaseStock, aRelease(command));
    await service.publish(ReserveStock, command);
    await service.settled();
    expect(await answersTo(command.reservationId)).toEqual(['stock-released', 'stock-refused']);
    expect(await lastOf<StockRefused>(StockRefused, command.reservationId)).toMatchObject({
      code: 'SUPPLIES_RESERVATION_RELEASED',
    });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, reserved: 0 });
  });

  it('of a refused promise is answered and changes nothing', async () => {
    const depot = await aDepot(service);
    const command = await reserve([{ depotId: depot.id, quantityBase: 1 }]);
    await service.publish(ReleaseStock, aRelease(command));
    await service.settled();
    expect(await answersTo(command.reservationId)).toEqual(['stock-refused', 'stock-released']);
  });

  it('takes the goods off the issue order, and the keeper can no longer hand them over', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const { reserve: promise, order } = await ordered(service, depot, { quantityBase: 20 });
    await service.publish(ReleaseStock, aRelease(promise));
    await service.settled();
    expect((await confirm(service, order)).body).toMatchObject({ code: 'SUPPLIES_ISSUE_CANCELLED', status: 409 });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, reserved: 0 });
  });

  it('of one line leaves the rest of the order to be handed over', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const kept = await reserve([{ depotId: depot.id, quantityBase: 20 }]);
    const dropped = await reserve([{ depotId: depot.id, quantityBase: 30 }], { allocationId: kept.allocationId });
    const order = anOrder(kept);
    const both = { ...order, lines: [...order.lines, ...anOrder(dropped).lines] };
    await service.publish(OrderIssue, both);
    await service.publish(ReleaseStock, aRelease(dropped));
    await service.settled();
    const answer = await confirm(service, order);
    expect(answer.status).toBe(200);
    expect(answer.body.lines.map(({ quantityBase }) => quantityBase)).toEqual([20]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 80, reserved: 0 });
  });

  it('for another line than the one promised parks the command', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 12 }]);
    const before = await parkedCodes(service);
    await service.publish(ReleaseStock, aRelease({ ...command, lineId: randomUUID() }));
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_RESERVATION_CONFLICT']);
  });
});

describe('a renewal', () => {
  it('makes a soft promise firm and prolongs it', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 3 }], { firm: false, holdSeconds: 60 });
    const soft = await lastOf<StockReserved>(StockReserved, command.reservationId);
    await service.publish(RenewReservation, aRenewal(command, { holdSeconds: 7_200 }));
    await service.settled();
    const renewed = await lastOf<ReservationRenewed>(ReservationRenewed, command.reservationId);
    expect(soft.firm).toBe(false);
    expect(renewed.firm).toBe(true);
    expect(Date.parse(renewed.expiresAt) - Date.parse(soft.expiresAt)).toBeGreaterThan(7_000_000);
  });

  it('never makes a firm promise soft', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 3 }]);
    await service.publish(RenewReservation, aRenewal(command, { firm: false }));
    await service.settled();
    expect(await lastOf<ReservationRenewed>(ReservationRenewed, command.reservationId)).toMatchObject({ firm: true });
  });

  it('of a promise that is over, or never was, is refused', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const released = await reserve([{ depotId: depot.id, quantityBase: 3 }]);
    await service.publish(ReleaseStock, aRelease(released));
    const unknown = aReserve([{ depotId: depot.id, quantityBase: 3 }]);
    for (const promise of [released, unknown]) await service.publish(RenewReservation, aRenewal(promise));
    await service.settled();
    expect(await lastOf<StockRefused>(StockRefused, released.reservationId)).toMatchObject({
      code: 'SUPPLIES_RESERVATION_RELEASED',
    });
    expect(await lastOf<StockRefused>(StockRefused, unknown.reservationId)).toMatchObject({
      code: 'SUPPLIES_RESERVATION_NOT_FOUND',
    });
  });

  it('of goods that have left changes nothing and says nothing', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const { reserve: promise, order } = await ordered(service, depot, { quantityBase: 20 });
    await confirm(service, order);
    const before = await answersTo(promise.reservationId);
    await service.publish(RenewReservation, aRenewal(promise));
    await service.settled();
    expect(await answersTo(promise.reservationId)).toEqual(before);
  });
});

describe('a promise that nobody renews', () => {
  it('ends by its deadline, frees the goods and says so', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 30 }], { firm: false, holdSeconds: 1 });
    await waitFor('the promise to expire', async () => (await answersTo(command.reservationId)).length === 2);
    expect(await lastOf<StockReleased>(StockReleased, command.reservationId)).toMatchObject({
      allocationId: command.allocationId,
      cause: 'expired',
      releasedBase: 30,
    });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, reserved: 0 });
  });

  it('is not ended when it was renewed in time', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const ending = aReserve([{ depotId: depot.id, quantityBase: 1 }], { holdSeconds: 1 });
    const command = aReserve([{ depotId: depot.id, quantityBase: 30 }], { holdSeconds: 1 });
    await service.publish(ReserveStock, command);
    await service.publish(RenewReservation, aRenewal(command));
    await service.publish(ReserveStock, ending);
    await service.settled();
    await waitFor('the later promise to expire', async () => (await answersTo(ending.reservationId)).length === 2);
    expect(await answersTo(command.reservationId)).toEqual(['stock-reserved', 'reservation-renewed']);
    expect(await stockOf(service, depot.id)).toMatchObject({ reserved: 30 });
  });
});

describe('an issue order', () => {
  it('for a soft promise parks, because no use order is signed', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 3 }], { firm: false });
    const before = await parkedCodes(service);
    await service.publish(OrderIssue, anOrder(command));
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_RESERVATION_NOT_FIRM']);
  });

  it('for a promise that is over is refused, line by line', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 3 }]);
    await service.publish(ReleaseStock, aRelease(command));
    await service.publish(OrderIssue, anOrder(command));
    await service.settled();
    expect(await lastOf<StockRefused>(StockRefused, command.reservationId)).toMatchObject({
      code: 'SUPPLIES_RESERVATION_RELEASED',
      lineId: command.lineId,
    });
  });

  it('for more than is promised from the depot parks', async () => {
    const depot = await aDepot(service);
    await aLot(service, depot);
    const command = await reserve([{ depotId: depot.id, quantityBase: 3 }]);
    const order = anOrder(command);
    const before = await parkedCodes(service);
    await service.publish(OrderIssue, { ...order, lines: [{ ...order.lines[0], quantityBase: 4 }] });
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_QUANTITY_EXCEEDS_BALANCE']);
  });
});

it('shows the promises of an allocation to the people of the depots, and to nobody else', async () => {
  const depot = await aDepot(service);
  const neighbour = await aDepot(service, { regionCode: '140931' });
  await aLot(service, depot);
  await aLot(service, neighbour);
  const command = await reserve([depot, neighbour].map(({ id }) => ({ depotId: id, quantityBase: 5 })));
  const path = `/api/v1/supplies/allocations/${command.allocationId}/reservations`;
  const read = async (regionCode: string) =>
    (await service.request<ReservationsResponse>('GET', path, { as: { ...AUDITOR, regionCode } })).body.items;
  const depotsIn = (items: ReservationsResponse['items']) =>
    items.flatMap(({ shares }) => shares.map((s) => s.depotId));
  expect(depotsIn(await read('140930'))).toEqual([depot.id]);
  expect(depotsIn(await read('140931'))).toEqual([neighbour.id]);
  expect(depotsIn(await read('1409')).sort()).toEqual([depot.id, neighbour.id].sort());
  expect(await read('150622')).toEqual([]);
});
