import { randomUUID } from 'node:crypto';
import { type TestService } from '@ledger/testing';
import { brokenInvariants } from './support/invariants';
import { aFramework, aSentOrder, anOrder, done, post, receive } from './support/purchases';
import { reverse } from './support/site-work';
import { KEEPER, aDepot, ledgerCounts, startSupplies, stockOf, type TestDepot } from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a receipt against an order', () => {
  it('of more than the tolerance allows is refused and leaves no trace', async () => {
    const { frameworkId } = await aFramework(service, { tolerancePermille: 50 });
    const sent = await aSentOrder(service, depot, frameworkId);
    const before = await ledgerCounts(service);
    const answer = await receive(service, sent, 106);
    expect(answer.body).toMatchObject({
      ...{ code: 'SUPPLIES_PURCHASE_OVER_DELIVERY', status: 409 },
      facts: { orderedBase: 100, comesBase: 106, mostBase: 105 },
    });
    expect(await ledgerCounts(service)).toEqual(before);
    expect((await receive(service, sent, 105)).body).toMatchObject({ state: 'received' });
  });

  it('of a line of another order is refused', async () => {
    const { frameworkId } = await aFramework(service);
    const [one, other] = [
      await aSentOrder(service, depot, frameworkId, 1),
      await aSentOrder(service, depot, frameworkId, 1),
    ];
    expect((await receive(service, { ...one, lineId: other.lineId }, 1)).body).toMatchObject({
      code: 'SUPPLIES_PURCHASE_LINE_UNKNOWN',
    });
  });

  it('with wrong dates is refused as any receipt is, and the line stays open', async () => {
    const { frameworkId } = await aFramework(service);
    const sent = await aSentOrder(service, depot, frameworkId);
    expect((await receive(service, sent, 1, { productionDate: '2199-01-01' })).body).toMatchObject({
      code: 'SUPPLIES_DATES_INVALID',
    });
    expect((await anOrder(service, sent.orderId)).lines).toMatchObject([{ openBase: 100 }]);
  });

  it('takes the last open pieces once, however many trucks arrive at once', async () => {
    const { frameworkId } = await aFramework(service);
    const sent = await aSentOrder(service, depot, frameworkId);
    await done(receive(service, sent, 90));
    const answers = await Promise.all(Array.from({ length: 4 }, () => receive(service, sent, 10)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect((await stockOf(service, depot.id)).available).toBe(100);
  });

  it('that is undone opens the line again', async () => {
    const { frameworkId } = await aFramework(service);
    const sent = await aSentOrder(service, depot, frameworkId);
    await done(receive(service, sent, 60));
    const { movementId } = await done(receive(service, sent, 40));
    expect((await reverse(service, movementId)).status).toBe(201);
    const order = await anOrder(service, sent.orderId);
    expect(order).toMatchObject({ state: 'partly-received', lines: [{ receivedBase: 60, openBase: 40 }] });
    expect(order.receipts.map(({ undone }) => undone)).toEqual([false, true]);
    expect((await receive(service, sent, 40)).body).toMatchObject({ state: 'received' });
  });

  it('is answered again to the same key, once in effect', async () => {
    const { frameworkId } = await aFramework(service);
    const { orderId, lineId } = await aSentOrder(service, depot, frameworkId);
    const body = { lines: [{ lineId, batchNumber: 'B-1', quantityBase: 10 }] };
    const key = randomUUID();
    const [first, again] = [
      await post(service, `purchasing/orders/${orderId}/receipts`, body, KEEPER, key),
      await post(service, `purchasing/orders/${orderId}/receipts`, body, KEEPER, key),
    ];
    expect(again.body).toEqual(first.body);
    expect((await anOrder(service, orderId)).lines).toMatchObject([{ receivedBase: 10 }]);
  });
});
