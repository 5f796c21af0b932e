import { randomUUID } from 'node:crypto';
import { PurchaseOrderApproved } from '@ledger/contracts';
import { type TestService } from '@ledger/testing';
import type { OrdersResponse } from '../src/purchasing/dto/orders.dto';
import { brokenInvariants } from './support/invariants';
import {
  CITY_APPROVER,
  SECOND_MANAGER,
  aDraft,
  aFramework,
  aSentOrder,
  anOrder,
  decide,
  done,
  get,
  post,
  receive,
  step,
} from './support/purchases';
import {
  APPROVER,
  AUDITOR,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  ledgerCounts,
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
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const orderEvents = async (orderId: string) =>
  (await service.published(PurchaseOrderApproved)).filter((event) => event.orderId === orderId);
describe('an ordinary purchase', () => {
  it('goes from draft over a second person to the supplier, into stock, and is closed', async () => {
    const { frameworkId } = await aFramework(service, {}, { packBase: 10, unitPriceFen: 100_000 });
    const orderId = await aDraft(service, depot, { frameworkId, neededBy: '2099-01-01' });
    expect((await step(service, orderId, 'submission')).body).toMatchObject({
      ...{ state: 'submitted', amountFen: 1_000_000, signatory: 'stock-manager' },
      papersDueAt: expect.any(String) as string,
    });
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ state: 'approved' });
    expect(await orderEvents(orderId)).toMatchObject([
      {
        papers: 'signed',
        decidedBy: 'Second manager',
        amountFen: 1_000_000,
        lines: [{ itemCode: TENT, quantityBase: 100 }],
      },
    ]);
    expect((await step(service, orderId, 'sending')).body).toMatchObject({
      state: 'sent',
      promisedBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
    });
    const { lines } = await anOrder(service, orderId);
    const first = await receive(service, { orderId, lineId: lines[0].lineId }, 60);
    expect(first.body).toMatchObject({ state: 'partly-received', lines: [{ receivedBase: 60, openBase: 40 }] });
    const last = await receive(service, { orderId, lineId: lines[0].lineId }, 40);
    expect(last.body).toMatchObject({ state: 'received', lines: [{ receivedBase: 100, openBase: 0 }] });
    expect((await stockOf(service, depot.id)).available).toBe(100);
    expect((await step(service, orderId, 'closing', { reason: '已到齐' })).body).toMatchObject({ state: 'closed' });
    const order = await anOrder(service, orderId);
    expect(order).toMatchObject({
      actedFirst: false,
      late: false,
      endReason: '已到齐',
      approvals: [{ state: 'approved' }],
    });
    expect(order.receipts.map(({ lots }) => lots[0])).toMatchObject([
      { lotId: first.body.lots[0].lotId, quantityBase: 60, unitPriceFen: 100_000, packBase: 10 },
      { lotId: last.body.lots[0].lotId, quantityBase: 40, unitPriceFen: 100_000, packBase: 10 },
    ]);
  });

  it('that fell short is closed with what came, and gives the rest back to the agreement', async () => {
    const { frameworkId } = await aFramework(service, {}, { maximumBase: 100 });
    const sent = await aSentOrder(service, depot, frameworkId);
    await done(receive(service, sent, 30));
    await done(step(service, sent.orderId, 'closing', { reason: '供应商停产' }));
    expect((await receive(service, sent, 1)).body).toMatchObject({
      code: 'SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN',
      facts: { state: 'closed' },
    });
    const next = await aDraft(service, depot, { frameworkId }, 70);
    expect((await step(service, next, 'submission')).status).toBe(200);
  });

  it('that was rejected is revised and handed in again', async () => {
    const { frameworkId } = await aFramework(service);
    const orderId = await aDraft(service, depot, { frameworkId });
    await done(step(service, orderId, 'submission'));
    expect((await decide(service, orderId, 'refuse')).body).toMatchObject({ state: 'rejected' });
    const lines = [{ itemCode: TENT, quantityBase: 40 }];
    expect((await step(service, orderId, 'revision', { lines })).body).toMatchObject({
      state: 'draft',
      amountFen: 400_000,
    });
    await done(step(service, orderId, 'submission'));
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ state: 'approved', amountFen: 400_000 });
    expect(await orderEvents(orderId)).toHaveLength(1);
  });

  it.each([
    ['without an agreement', {}, 'REQUEST_INVALID'],
    ['for an advance purchase without its season', { kind: 'advance' }, 'REQUEST_INVALID'],
    [
      'with a price of its own beside the agreement',
      { lines: [{ itemCode: TENT, quantityBase: 1, unitPriceFen: 1 }] },
      'REQUEST_INVALID',
    ],
    [
      'of an item the agreement does not sell',
      { lines: [{ itemCode: RICE, quantityBase: 10 }] },
      'SUPPLIES_FRAMEWORK_NOT_APPLICABLE',
    ],
    ['of broken packs', { lines: [{ itemCode: TENT, quantityBase: 15 }] }, 'SUPPLIES_FRAMEWORK_NOT_APPLICABLE'],
    [
      'of less than the minimum',
      { lines: [{ itemCode: TENT, quantityBase: 10 }] },
      'SUPPLIES_FRAMEWORK_NOT_APPLICABLE',
    ],
    [
      'of an item that is not in the catalogue',
      { lines: [{ itemCode: 'XXX-999', quantityBase: 20 }] },
      'SUPPLIES_ITEM_UNKNOWN',
    ],
    ['under an agreement nobody knows', { frameworkId: randomUUID() }, 'SUPPLIES_FRAMEWORK_NOT_FOUND'],
    ['for a depot nobody knows', { depotId: randomUUID() }, 'SUPPLIES_DEPOT_NOT_FOUND'],
  ])('is refused %s', async (what, overrides, code) => {
    const { frameworkId } = await aFramework(service, {}, { packBase: 10, minimumBase: 20 });
    const order = { kind: 'ordinary', depotId: depot.id, frameworkId, lines: [{ itemCode: TENT, quantityBase: 20 }] };
    const { frameworkId: _left, ...bare } = order;
    const before = await ledgerCounts(service);
    const answer = await post(service, 'purchasing/orders', {
      ...(what.includes('without an agreement') ? bare : order),
      ...overrides,
    });
    expect(answer.body).toMatchObject({ code });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is not seen, moved or signed from another region', async () => {
    const { frameworkId } = await aFramework(service);
    const { orderId, lineId } = await aSentOrder(service, depot, frameworkId);
    const foreign = { ...STOCK_MANAGER, regionCode: '140931' };
    const before = await ledgerCounts(service);
    const answers = [
      await get(service, `purchasing/orders/${orderId}`, foreign),
      await step(service, orderId, 'closing', { reason: 'x' }, foreign),
      await decide(service, orderId, 'approve', foreign),
      await post(
        service,
        `purchasing/orders/${orderId}/receipts`,
        { lines: [{ lineId, batchNumber: 'B', quantityBase: 1 }] },
        foreign,
      ),
    ];
    for (const { body } of answers) expect(body).toMatchObject({ code: 'SUPPLIES_PURCHASE_NOT_FOUND' });
    const list = await get<OrdersResponse>(service, 'purchasing/orders?limit=200', foreign);
    expect(list.body.items.map((order) => order.orderId)).not.toContain(orderId);
    expect((await get(service, 'purchasing/orders?region=140930', foreign)).body).toMatchObject({
      code: 'AUTH_REGION_OUT_OF_SCOPE',
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('does not skip a step', async () => {
    const { frameworkId } = await aFramework(service);
    const orderId = await aDraft(service, depot, { frameworkId });
    for (const [name, body] of [
      ['sending', {}],
      ['closing', { reason: 'x' }],
    ] as const) {
      expect((await step(service, orderId, name, body)).body).toMatchObject({
        ...{ code: 'SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN', status: 409 },
        facts: { state: 'draft' },
      });
    }
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_NOT_PENDING' });
    await done(step(service, orderId, 'submission'));
    await done(step(service, orderId, 'cancellation', { reason: '不再需要' }));
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_NOT_PENDING' });
    expect((await anOrder(service, orderId)).approvals).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('four eyes', () => {
  it('nobody signs an order of their own, whatever roles they hold', async () => {
    const { frameworkId } = await aFramework(service);
    const orderId = await aDraft(service, depot, { frameworkId });
    await done(step(service, orderId, 'submission'));
    const before = await ledgerCounts(service);
    for (const as of [STOCK_MANAGER, { ...STOCK_MANAGER, roles: ['stock-manager', 'approver'] as const }]) {
      expect((await decide(service, orderId, 'approve', as)).body).toMatchObject({
        ...{ code: 'SUPPLIES_APPROVAL_BY_REQUESTER', status: 403 },
      });
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('larger sums need the commander, the largest one a tier above', async () => {
    const { frameworkId } = await aFramework(service, {}, { unitPriceFen: 1_000_000 });
    const [large, largest] = [
      await aDraft(service, depot, { frameworkId }, 5),
      await aDraft(service, depot, { frameworkId }, 50),
    ];
    expect((await step(service, large, 'submission')).body).toMatchObject({ signatory: 'approver' });
    expect((await step(service, largest, 'submission')).body).toMatchObject({ signatory: 'upper-approver' });
    const tooLow = { code: 'SUPPLIES_APPROVAL_TIER_TOO_LOW', status: 403 };
    expect((await decide(service, large, 'approve')).body).toMatchObject({
      ...tooLow,
      facts: { signatory: 'approver' },
    });
    expect((await decide(service, largest, 'approve', APPROVER)).body).toMatchObject(tooLow);
    expect((await decide(service, large, 'approve', APPROVER)).body).toMatchObject({ state: 'approved' });
    expect((await decide(service, largest, 'approve', CITY_APPROVER)).body).toMatchObject({ state: 'approved' });
  });

  it('a refusal says why', async () => {
    const orderId = await aDraft(service, depot, { frameworkId: (await aFramework(service)).frameworkId });
    await done(step(service, orderId, 'submission'));
    const bare = await step(service, orderId, 'decision', { decision: 'refuse' }, SECOND_MANAGER);
    expect(bare.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '/note' }] });
  });

  it('two signatures at once are one', async () => {
    const orderId = await aDraft(service, depot, { frameworkId: (await aFramework(service)).frameworkId });
    await done(step(service, orderId, 'submission'));
    const answers = await Promise.all(
      [SECOND_MANAGER, APPROVER, CITY_APPROVER].map((as) => decide(service, orderId, 'approve', as)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await orderEvents(orderId)).toHaveLength(1);
  });

  it('thresholds are rows of a region, set from a tier above, in force from their day on', async () => {
    const township = await aDepot(service, { regionCode: '140930102' });
    const rule = {
      ...{ kind: 'purchase', regionCode: '140930102', validFrom: '2020-01-01', answerHours: 24, papersHours: 12 },
      ...{ steps: [{ fromFen: 0, signatory: 'approver' }], basis: 'sourced', source: '县财政局〔2026〕1号（演示）' },
    };
    expect((await post(service, 'approvals/rules', rule, APPROVER)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    const today = { ...rule, validFrom: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) };
    const own = { ...APPROVER, regionCode: '140930102' };
    expect((await post(service, 'approvals/rules', today, own)).body).toMatchObject({
      code: 'AUTH_REGION_OUT_OF_SCOPE',
    });
    const falling = { ...today, steps: [{ fromFen: 5, signatory: 'approver' }] };
    expect((await post(service, 'approvals/rules', falling, APPROVER)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await post(service, 'approvals/rules', today, APPROVER)).status).toBe(201);
    expect((await post(service, 'approvals/rules', today, APPROVER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_RULE_EXISTS',
    });
    const listed = await get<{ items: unknown[] }>(service, 'approvals/rules?kind=purchase', {
      ...AUDITOR,
      regionCode: '140930102',
    });
    expect(listed.body.items).toMatchObject([{ source: rule.source, steps: rule.steps, basis: 'sourced' }]);
    const { frameworkId } = await aFramework(service);
    const orderId = await aDraft(service, township, { frameworkId }, 1);
    expect((await step(service, orderId, 'submission')).body).toMatchObject({ signatory: 'approver' });
  });
});
