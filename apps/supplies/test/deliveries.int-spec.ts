import { randomUUID } from 'node:crypto';
import { DifferenceSettled, RecordDelivery, StockDelivered, StockIssued } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot, ofAllocation, settle } from './support/site-work';
import {
  TENT,
  aDelivery,
  aReserve,
  anOrder,
  balanceOf,
  confirm,
  delivered,
  issued,
  ordered,
  parkedCodes,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aStockedDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

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

describe('missing pieces', () => {
  it('stay in transit until they are found or written off', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 }, { received: 15, missing: 5 });
    expect((await settle(service, journey, 2, 4)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await settle(service, journey, 2, 1)).status).toBe(201);
    expect((await settle(service, journey, 0, 2)).status).toBe(201);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(0);
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(17);
    expect(ofAllocation(await service.published(DifferenceSettled), journey).flatMap(({ lines }) => lines)).toEqual([
      expect.objectContaining({ itemCode: TENT, foundBase: 2, lostBase: 1 }),
      expect.objectContaining({ itemCode: TENT, foundBase: 0, lostBase: 2 }),
    ]);
  });
});
