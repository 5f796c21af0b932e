import { randomUUID } from 'node:crypto';
import { type TestService } from '@ledger/testing';
import type { FrameworkResponse } from '../src/purchasing/dto/framework.dto';
import type { LeadTimeResponse, SupplierResponse, SuppliersResponse } from '../src/purchasing/dto/supplier.dto';
import type { OrdersResponse } from '../src/purchasing/dto/orders.dto';
import type { DraftFromNeedsResponse } from '../src/purchasing/dto/draft.dto';
import { brokenInvariants } from './support/invariants';
import {
  aCreditCode,
  aDraft,
  aFramework,
  aSentOrder,
  aSupplier,
  anOrder,
  done,
  get,
  post,
  receive,
  step,
  terms,
} from './support/purchases';
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
