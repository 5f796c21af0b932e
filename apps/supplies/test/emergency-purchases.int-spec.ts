import { PurchaseOrderApproved, PurchasePapersOverdue } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { ApprovalsResponse } from '../src/approvals/dto/approval.dto';
import { brokenInvariants } from './support/invariants';
import { aDraft, aFramework, aSupplier, anOrder, decide, done, get, post, receive, step } from './support/purchases';
import {
  AUDITOR,
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
