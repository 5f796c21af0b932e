import { randomUUID } from 'node:crypto';
import { HandoutRecorded, StockReturned } from '@ledger/contracts';
import type { TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot, giveBack, handOut, ofAllocation, takeBack } from './support/site-work';
import {
  DISPATCHER,
  RICE,
  balanceOf,
  delivered,
  issued,
  ordered,
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

describe('a hand-out', () => {
  it('uses rice up and counts the people', async () => {
    const journey = await delivered(service, depot, { itemCode: RICE, quantityBase: 20 });
    const answer = await handOut(service, journey, 15, DISPATCHER);
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
    const answer = await handOut(service, journey, 15);
    expect(answer.body).toMatchObject({ movementId: null, lines: [{ quantityBase: 15, consumed: false }] });
    expect(await balanceOf(service, `site:${journey.order.site.siteId}`)).toBe(20);
    expect((await handOut(service, journey, 6)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
    expect((await handOut(service, journey, 5)).status).toBe(201);
  });

  it('cannot give out damaged pieces', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 }, { received: 18, damaged: 2 });
    expect((await handOut(service, journey, 19)).body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { askedBase: 19, availableBase: 18 },
    });
  });

  it('of another allocation finds nothing', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    const foreign = { ...journey, order: { ...journey.order, allocationId: randomUUID() } };
    expect((await handOut(service, foreign, 1)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
  });
});

describe('a return', () => {
  it('stores usable tents, holds damaged ones and writes lost ones off', async () => {
    const journey = await delivered(service, depot, { quantityBase: 60 }, { received: 57, damaged: 1, lost: 2 });
    await handOut(service, journey, 57);
    const answer = await giveBack(service, depot, journey, { usable: 50, damaged: 4, lost: 4 });
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
    await handOut(service, journey, 15);
    expect((await giveBack(service, depot, journey, { usable: 6 })).body).toMatchObject({
      code: 'SUPPLIES_ITEM_NOT_RECOVERABLE',
      status: 422,
    });
    expect((await giveBack(service, depot, journey, { usable: 21 })).body).toMatchObject({
      code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY',
    });
    expect((await giveBack(service, depot, journey, { usable: 5 })).status).toBe(201);
  });

  it('of more tents than were handed over is refused', async () => {
    const journey = await delivered(service, depot, { quantityBase: 20 });
    expect((await giveBack(service, depot, journey, { usable: 20, lost: 1 })).body).toMatchObject({
      code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY',
      status: 409,
    });
  });
});

describe('a shipment that turned back', () => {
  it('is taken in again; what is not named stays in transit', async () => {
    const journey = await issued(service, depot, { quantityBase: 20 });
    const answer = await takeBack(service, depot, journey, { usable: 15, damaged: 2, lost: 1 });
    expect(answer.status).toBe(201);
    expect(await balanceOf(service, `transit:${journey.order.shipmentId}`)).toBe(2);
    expect(await stockOf(service, depot.id)).toEqual({ available: 195, reserved: 0, quarantine: 2 });
    expect(ofAllocation(await service.published(StockReturned), journey)).toEqual([
      expect.objectContaining({ from: 'transit', siteId: null, shipmentId: journey.order.shipmentId }),
    ]);
    const excess = await takeBack(service, depot, journey, { usable: 3 });
    expect(excess.body).toMatchObject({ code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY' });
  });

  it('that never left cannot be taken back', async () => {
    const journey = await ordered(service, depot, { quantityBase: 20 });
    expect((await takeBack(service, depot, journey, { usable: 1 })).body).toMatchObject({
      code: 'SUPPLIES_SHIPMENT_NOT_FOUND',
      status: 404,
    });
  });
});
