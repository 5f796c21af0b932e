import { randomUUID } from 'node:crypto';
import { ROLES, mayDo, type Action } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import {
  APPROVER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  delivered,
  issued,
  ledgerCounts,
  ordered,
  startSupplies,
  type Problem,
  type TestDepot,
} from './support/world';
import { wrongBodies } from './support/wrong-bodies';

interface WriteRoute {
  readonly action: Action;
  readonly as: TestCaller;
  readonly path: string;
  readonly status: number;
  /** A body that is taken as it is; every wrong one is made from it. */
  readonly body: Readonly<Record<string, unknown>>;
}

let service: TestService;
let depot: TestDepot;
let routes: Record<string, WriteRoute>;

beforeAll(async () => {
  service = await startSupplies();
  depot = await aDepot(service);
  const lot = await aLot(service, depot, { quantityBase: 1_000 });
  await aLot(service, depot, { itemCode: RICE, quantityBase: 1_000, expiryDate: '2099-01-01' });
  routes = await writeRoutes(lot);
});
afterAll(() => service.stop());

async function writeRoutes(lotId: string): Promise<Record<string, WriteRoute>> {
  const waiting = await ordered(service, depot, { quantityBase: 10 });
  const settled = await issued(service, depot, { quantityBase: 10 });
  const turned = await issued(service, depot, { quantityBase: 10 });
  const { order } = await delivered(service, depot, { itemCode: RICE, quantityBase: 10 });
  const [receipt] = await service.database.query<{ id: string }>(
    `SELECT id FROM movements WHERE depot_id = $1 AND kind = 'receipt' ORDER BY sequence LIMIT 1`,
    [depot.id],
  );
  const lineOf = (journey: typeof settled) => journey.order.lines[0].lineId;
  const inspection = { usableBase: 1, damagedBase: 1, lostBase: 1 };
  const keeper = { as: KEEPER };
  return {
    receipt: {
      ...keeper,
      action: 'receipt.record',
      path: 'receipts',
      status: 201,
      body: {
        depotId: depot.id,
        origin: 'purchase',
        lines: [
          {
            itemCode: RICE,
            batchNumber: 'R-1',
            productionDate: '2026-01-01',
            expiryDate: '2099-01-01',
            quantityBase: 5,
          },
        ],
        note: 'a note',
      },
    },
    confirmation: {
      ...keeper,
      action: 'issue.confirm',
      path: `issue-orders/${waiting.order.shipmentId}/confirmation`,
      status: 200,
      body: { note: 'a note' },
    },
    override: {
      as: APPROVER,
      action: 'stock.override',
      path: `issue-orders/${waiting.order.shipmentId}/overrides`,
      status: 201,
      body: { lotId, useOrder: 'UO-1', reason: 'a reason' },
    },
    difference: {
      as: STOCK_MANAGER,
      action: 'difference.settle',
      path: `shipments/${settled.order.shipmentId}/differences`,
      status: 201,
      body: { lines: [{ lineId: lineOf(settled), foundBase: 1, lostBase: 1 }], note: 'a note' },
    },
    'take-back': {
      ...keeper,
      action: 'return.record',
      path: `shipments/${turned.order.shipmentId}/take-back`,
      status: 201,
      body: {
        depotId: depot.id,
        lines: [{ lineId: lineOf(turned), ...inspection }],
        returnedAt: '2026-07-01T08:00:00+08:00',
        note: 'a note',
      },
    },
    'hand-out': {
      ...keeper,
      action: 'handout.record',
      path: `sites/${order.site.siteId}/hand-outs`,
      status: 201,
      body: {
        allocationId: order.allocationId,
        lines: [{ lineId: order.lines[0].lineId, quantityBase: 2 }],
        peopleReached: 3,
        handedOutAt: '2026-07-01T08:00:00+08:00',
        note: 'a note',
      },
    },
    return: {
      ...keeper,
      action: 'return.record',
      path: `sites/${order.site.siteId}/returns`,
      status: 201,
      body: {
        allocationId: order.allocationId,
        depotId: depot.id,
        lines: [{ lineId: order.lines[0].lineId, ...inspection }],
        returnedAt: '2026-07-01T08:00:00+08:00',
        note: 'a note',
      },
    },
    reversal: {
      as: STOCK_MANAGER,
      action: 'movement.reverse',
      path: `movements/${receipt.id}/reversal`,
      status: 201,
      body: { reason: 'a reason' },
    },
  };
}

const NAMES = [
  'receipt',
  'confirmation',
  'override',
  'difference',
  'take-back',
  'hand-out',
  'return',
  'reversal',
] as const;

const send = (route: WriteRoute, body: unknown, options: { as?: TestCaller; key?: string | null } = {}) =>
  service.request<Problem>('POST', `/api/v1/supplies/${route.path}`, { as: route.as, body, ...options });

const OPTIONAL = ['note', 'productionDate', 'returnedAt', 'handedOutAt'];

