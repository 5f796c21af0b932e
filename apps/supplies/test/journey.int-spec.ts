import { randomUUID } from 'node:crypto';
import {
  DifferenceSettled,
  HandoutRecorded,
  MovementPosted,
  OrderIssue,
  RecordDelivery,
  ReleaseStock,
  ReserveStock,
  StockDelivered,
  StockIssued,
  StockRefused,
  StockReturned,
} from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { ShipmentResponse } from '../src/shipments/dto/shipment.dto';
import type { SiteResponse } from '../src/sites/dto/site.dto';
import { brokenInvariants } from './support/invariants';
import {
  APPROVER,
  AUDITOR,
  DISPATCHER,
  KEEPER,
  NEXT_WEEK,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDelivery,
  aDepot,
  aLot,
  aRelease,
  aReserve,
  anOrder,
  balanceOf,
  confirm,
  delivered,
  expire,
  issued,
  ordered,
  parkedCodes,
  startSupplies,
  stockOf,
  type Journey,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
  await aLot(service, depot);
  await aLot(service, depot, { itemCode: RICE, expiryDate: '2099-01-01' });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

type Answer = { movementId: string | null; lines: unknown[] } & Problem;

const post = (path: string, as: TestCaller, body: unknown) =>
  service.request<Answer>('POST', `/api/v1/supplies/${path}`, { as, body });

const handOut = ({ order }: Journey, quantityBase: number, as = KEEPER) =>
  post(`sites/${order.site.siteId}/hand-outs`, as, {
    allocationId: order.allocationId,
    lines: [{ lineId: order.lines[0].lineId, quantityBase }],
    peopleReached: quantityBase * 3,
  });

const inspected = ({ order }: Journey, counts: { usable?: number; damaged?: number; lost?: number }) => ({
  depotId: depot.id,
  lines: [
    {
      lineId: order.lines[0].lineId,
      usableBase: counts.usable ?? 0,
      damagedBase: counts.damaged ?? 0,
      lostBase: counts.lost ?? 0,
    },
  ],
});

const giveBack = (journey: Journey, counts: Parameters<typeof inspected>[1]) =>
  post(`sites/${journey.order.site.siteId}/returns`, KEEPER, {
    ...inspected(journey, counts),
    allocationId: journey.order.allocationId,
  });

const settle = ({ order }: Journey, foundBase: number, lostBase: number) =>
  post(`shipments/${order.shipmentId}/differences`, STOCK_MANAGER, {
    lines: [{ lineId: order.lines[0].lineId, foundBase, lostBase }],
    note: 'asked the driver',
  });

const ofAllocation = <Data extends { allocationId: string | null }>(all: Data[], { order }: Journey): Data[] =>
  all.filter(({ allocationId }) => allocationId === order.allocationId);

describe('goods on their way', () => {
  it('leave the depot when the keeper says so', async () => {
    const journey = await ordered(service, depot, { quantityBase: 60 });
    const answer = await confirm(service, journey.order);
    expect(answer.status).toBe(200);
    expect(answer.body.lines).toEqual([expect.objectContaining({ quantityBase: 60, itemCode: TENT })]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 140, reserved: 0 });
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(60);
    const [event] = ofAllocation(await service.published(StockIssued), journey);
    expect(event).toMatchObject({
      shipmentId: journey.order.shipmentId,
      depotId: depot.id,
      movementId: answer.body.movementId,
      issuedBy: 'Keeper',
      lines: [{ lineId: journey.order.lines[0].lineId, itemCode: TENT, quantityBase: 60 }],
    });
  });

  it('are handed over with damaged, lost and missing pieces told apart', async () => {
    const counts = { received: 55, damaged: 1, lost: 2, missing: 2 };
    const journey = await delivered(service, depot, { quantityBase: 60 }, counts);
    const { shipmentId, site, trips, lines } = journey.order;
    expect(await balanceOf(service, `site:${site.siteId}`)).toBe(55);
    expect(await balanceOf(service, `site:${site.siteId}:damaged`)).toBe(1);
    expect(await balanceOf(service, `transit:${shipmentId}`)).toBe(2);
    const [event] = ofAllocation(await service.published(StockDelivered), journey);
    expect(event).toMatchObject({
      tripId: trips[0].tripId,
      lines: [{ lineId: lines[0].lineId, receivedBase: 55, damagedBase: 1, lostBase: 2, inTransitBase: 2 }],
    });
  });

  it('come over several trips of one shipment', async () => {
    const journey = await issued(service, depot, { quantityBase: 60 });
    const first = aDelivery(journey.order, { received: 28, missing: 2 });
    const second = { ...aDelivery(journey.order, { received: 30 }), tripId: randomUUID() };
    await service.publish(RecordDelivery, first);
    await service.publish(RecordDelivery, second);
    await service.settled();
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(58);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(2);
  });

  it('are booked once, however often the delivery is reported', async () => {
    const journey = await issued(service, depot, { quantityBase: 10 });
    const report = aDelivery(journey.order, { received: 9, missing: 1 });
    for (let time = 0; time < 10; time++) await service.publish(RecordDelivery, report);
    await service.settled();
    const events = ofAllocation(await service.published(StockDelivered), journey);
    expect(events.length).toBe(10);
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(9);
  });

  it('make no movement when everything is missing', async () => {
    const journey = await delivered(service, depot, { quantityBase: 10 }, { received: 0, missing: 10 });
    expect(ofAllocation(await service.published(StockDelivered), journey)).toEqual([
      expect.objectContaining({ movementId: null }),
    ]);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(10);
  });

  it.each([
    ['more than is on the road', { received: 11 }, {}, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['missing pieces that never left', { received: 9, missing: 2 }, {}, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['a shipment nobody knows', { received: 1 }, { shipmentId: randomUUID() }, 'SUPPLIES_SHIPMENT_NOT_FOUND'],
    [
      'another site',
      { received: 1 },
      { site: anOrder(aReserve([{ depotId: randomUUID(), quantityBase: 1 }])).site },
      'SUPPLIES_SITE_NOT_FOUND',
    ],
  ])('are not booked for %s', async (_what, counts, overrides, code) => {
    const journey = await issued(service, depot, { quantityBase: 10 });
    const before = await parkedCodes(service);
    await service.publish(RecordDelivery, { ...aDelivery(journey.order, counts), ...overrides });
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual([code]);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(10);
  });

  it('are not booked before they have left', async () => {
    const journey = await ordered(service, depot, { quantityBase: 10 });
    const before = await parkedCodes(service);
    await service.publish(RecordDelivery, aDelivery(journey.order, { received: 10 }));
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_SHIPMENT_NOT_FOUND']);
  });
});

describe('an issue order that comes again', () => {
  it('takes the newest vehicles while it is open', async () => {
    const journey = await ordered(service, depot, { quantityBase: 10 });
    const trips = [{ tripId: randomUUID(), plate: '晋H-演0002', driverName: 'Other' }];
    await service.publish(OrderIssue, { ...journey.order, trips });
    await service.settled();
    const { body } = await service.request<ShipmentResponse>(
      'GET',
      `/api/v1/supplies/shipments/${journey.order.shipmentId}`,
      { as: KEEPER },
    );
    expect(body.trips).toEqual(trips);
  });

  it('is answered with the issue when the goods have left', async () => {
    const journey = await issued(service, depot, { quantityBase: 10 });
    await service.publish(OrderIssue, journey.order);
    await service.settled();
    const [first, second] = ofAllocation(await service.published(StockIssued), journey);
    expect(second).toEqual(first);
  });

  it('with other goods parks', async () => {
    const journey = await ordered(service, depot, { quantityBase: 10 });
    const before = await parkedCodes(service);
    const [line] = journey.order.lines;
    await service.publish(OrderIssue, { ...journey.order, lines: [{ ...line, quantityBase: 9 }] });
    await service.settled();
    expect((await parkedCodes(service)).slice(before.length)).toEqual(['SUPPLIES_ISSUE_ORDER_CONFLICT']);
  });

  it('after part of it was released names the released part', async () => {
    const kept = aReserve([{ depotId: depot.id, quantityBase: 5 }]);
    const dropped = aReserve([{ depotId: depot.id, quantityBase: 5 }], { allocationId: kept.allocationId });
    const order = anOrder(kept, { lines: [...anOrder(kept).lines, ...anOrder(dropped).lines] });
    await service.publish(ReserveStock, kept);
    await service.publish(ReserveStock, dropped);
    await service.publish(OrderIssue, order);
    const { reservationId } = dropped;
    await service.publish(ReleaseStock, aRelease(dropped));
    await service.publish(OrderIssue, order);
    await service.settled();
    const refused = ofAllocation(await service.published(StockRefused), { reserve: kept, order });
    expect(refused).toEqual([expect.objectContaining({ reservationId, code: 'SUPPLIES_RESERVATION_RELEASED' })]);
  });
});

describe('goods that expired, or were held or recalled, after they were promised', () => {
  const soonGone = async (): Promise<{ journey: Journey; lot: string }> => {
    const place = await aDepot(service);
    const lot = await aLot(service, place, { itemCode: RICE, quantityBase: 10, expiryDate: NEXT_WEEK });
    const journey = await ordered(service, place, { itemCode: RICE, quantityBase: 10 });
    await expire(service, lot);
    return { journey, lot };
  };
  const override = ({ order }: Journey, lotId: string, as: TestCaller = APPROVER) =>
    post(`issue-orders/${order.shipmentId}/overrides`, as, { lotId, useOrder: 'UO-7', reason: 'nothing else is left' });

  it('are not handed over', async () => {
    const { journey, lot } = await soonGone();
    const answer = await confirm(service, journey.order);
    expect(answer.body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_ISSUABLE',
      status: 409,
      facts: { lotId: lot, why: 'expired' },
    });
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(0);
  });

  it('leave under a named use order, which is recorded', async () => {
    const { journey, lot } = await soonGone();
    expect((await override(journey, lot)).status).toBe(201);
    expect((await confirm(service, journey.order)).status).toBe(200);
    const recorded = await service.database.query(
      'SELECT lot_id, use_order, approved_by FROM issue_overrides WHERE shipment_id = $1',
      [journey.order.shipmentId],
    );
    expect(recorded).toEqual([{ lot_id: lot, use_order: 'UO-7', approved_by: 'Approver' }]);
  });

  it('do not leave by one person alone', async () => {
    const { journey, lot } = await soonGone();
    const both: TestCaller = { ...APPROVER, roles: ['approver', 'keeper'] };
    await override(journey, lot, both);
    expect((await confirm(service, journey.order, both)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    expect((await confirm(service, journey.order)).status).toBe(200);
  });

  it('are not let go by an order about another lot or another depot', async () => {
    const { journey } = await soonGone();
    const other = await aLot(service, depot);
    expect((await override(journey, other)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_FOUND', status: 404 });
    expect((await override(journey, other, { ...APPROVER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_ISSUE_ORDER_NOT_FOUND',
    });
  });

  it('are not handed out at the site either, but for that use order', async () => {
    const place = await aDepot(service);
    const lot = await aLot(service, place, { itemCode: RICE, quantityBase: 10, expiryDate: NEXT_WEEK });
    const journey = await delivered(service, place, { itemCode: RICE, quantityBase: 10 });
    await expire(service, lot);
    expect((await handOut(journey, 4)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    await override(journey, lot);
    expect((await handOut(journey, 4)).status).toBe(201);
  });

  it('come back into quarantine', async () => {
    const source = await aDepot(service);
    const lot = await aLot(service, source, { itemCode: RICE, expiryDate: NEXT_WEEK });
    const journey = await delivered(service, source, { itemCode: RICE, quantityBase: 10 });
    await expire(service, lot);
    const before = await stockOf(service, depot.id);
    expect((await giveBack(journey, { usable: 10 })).status).toBe(201);
    expect(await stockOf(service, depot.id)).toEqual({ ...before, quarantine: before.quarantine + 10 });
  });
});

describe('a hand-out', () => {
  it('uses rice up and counts the people', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const answer = await handOut(journey, 15, DISPATCHER);
    expect(answer.status).toBe(201);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(5);
    const [event] = ofAllocation(await service.published(HandoutRecorded), journey);
    expect(event).toMatchObject({
      incidentId: journey.order.incidentId,
      siteId: journey.order.site.siteId,
      movementId: answer.body.movementId,
      peopleReached: 45,
      recordedBy: 'Dispatcher',
      lines: [{ itemCode: RICE, quantityBase: 15, consumed: true }],
    });
  });

  it('leaves tents in the books of the site', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const answer = await handOut(journey, 15);
    expect(answer.body).toMatchObject({ movementId: null, lines: [{ quantityBase: 15, consumed: false }] });
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    expect((await handOut(journey, 6)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await handOut(journey, 5)).status).toBe(201);
  });

  it('cannot give out damaged pieces', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 }, { received: 18, damaged: 2 });
    expect((await handOut(journey, 19)).body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { askedBase: 19, availableBase: 18 },
    });
  });

  it('of another allocation finds nothing', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const foreign = { ...journey, order: { ...journey.order, allocationId: randomUUID() } };
    expect((await handOut(foreign, 1)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
  });
});

describe('a return', () => {
  it('stores usable tents, holds damaged ones and writes lost ones off', async () => {
    const journey = await delivered(service, depot, { quantityBase: 60 }, { received: 57, damaged: 1, lost: 2 });
    await handOut(journey, 57);
    const answer = await giveBack(journey, { usable: 50, damaged: 4, lost: 4 });
    expect(answer.status).toBe(201);
    expect(await stockOf(service, depot.id)).toEqual({ available: 190, reserved: 0, quarantine: 4 });
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(0);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}:damaged`)).toBe(0);
    expect(ofAllocation(await service.published(StockReturned), journey)).toEqual([
      expect.objectContaining({
        from: 'site',
        siteId: journey.order.site.siteId,
        shipmentId: null,
        depotId: depot.id,
        lines: [expect.objectContaining({ usableBase: 50, damagedBase: 4, lostBase: 4 })],
      }),
    ]);
  });

  it('brings back rice that was not handed out, and not a bag more', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    await handOut(journey, 15);
    expect((await giveBack(journey, { usable: 6 })).body).toMatchObject({
      code: 'SUPPLIES_ITEM_NOT_RECOVERABLE',
      status: 422,
    });
    expect((await giveBack(journey, { usable: 21 })).body).toMatchObject({ code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY' });
    expect((await giveBack(journey, { usable: 5 })).status).toBe(201);
  });

  it('of more tents than were handed over is refused', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    expect((await giveBack(journey, { usable: 20, lost: 1 })).body).toMatchObject({
      code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY',
      status: 409,
    });
  });
});

describe('missing pieces', () => {
  it('stay in transit until they are found or written off', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 }, { received: 15, missing: 5 });
    expect((await settle(journey, 2, 4)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await settle(journey, 2, 1)).status).toBe(201);
    expect((await settle(journey, 0, 2)).status).toBe(201);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(0);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(17);
    expect(ofAllocation(await service.published(DifferenceSettled), journey).flatMap(({ lines }) => lines)).toEqual([
      expect.objectContaining({ itemCode: TENT, foundBase: 2, lostBase: 1 }),
      expect.objectContaining({ itemCode: TENT, foundBase: 0, lostBase: 2 }),
    ]);
  });
});

describe('a shipment that turned back', () => {
  it('is taken in again; what is not named stays in transit', async () => {
    const journey = await issued(service, depot, { quantityBase: 20 });
    const path = `shipments/${journey.order.shipmentId}/take-back`;
    const answer = await post(path, KEEPER, inspected(journey, { usable: 15, damaged: 2, lost: 1 }));
    expect(answer.status).toBe(201);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(2);
    expect(await stockOf(service, depot.id)).toEqual({ available: 195, reserved: 0, quarantine: 2 });
    expect(ofAllocation(await service.published(StockReturned), journey)).toEqual([
      expect.objectContaining({ from: 'transit', siteId: null, shipmentId: journey.order.shipmentId }),
    ]);
    const excess = await post(path, KEEPER, inspected(journey, { usable: 3 }));
    expect(excess.body).toMatchObject({ code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY' });
  });

  it('that never left cannot be taken back', async () => {
    const journey = await ordered(service, depot, { quantityBase: 20 });
    const path = `shipments/${journey.order.shipmentId}/take-back`;
    expect((await post(path, KEEPER, inspected(journey, { usable: 1 }))).body).toMatchObject({
      code: 'SUPPLIES_SHIPMENT_NOT_FOUND',
      status: 404,
    });
  });
});

describe('a reversal', () => {
  const reverse = (movementId: string | null, as: TestCaller = STOCK_MANAGER) =>
    post(`movements/${movementId}/reversal`, as, { reason: 'typed wrongly' });

  it('undoes a hand-out and names it', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const { movementId } = (await handOut(journey, 15)).body;
    const answer = await reverse(movementId);
    expect(answer.status).toBe(201);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    const [event] = (await service.published(MovementPosted)).filter(
      ({ reversesMovementId }) => reversesMovementId === movementId,
    );
    expect(event).toMatchObject({ kind: 'reversal', allocationId: journey.order.allocationId });
    const site = await service.request<SiteResponse>('GET', `/api/v1/supplies/sites/${journey.order.site.siteId}`, {
      as: AUDITOR,
    });
    expect(site.body).toMatchObject({ peopleReached: 0, lines: [{ usableBase: 20, handedOutBase: 0 }] });
  });

  it('undoes a return', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const { movementId } = (await giveBack(journey, { usable: 18, lost: 2 })).body;
    expect((await reverse(movementId)).status).toBe(201);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    expect((await giveBack(journey, { usable: 20 })).status).toBe(201);
  });

  it('does not undo what was reversed, a reversal, or a step of an allocation', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const { movementId } = (await handOut(journey, 15)).body;
    const undone = await reverse(movementId);
    expect((await reverse(movementId)).body).toMatchObject({ code: 'SUPPLIES_MOVEMENT_ALREADY_REVERSED' });
    const [issue] = ofAllocation(await service.published(StockIssued), journey);
    for (const kind of [undone.body.movementId, issue.movementId]) {
      expect((await reverse(kind)).body).toMatchObject({ code: 'SUPPLIES_MOVEMENT_NOT_REVERSIBLE', status: 409 });
    }
  });

  it('does not take goods that have moved on', async () => {
    const place = await aDepot(service);
    await aLot(service, place, { quantityBase: 10 });
    const [receipt] = await service.database.query<{ id: string }>('SELECT id FROM movements WHERE depot_id = $1', [
      place.id,
    ]);
    await ordered(service, place, { quantityBase: 1 });
    expect((await reverse(receipt.id)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
  });

  it('is refused to people of another region, as if there were no such movement', async () => {
    const [receipt] = await service.database.query<{ id: string }>('SELECT id FROM movements WHERE depot_id = $1', [
      depot.id,
    ]);
    expect((await reverse(receipt.id, { ...STOCK_MANAGER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_MOVEMENT_NOT_FOUND',
      status: 404,
    });
  });
});
