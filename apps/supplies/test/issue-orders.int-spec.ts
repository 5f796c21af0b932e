import { randomUUID } from 'node:crypto';
import { OrderIssue, ReleaseStock, ReserveStock, StockIssued, StockRefused } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { ShipmentResponse } from '../src/shipments/dto/shipment.dto';
import { brokenInvariants } from './support/invariants';
import { aStockedDepot, giveBack, handOut, ofAllocation, override } from './support/site-work';
import {
  APPROVER,
  KEEPER,
  NEXT_WEEK,
  RICE,
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
    expect((await override(service, journey, lot)).status).toBe(201);
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
    await override(service, journey, lot, both);
    expect((await confirm(service, journey.order, both)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    expect((await confirm(service, journey.order)).status).toBe(200);
  });

  it('are not let go by an order about another lot or another depot', async () => {
    const { journey } = await soonGone();
    const other = await aLot(service, depot);
    expect((await override(service, journey, other)).body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_FOUND',
      status: 404,
    });
    expect((await override(service, journey, other, { ...APPROVER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_ISSUE_ORDER_NOT_FOUND',
    });
  });

  it('are not handed out at the site either, but for that use order', async () => {
    const place = await aDepot(service);
    const lot = await aLot(service, place, { itemCode: RICE, quantityBase: 10, expiryDate: NEXT_WEEK });
    const journey = await delivered(service, place, { itemCode: RICE, quantityBase: 10 });
    await expire(service, lot);
    expect((await handOut(service, journey, 4)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    await override(service, journey, lot);
    expect((await handOut(service, journey, 4)).status).toBe(201);
  });

  it('come back into quarantine', async () => {
    const source = await aDepot(service);
    const lot = await aLot(service, source, { itemCode: RICE, expiryDate: NEXT_WEEK });
    const journey = await delivered(service, source, { itemCode: RICE, quantityBase: 10 });
    await expire(service, lot);
    const before = await stockOf(service, depot.id);
    expect((await giveBack(service, depot, journey, { usable: 10 })).status).toBe(201);
    expect(await stockOf(service, depot.id)).toEqual({ ...before, quarantine: before.quarantine + 10 });
  });
});