describe.each(NAMES)('POST …/%s', (name) => {
  it('answers every wrong body with a problem document and writes nothing', async () => {
    const route = routes[name];
    const before = await ledgerCounts(service);
    const surprises: string[] = [];
    for (const { what, body } of wrongBodies(route.body, OPTIONAL)) {
      const answer = await send(route, body);
      const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
      const isRefusal = answer.status >= 400 && answer.status < 500 && answer.body.code !== 'INTERNAL_FAULT';
      if (!isProblem || !isRefusal) surprises.push(`${what} → ${answer.status} ${answer.body.code}`);
    }
    expect(surprises).toEqual([]);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it.each([
    ['no body', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'goods'],
    ['a number', 7],
  ])('refuses %s in place of an object', async (_what, body) => {
    // A keeper who has nothing to add may leave the body out.
    if (name === 'confirmation' && body == null) return;
    const before = await ledgerCounts(service);
    const answer = await send(routes[name], body);
    expect([400, 415]).toContain(answer.status);
    expect(answer.body.code).toMatch(/^REQUEST_/);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('asks for an idempotency key', async () => {
    const before = await ledgerCounts(service);
    const answer = await send(routes[name], routes[name].body, { key: null });
    expect(answer.body).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is open to the roles of the policy and to no others', async () => {
    const { action, body } = routes[name];
    const before = await ledgerCounts(service);
    for (const role of ROLES.filter((candidate) => !mayDo([candidate], action))) {
      const answer = await send(routes[name], body, { as: { ...KEEPER, roles: [role] } });
      expect([role, answer.body.code]).toEqual([role, 'AUTH_ROLE_MISSING']);
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it.each([
    ['a neighbour county', '140931'],
    ['a township below', '140930101'],
    ['another province', '61'],
  ])('answers people of %s as if there were nothing', async (_who, regionCode) => {
    const { as, body } = routes[name];
    const before = await ledgerCounts(service);
    const answer = await send(routes[name], body, { as: { ...as, regionCode } });
    const atSite = regionCode === '140930101' && ['difference', 'hand-out'].includes(name);
    if (!atSite) {
      expect(answer.status).toBe(404);
      expect(await ledgerCounts(service)).toEqual(before);
    } else {
      expect(answer.body.code ?? 'taken').not.toMatch(/NOT_FOUND/);
    }
  });

  it('answers 404 for an id nobody knows and 400 for what is no id', async () => {
    const route = routes[name];
    if (name === 'receipt') return;
    const [collection, , verb] = route.path.split('/');
    for (const [id, status] of [
      [randomUUID(), 404],
      ['nonsense', 400],
    ] as const) {
      const answer = await send({ ...route, path: `${collection}/${id}/${verb}` }, route.body);
      expect([id, answer.status]).toEqual([id, status]);
    }
  });
});

it('a depot of another organisation is out of reach for all but the emergency departments', async () => {
  const foreign = await aDepot(service, { organisationId: randomUUID() });
  const body = { ...routes.receipt.body, depotId: foreign.id };
  const water: TestCaller = { ...KEEPER, organisationKind: 'water' };
  expect((await send(routes.receipt, body, { as: water })).body).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND' });
  expect((await send(routes.receipt, body)).status).toBe(201);
});

describe('a receipt', () => {
  const receive = (line: Record<string, unknown>) =>
    send(routes.receipt, {
      depotId: depot.id,
      origin: 'purchase',
      lines: [{ itemCode: TENT, batchNumber: randomUUID(), quantityBase: 1, ...line }],
    });

  it.each([
    ['an item that is not in the catalogue', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN', '/lines/0/itemCode'],
    ['goods made tomorrow', { productionDate: '2199-01-01' }, 'SUPPLIES_DATES_INVALID', '/lines/0/productionDate'],
    [
      'goods that expire before they were made',
      { productionDate: '2026-02-01', expiryDate: '2026-01-01' },
      'SUPPLIES_DATES_INVALID',
      '/lines/0/expiryDate',
    ],
    ['food without a date', { itemCode: RICE }, 'SUPPLIES_DATES_INVALID', '/lines/0/expiryDate'],
    ['a day that does not exist', { expiryDate: '2027-02-29' }, 'REQUEST_INVALID', '/lines/0/expiryDate'],
  ])('of %s is refused', async (_what, line, code, pointer) => {
    const before = await ledgerCounts(service);
    const answer = await receive(line);
    expect(answer.body).toMatchObject({ code, errors: [expect.objectContaining({ pointer })] });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('of a batch that is known with other dates is refused', async () => {
    const batchNumber = randomUUID();
    expect((await receive({ batchNumber, expiryDate: '2099-01-01' })).status).toBe(201);
    const before = await ledgerCounts(service);
    expect((await receive({ batchNumber, expiryDate: '2099-01-02' })).body).toMatchObject({
      code: 'SUPPLIES_LOT_CONFLICT',
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('of goods past their date puts them into quarantine', async () => {
    const answer = await receive({ itemCode: RICE, expiryDate: '2026-01-01' });
    expect(answer.body).toMatchObject({ lots: [expect.objectContaining({ state: 'quarantine' })] });
  });
});

describe('an idempotency key', () => {
  const key = 'test-key-0001';

  it('gives the same request the same answer, once in effect', async () => {
    const body = { ...routes.receipt.body, note: 'first' };
    const first = await send(routes.receipt, body, { key });
    const before = await ledgerCounts(service);
    for (let time = 0; time < 10; time++) {
      const again = await send(routes.receipt, body, { key });
      expect([again.status, again.body]).toEqual([201, first.body]);
    }
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused with other content', async () => {
    const before = await ledgerCounts(service);
    const answer = await send(routes.receipt, { ...routes.receipt.body, note: 'second' }, { key });
    expect(answer.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('stays free after a refusal', async () => {
    const { path } = routes.confirmation;
    const other = { ...routes.confirmation, path: path.replace(/[0-9a-f-]{36}/, randomUUID()) };
    const again = 'test-key-0002';
    expect((await send(other, {}, { key: again })).status).toBe(404);
    expect((await send(other, { note: 'other content' }, { key: again })).status).toBe(404);
  });
});

describe('the bodies these tests are made from', () => {
  it.each(NAMES)('are taken as they are: %s', async (name) => {
    if (name === 'reversal') return;
    const answer = await send(routes[name], routes[name].body);
    expect([answer.status, answer.body.code]).toEqual([routes[name].status, undefined]);
  });
});
