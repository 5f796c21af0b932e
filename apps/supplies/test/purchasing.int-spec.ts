import { randomUUID } from 'node:crypto';
import { PurchaseOrderApproved, PurchasePapersOverdue } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { ApprovalsResponse } from '../src/approvals/dto/approval.dto';
import type { FrameworkResponse } from '../src/purchasing/dto/framework.dto';
import type { LeadTimeResponse, SupplierResponse, SuppliersResponse } from '../src/purchasing/dto/supplier.dto';
import type { OrdersResponse } from '../src/purchasing/dto/orders.dto';
import type { DraftFromNeedsResponse } from '../src/purchasing/dto/draft.dto';
import { brokenInvariants } from './support/invariants';
import {
  CITY_APPROVER,
  SECOND_MANAGER,
  aCreditCode,
  aDraft,
  aFramework,
  aSentOrder,
  aSupplier,
  anOrder,
  decide,
  done,
  get,
  post,
  receive,
  step,
  terms,
} from './support/purchases';
import { reverse } from './support/site-work';
import {
  APPROVER,
  AUDITOR,
  KEEPER,
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

const emergency = async (overrides: Record<string, unknown> = {}): Promise<string> =>
  aDraft(service, depot, {
    ...{ kind: 'emergency', supplierId: await aSupplier(service), reason: '水漫路断，库存不足' },
    ...{ lines: [{ itemCode: TENT, quantityBase: 100, unitPriceFen: 20_000 }], ...overrides },
  });
const orderEvents = async (orderId: string) =>
  (await service.published(PurchaseOrderApproved)).filter((event) => event.orderId === orderId);

describe('the register of suppliers', () => {
  it('takes a credit code only with its check digit, and each one once', async () => {
    const creditCode = aCreditCode();
    const wrong = creditCode.slice(0, 17) + (creditCode.endsWith('1') ? '2' : '1');
    const request = { name: '甲', creditCode, contactName: '王小明', contactPhone: '13903500000' };
    const before = await ledgerCounts(service);
    expect((await post(service, 'purchasing/suppliers', { ...request, creditCode: wrong })).body).toMatchObject({
      code: 'SUPPLIES_CREDIT_CODE_INVALID',
      errors: [expect.objectContaining({ pointer: '/creditCode' })],
    });
    expect(await ledgerCounts(service)).toEqual(before);
    expect((await post(service, 'purchasing/suppliers', request)).status).toBe(201);
    expect((await post(service, 'purchasing/suppliers', request)).body).toMatchObject({
      code: 'SUPPLIES_SUPPLIER_EXISTS',
    });
  });

  it('masks contacts for those who do not deal with the supplier', async () => {
    const supplierId = await aSupplier(service, { contactName: '欧阳某', contactPhone: '13903501234' });
    const seenBy = async (as: typeof KEEPER) =>
      (await get<SupplierResponse>(service, `purchasing/suppliers/${supplierId}`, as)).body;
    for (const need of [STOCK_MANAGER, APPROVER, { ...STOCK_MANAGER, regionCode: '1409' }]) {
      expect(await seenBy(need)).toMatchObject({ contactName: '欧阳某', contactPhone: '13903501234' });
    }
    for (const other of [KEEPER, AUDITOR, { ...STOCK_MANAGER, regionCode: '140930101' }]) {
      expect(await seenBy(other)).toMatchObject({ contactName: '欧**', contactPhone: '*********34' });
    }
    const list = await get<SuppliersResponse>(
      service,
      'purchasing/suppliers?search=%E6%B2%B3%E6%9B%B2&limit=200',
      KEEPER,
    );
    expect(JSON.stringify(list.body)).not.toContain('13903501234');
    expect(await seenBy({ ...STOCK_MANAGER, regionCode: '140931' })).toMatchObject({
      code: 'SUPPLIES_SUPPLIER_NOT_FOUND',
    });
  });

  it('gives a suspended supplier no ordinary order', async () => {
    const { supplierId, frameworkId } = await aFramework(service);
    const state = { state: 'suspended', reason: '质量问题' };
    expect((await post(service, `purchasing/suppliers/${supplierId}/state`, state)).status).toBe(200);
    const order = { kind: 'ordinary', depotId: depot.id, frameworkId, lines: [{ itemCode: TENT, quantityBase: 1 }] };
    expect((await post(service, 'purchasing/orders', order)).body).toMatchObject({
      code: 'SUPPLIES_SUPPLIER_SUSPENDED',
    });
    const foreign = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await post(service, `purchasing/suppliers/${supplierId}/state`, state, foreign)).body).toMatchObject({
      code: 'SUPPLIES_SUPPLIER_NOT_FOUND',
    });
  });
});

