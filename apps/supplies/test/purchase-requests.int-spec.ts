import { randomUUID } from 'node:crypto';
import { ROLES, mayDo, type Action } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import { DONOR, aGift, aStoredDonation, acceptAll, anAcceptedDonation, declare, donationStep } from './support/gifts';
import { aCreditCode, aDraft, aFramework, aSentOrder, aSupplier, done, post, step, terms } from './support/purchases';
import { dayFromNow } from './support/reserves';
import {
  APPROVER,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  aDepot,
  ledgerCounts,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';
import { wrongBodies } from './support/wrong-bodies';

interface Target {
  readonly path: string;
  /** A body that is taken as it is; every wrong one is made from it. */
  readonly body: Readonly<Record<string, unknown>>;
}
interface WriteRoute {
  readonly action: Action;
  readonly as: TestCaller;
  /** Makes what the request is about; called again when a request was taken. */
  readonly target: () => Promise<Target>;
}

let service: TestService;
let depot: TestDepot;
let frameworkId: string;
let supplierId: string;

beforeAll(async () => {
  service = await startSupplies();
  depot = await aDepot(service);
  ({ frameworkId, supplierId } = await aFramework(service));
});
afterAll(() => service.stop());

const line = { itemCode: TENT, quantityBase: 10 };
const on = (orderId: string, name: string, body: Target['body']): Target => ({
  path: `purchasing/orders/${orderId}/${name}`,
  body,
});
const ofGift = (donationId: string, name: string, body: Target['body']): Target => ({
  path: `donations/${donationId}/${name}`,
  body,
});
const manager = { as: STOCK_MANAGER };

const ROUTES: Readonly<Record<string, WriteRoute>> = {
  supplier: {
    ...{ ...manager, action: 'supplier.manage' },
    target: async () => {
      const licence = { licenceNumber: 'L-1', licenceValidUntil: '2099-01-01' };
      const contact = { contactName: '王小明', contactPhone: '13903500000' };
      return { path: 'purchasing/suppliers', body: { name: '甲', creditCode: aCreditCode(), ...licence, ...contact } };
    },
  },
  'supplier state': {
    ...{ ...manager, action: 'supplier.manage' },
    target: async () => ({
      path: `purchasing/suppliers/${await aSupplier(service)}/state`,
      body: { state: 'suspended', reason: 'a reason' },
    }),
  },
  framework: {
    ...{ ...manager, action: 'supplier.manage' },
    target: async () => ({ path: 'purchasing/frameworks', body: terms(supplierId, {}, { maximumBase: 500 }) }),
  },
  'approval rule': {
    ...{ as: APPROVER, action: 'approval-rule.set' },
    target: async () => ({
      path: 'approvals/rules',
      body: {
        ...{ kind: 'donation', regionCode: '140930199', validFrom: dayFromNow(1), answerHours: 24, papersHours: 12 },
        ...{ steps: [{ fromFen: 0, signatory: 'approver' }], basis: 'estimate', source: 'a source' },
      },
    }),
  },
  draft: {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () => ({
      path: 'purchasing/orders',
      body: {
        ...{
          kind: 'advance',
          depotId: depot.id,
          frameworkId,
          neededBy: '2099-01-01',
          season: '汛期',
          reason: 'a reason',
        },
        lines: [line],
      },
    }),
  },
  'emergency draft': {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () => ({
      path: 'purchasing/orders',
      body: {
        ...{ kind: 'emergency', depotId: depot.id, supplierId, reason: 'a reason' },
        lines: [{ ...line, unitPriceFen: 100, packBase: 1 }],
      },
    }),
  },
  'drafts from needs': {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () => ({
      path: 'purchasing/drafts',
      body: {
        ...{ kind: 'advance', season: '汛期' },
        needs: [{ ...line, depotId: depot.id, neededBy: '2099-01-01', reason: 'a reason' }],
      },
    }),
  },
  revision: {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () => on(await aDraft(service, depot, { frameworkId }), 'revision', { lines: [line] }),
  },
  submission: {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () =>
      on(await aDraft(service, depot, { kind: 'emergency', frameworkId }), 'submission', {
        ...{ actFirst: true, reason: 'a reason', promisedBy: '2099-01-01' },
      }),
  },
  decision: {
    ...{ as: APPROVER, action: 'purchase.approve' },
    target: async () => {
      const orderId = await aDraft(service, depot, { frameworkId }, 10);
      await done(step(service, orderId, 'submission'));
      return on(orderId, 'decision', { decision: 'refuse', paperNumber: 'P-1', note: 'a note' });
    },
  },
  receipt: {
    ...{ as: KEEPER, action: 'purchase.receive' },
    target: async () => {
      const { orderId, lineId } = await aSentOrder(service, depot, frameworkId);
      const batch = { batchNumber: randomUUID(), productionDate: '2026-01-01', expiryDate: '2099-01-01' };
      return on(orderId, 'receipts', { lines: [{ lineId, ...batch, quantityBase: 1 }], note: 'a note' });
    },
  },
  'demand rate': {
    ...{ ...manager, action: 'demand-rate.set' },
    target: async () => ({
      path: 'purchasing/demand-rates',
      body: {
        ...{ itemCode: TENT, validFrom: dayFromNow(1), oncePerThousandBase: 250, dailyPerThousandBase: 0 },
        ...{ basis: 'estimate', source: 'a source' },
      },
    }),
  },
  'pre-assessment': {
    ...{ ...manager, action: 'purchase.draft' },
    target: async () => ({
      path: 'purchasing/pre-assessments',
      body: {
        ...{
          title: 'a title',
          regionCode: '140930',
          depotId: depot.id,
          season: '汛期',
          neededBy: dayFromNow(30),
          days: 3,
        },
        ...{ people: [{ regionCode: '140930101', people: 100 }], itemCodes: [TENT], lines: [line] },
      },
    }),
  },
  donation: {
    ...{ as: KEEPER, action: 'donation.record' },
    target: async () => ({
      path: 'donations',
      body: aGift(depot, { donor: DONOR, purpose: { kind: 'region', regionCode: '140930' }, moneyFen: 100 }),
    }),
  },
  inspection: {
    ...{ as: KEEPER, action: 'donation.record' },
    target: async () => {
      const donation = await done(declare(service, aGift(depot)));
      const refused = [{ lineId: donation.lines[0].lineId, accept: false, refusalReason: 'unsafe', note: 'a note' }];
      return ofGift(donation.donationId, 'inspection', { lines: refused, actFirst: true, reason: 'a reason' });
    },
  },
  'donation decision': {
    ...{ as: APPROVER, action: 'donation.approve' },
    target: async () => {
      const donation = await done(declare(service, aGift(depot)));
      await done(donationStep(service, donation.donationId, 'inspection', acceptAll(donation)));
      return ofGift(donation.donationId, 'decision', { decision: 'refuse', paperNumber: 'P-1', note: 'a note' });
    },
  },
  'donation receipt': {
    ...{ as: KEEPER, action: 'donation.record' },
    target: async () => {
      const { donationId, lines } = await anAcceptedDonation(service, aGift(depot));
      const batch = { batchNumber: 'B-1', productionDate: '2026-01-01', expiryDate: '2099-01-01' };
      return ofGift(donationId, 'receipts', {
        lines: [{ lineId: lines[0].lineId, quantityBase: 1, ...batch }],
        note: 'x',
      });
    },
  },
  'donation allocation': {
    ...{ as: STOCK_MANAGER, action: 'donation.allocate' },
    target: async () => {
      const { donationId, lines } = await aStoredDonation(service, aGift(depot));
      return ofGift(donationId, 'allocations', {
        ...{ lineId: lines[0].lineId, quantityBase: 1, regionCode: '140930101', incidentId: randomUUID() },
        ...{ group: 'children', receiver: 'a school', depotId: depot.id },
      });
    },
  },
  'purpose lift': {
    ...{ as: APPROVER, action: 'donation-purpose.lift' },
    target: async () => {
      const gift = aGift(depot, { purpose: { kind: 'group', group: 'children' } });
      const { donationId, lines } = await aStoredDonation(service, gift);
      return ofGift(donationId, 'purpose-lifts', { lineId: lines[0].lineId, paperNumber: 'P-1', reason: 'a reason' });
    },
  },
};

const send = (as: TestCaller, path: string, body: unknown) => post<Problem>(service, path, body, as);

describe.each(Object.entries(ROUTES))('the request of a %s', (_name, { action, as, target }) => {
  it('is taken, or refused by a problem document that is no fault of ours, whatever one field holds', async () => {
    let { path, body: good } = await target();
    const surprises: string[] = [];
    for (const { what, body } of wrongBodies(good, [], [null])) {
      const answer = await send(as, path, body);
      const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
      if (answer.status >= 500 || (answer.status >= 400 && !isProblem)) surprises.push(`${what} → ${answer.status}`);
      if (answer.status < 300) ({ path, body: good } = await target());
    }
    expect(surprises).toEqual([]);
    const { path: last, body } = await target();
    expect((await send(as, last, body)).status).toBeLessThan(300);
  });

  it('needs a key and a role of the policy, and leaves no trace without them', async () => {
    const { path, body } = await target();
    const before = await ledgerCounts(service);
    const bare = await service.request<Problem>('POST', `/api/v1/supplies/${path}`, { as, body, key: null });
    expect(bare.body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REQUIRED' });
    for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
      const answer = await send({ ...as, roles: [role] }, path, body);
      expect([role, answer.body.code]).toEqual([role, 'AUTH_ROLE_MISSING']);
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });
});