describe('a framework agreement', () => {
  it('is refused with contradictions, foreign regions, unknown items and a number that is taken', async () => {
    const supplierId = await aSupplier(service);
    const good = terms(supplierId);
    const before = await ledgerCounts(service);
    for (const [request, code] of [
      [terms(supplierId, { validUntil: '2025-01-01' }), 'REQUEST_INVALID'],
      [terms(supplierId, {}, { minimumBase: 10, maximumBase: 5 }), 'REQUEST_INVALID'],
      [{ ...good, items: [good.items[0], good.items[0]] }, 'REQUEST_INVALID'],
      [terms(supplierId, { regionCodes: ['140931'] }), 'AUTH_REGION_OUT_OF_SCOPE'],
      [terms(supplierId, {}, { itemCode: 'XXX-999' }), 'SUPPLIES_ITEM_UNKNOWN'],
      [terms(randomUUID()), 'SUPPLIES_SUPPLIER_NOT_FOUND'],
    ] as const) {
      expect((await post(service, 'purchasing/frameworks', request)).body).toMatchObject({ code });
    }
    expect(await ledgerCounts(service)).toEqual(before);
    expect((await post(service, 'purchasing/frameworks', good)).status).toBe(201);
    expect((await post(service, 'purchasing/frameworks', good)).body).toMatchObject({
      code: 'SUPPLIES_FRAMEWORK_EXISTS',
    });
  });

  it('shows what is called so far, to the regions it serves as well', async () => {
    const { frameworkId } = await aFramework(service, {}, { maximumBase: 300 });
    await aSentOrder(service, depot, frameworkId, 120);
    for (const as of [STOCK_MANAGER, { ...KEEPER, regionCode: '140930101' }]) {
      const { body } = await get<FrameworkResponse>(service, `purchasing/frameworks/${frameworkId}`, as);
      expect(body.items).toMatchObject([{ itemCode: TENT, maximumBase: 300, calledBase: 120 }]);
    }
    const foreign = await get(service, `purchasing/frameworks/${frameworkId}`, { ...KEEPER, regionCode: '140931' });
    expect(foreign.body).toMatchObject({ code: 'SUPPLIES_FRAMEWORK_NOT_FOUND' });
  });

  it('is not ordered from any more once it is ended', async () => {
    const { frameworkId } = await aFramework(service);
    const orderId = await aDraft(service, depot, { frameworkId });
    expect((await post(service, `purchasing/frameworks/${frameworkId}/end`, { reason: '违约' })).status).toBe(200);
    expect((await step(service, orderId, 'submission')).body).toMatchObject({
      code: 'SUPPLIES_FRAMEWORK_NOT_APPLICABLE',
    });
    expect((await post(service, `purchasing/frameworks/${frameworkId}/end`, { reason: '违约' })).body).toMatchObject({
      code: 'SUPPLIES_FRAMEWORK_ENDED',
    });
  });

  it('is never called above its maximum, however many orders are handed in at once', async () => {
    const { frameworkId } = await aFramework(service, {}, { maximumBase: 250 });
    const drafts = await Promise.all(Array.from({ length: 5 }, () => aDraft(service, depot, { frameworkId })));
    const answers = await Promise.all(drafts.map((orderId) => step(service, orderId, 'submission')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    for (const { body } of answers.filter(({ status }) => status !== 200)) {
      expect(body).toMatchObject({ code: 'SUPPLIES_FRAMEWORK_EXHAUSTED', facts: { leftBase: 50 } });
    }
  });
});

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

describe('an emergency purchase', () => {
  it('may name any supplier with a reason, goes out at once, and owes its papers', async () => {
    const orderId = await emergency();
    const before = await ledgerCounts(service);
    expect(
      (
        await step(
          service,
          await aDraft(service, depot, { frameworkId: (await aFramework(service)).frameworkId }),
          'submission',
          { actFirst: true },
        )
      ).body,
    ).toMatchObject({
      code: 'SUPPLIES_PURCHASE_NOT_URGENT',
    });
    expect((await ledgerCounts(service)).outbox).toBe(before.outbox);
    const answer = await step(service, orderId, 'submission', { actFirst: true, reason: '人命关天' });
    expect(answer.body).toMatchObject({ state: 'sent', papersDueAt: expect.any(String) as string });
    expect(await orderEvents(orderId)).toMatchObject([{ papers: 'owed', frameworkId: null, kind: 'emergency' }]);
    const debts = await get<ApprovalsResponse>(service, 'approvals?lane=act-first&limit=200', AUDITOR);
    const debt = debts.body.items.find(({ subjectId }) => subjectId === orderId);
    expect(debt).toMatchObject({ state: 'pending', reason: '人命关天', requestedBy: 'Manager', overdue: false });
    const [deadline] = await service.database.query<{ owner: string }>(
      `SELECT owner FROM deadlines WHERE kind = 'papers-due' AND subject_id = $1`,
      [debt?.approvalId],
    );
    expect(deadline.owner).toBe('stock-manager');
  });

  it.each([
    ['no supplier', { supplierId: undefined }, '/supplierId'],
    ['no reason', { reason: undefined }, '/reason'],
    ['no price', { lines: [{ itemCode: TENT, quantityBase: 1 }] }, '/lines/0/unitPriceFen'],
  ])('outside every agreement is refused with %s', async (_what, overrides, pointer) => {
    const supplierId = await aSupplier(service);
    const lines = [{ itemCode: TENT, quantityBase: 1, unitPriceFen: 5 }];
    const order = { kind: 'emergency', depotId: depot.id, supplierId, reason: '急', lines, ...overrides };
    expect((await post(service, 'purchasing/orders', order)).body).toMatchObject({
      ...{ code: 'REQUEST_INVALID', errors: [expect.objectContaining({ pointer })] },
    });
  });

  it('closes its debt by a later signature, also after the goods came, but not by the one who acted', async () => {
    const orderId = await emergency();
    await done(step(service, orderId, 'submission', { actFirst: true }));
    const { lines } = await anOrder(service, orderId);
    await done(receive(service, { orderId, lineId: lines[0].lineId }, 100));
    expect((await decide(service, orderId, 'approve', STOCK_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ state: 'received' });
    expect(await anOrder(service, orderId)).toMatchObject({
      ...{ actedFirst: true, approvals: [{ lane: 'act-first', state: 'approved', paperNumber: 'P-1' }] },
    });
    expect(await orderEvents(orderId)).toHaveLength(1);
  });

  it('that is refused later stops what has not come and keeps what has', async () => {
    const [waiting, partly] = [await emergency(), await emergency()];
    for (const orderId of [waiting, partly]) await done(step(service, orderId, 'submission', { actFirst: true }));
    const { lines } = await anOrder(service, partly);
    await done(receive(service, { orderId: partly, lineId: lines[0].lineId }, 10));
    expect((await decide(service, waiting, 'refuse')).body).toMatchObject({ state: 'cancelled' });
    expect((await decide(service, partly, 'refuse')).body).toMatchObject({ state: 'closed' });
    expect(await anOrder(service, partly)).toMatchObject({
      ...{ endReason: 'a word', approvals: [{ state: 'refused', decisionNote: 'a word' }] },
    });
    expect((await stockOf(service, depot.id)).available).toBe(10);
  });

  it('that is cancelled still owes its papers', async () => {
    const orderId = await emergency();
    await done(step(service, orderId, 'submission', { actFirst: true }));
    await done(step(service, orderId, 'cancellation', { reason: '另有来源' }));
    expect((await anOrder(service, orderId)).approvals).toMatchObject([{ state: 'pending' }]);
    expect((await decide(service, orderId, 'approve')).body).toMatchObject({ state: 'cancelled' });
  });

  it('whose papers are overdue is called out, and again, until somebody signs', async () => {
    const orderId = await emergency();
    await done(step(service, orderId, 'submission', { actFirst: true }));
    const ordinary = await aDraft(service, depot, { frameworkId: (await aFramework(service)).frameworkId });
    await done(step(service, ordinary, 'submission'));
    const warnings = async () =>
      (await service.published(PurchasePapersOverdue)).filter(({ subjectId }) =>
        [orderId, ordinary].includes(subjectId),
      );
    for (const warning of [1, 2]) {
      await letTimePass([orderId, ordinary]);
      await waitFor(`warning ${warning}`, async () => (await warnings()).length >= warning);
      const [{ overdue_at: late }] = await service.database.query<{ overdue_at: Date | null }>(
        'SELECT overdue_at FROM approvals WHERE subject_id = $1',
        [ordinary],
      );
      expect(late).not.toBeNull();
    }
    expect(await warnings()).toMatchObject([
      { subjectId: orderId, kind: 'purchase', owner: 'stock-manager', actedBy: 'Manager', warning: 1 },
      { subjectId: orderId, warning: 2 },
    ]);
    const debts = await get<ApprovalsResponse>(service, 'approvals?lane=act-first&overdue=true&limit=200', AUDITOR);
    expect(debts.body.items.map(({ subjectId }) => subjectId)).toContain(orderId);
    await done(decide(service, orderId, 'approve'));
    const left = await service.database.query(
      `SELECT 1 FROM deadlines WHERE subject_id IN (SELECT id FROM approvals WHERE subject_id = $1)`,
      [orderId],
    );
    expect(left).toEqual([]);
  });

  /** Moves the deadlines of orders, as time would, and waits until the sweeper has seen them. */
  async function letTimePass(orderIds: readonly string[]): Promise<void> {
    const moved = await service.database.query<{ subject_id: string }>(
      `UPDATE deadlines SET due_at = now() - interval '1 second'
       WHERE subject_id IN (SELECT id FROM approvals WHERE subject_id = ANY($1)) RETURNING subject_id`,
      [orderIds],
    );
    await service.database.query(
      `UPDATE approvals SET due_at = now() - interval '1 second' WHERE subject_id = ANY($1)`,
      [orderIds],
    );
    expect(moved).toHaveLength(orderIds.length);
    await waitFor('the sweeper', async () => {
      const due = await service.database.query(
        'SELECT 1 FROM deadlines WHERE due_at <= now() AND subject_id = ANY($1)',
        [moved.map((row) => row.subject_id)],
      );
      return due.length === 0;
    });
  }
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

describe('the lead time record of a supplier', () => {
  it('sets what was promised against what was taken, and finds orders that are late', async () => {
    const { supplierId, frameworkId } = await aFramework(service);
    const [punctual, slow, missing] = [
      await aSentOrder(service, depot, frameworkId, 1),
      await aSentOrder(service, depot, frameworkId, 1),
      await aSentOrder(service, depot, frameworkId, 1),
    ];
    for (const sent of [punctual, slow]) await done(receive(service, sent, 1));
    await moveDays(punctual.orderId, 4, 5);
    await moveDays(slow.orderId, 12, 5);
    await moveDays(missing.orderId, 30, 5);
    const { body } = await get<LeadTimeResponse>(service, `purchasing/suppliers/${supplierId}/lead-times`, KEEPER);
    expect(body).toMatchObject({
      ...{ completed: 2, late: 2, latePermille: 667, medianDays: 12, medianPromisedDays: 5, longestDays: 12 },
    });
    const late = await get<OrdersResponse>(service, `purchasing/orders?late=true&supplierId=${supplierId}`);
    expect(late.body.items.map(({ orderId }) => orderId)).toEqual([missing.orderId]);
  });

  /** The order was sent so many days ago, with such a promise. */
  const moveDays = (orderId: string, daysAgo: number, promisedDays: number) =>
    service.database.query(
      `UPDATE purchase_orders SET sent_at = now() - $2 * interval '1 day',
              promised_by = (now() AT TIME ZONE 'Asia/Shanghai')::date - $2::integer + $3::integer WHERE id = $1`,
      [orderId, daysAgo, promisedDays],
    );
});

describe('drafts from needs', () => {
  const need = (quantityBase: number, overrides: Record<string, unknown> = {}) => ({
    ...{ itemCode: TENT, quantityBase, depotId: depot.id, reason: '低于储备标准' },
    ...overrides,
  });

  it('choose agreements with reasons, split at a maximum, and report what nobody covers', async () => {
    const place = await aDepot(service, { regionCode: '140930103' });
    const only = { regionCodes: ['140930103'] };
    const cheap = await aFramework(service, only, { unitPriceFen: 100, maximumBase: 60 });
    const dear = await aFramework(service, only, { unitPriceFen: 2_400, packBase: 12 });
    const needs = [need(100, { depotId: place.id }), need(5, { depotId: place.id, itemCode: RICE })];
    const answer = await post<DraftFromNeedsResponse>(service, 'purchasing/drafts', { needs });
    expect(answer.status).toBe(201);
    expect(answer.body.orders).toMatchObject([
      {
        frameworkId: cheap.frameworkId,
        amountFen: 6_000,
        lines: [{ quantityBase: 60, neededBase: 100, need: '低于储备标准' }],
      },
      { frameworkId: dear.frameworkId, amountFen: 9_600, lines: [{ quantityBase: 48, packBase: 12 }] },
    ]);
    expect(answer.body.orders[1].lines[0].reasoning).toContain('8 more than needed');
    expect(answer.body.unmet).toMatchObject([{ itemCode: RICE, quantityBase: 5, why: 'no-framework' }]);
    const [{ orderId }] = answer.body.orders;
    expect(await anOrder(service, orderId)).toMatchObject({
      state: 'draft',
      lines: [{ reasoning: expect.any(String) as string }],
    });
    expect((await step(service, orderId, 'submission')).status).toBe(200);
  });

  it('are made for nobody else’s depot, and ask an advance purchase for its season', async () => {
    const foreign = await aDepot(service, { regionCode: '140931' });
    const before = await ledgerCounts(service);
    expect(
      (await post(service, 'purchasing/drafts', { needs: [need(1, { depotId: foreign.id })] })).body,
    ).toMatchObject({
      code: 'SUPPLIES_DEPOT_NOT_FOUND',
    });
    expect((await post(service, 'purchasing/drafts', { kind: 'advance', needs: [need(1)] })).body).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });
});
