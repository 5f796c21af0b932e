import { randomUUID } from 'node:crypto';
import { HEQU, type TestCaller, type TestService } from '@ledger/testing';
import type { CallsResponse } from '../src/reserves/dto/call.dto';
import { brokenInvariants } from './support/invariants';
import {
  ENTERPRISE_KEEPER,
  ReserveDesk,
  aPlant,
  anAgreement,
  anEnterpriseReserve,
  inHours,
  toDepot,
} from './support/reserves';
import {
  APPROVER,
  AUDITOR,
  DISPATCHER,
  KEEPER,
  STOCK_MANAGER,
  TENT,
  stockOf,
  aDepot,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let desk: ReserveDesk;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
  depot = await aDepot(service);
});
afterAll(() => service.stop());
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a call', () => {
  it('goes its way from the telephone to the shelf, and every step is told', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const callId = await desk.call(contractId, toDepot(depot, 200, { useOrder: '动令7' }));
    expect(await desk.callableOf(contractId)).toBe(300);
    expect((await desk.answer(callId, { accepted: true, promisedBy: inHours(10) })).body.state).toBe('confirmed');
    expect((await desk.depart(callId)).body.state).toBe('delivering');
    const before = await stockOf(service, depot.id);
    expect((await desk.receive(callId, depot.id, 120)).body).toMatchObject({ state: 'delivering', openBase: 80 });
    expect((await desk.receive(callId, depot.id, 80)).body).toMatchObject({ state: 'received', openBase: 0 });
    expect((await stockOf(service, depot.id)).available).toBe(before.available + 200);
    expect(await desk.told(callId)).toEqual([
      ['call-placed', 'called'],
      ['call-accepted', 'confirmed'],
      ['call-departed', 'delivering'],
      ['call-received', 'delivering'],
      ['call-received', 'received'],
    ]);
    const call = await desk.readCall(callId);
    expect(call).toMatchObject({ receivedBase: 200, openBase: 0, useOrder: '动令7', placedBy: 'Dispatcher' });
    expect(call.receipts.map(({ quantityBase, reversed }) => [quantityBase, reversed])).toEqual([
      [120, false],
      [80, false],
    ]);
    expect(await desk.callDeadline(callId)).toBeUndefined();
  });

  it.each([
    ['agreement', anAgreement()],
    ['enterprise', anEnterpriseReserve()],
    ['capacity', aPlant()],
  ])('of %s reserve comes in by an ordinary receipt that says so', async (mode, terms) => {
    const callId = await desk.call(await desk.contract(terms), toDepot(depot, 10));
    const { receipt } = (await desk.receive(callId, depot.id, 10)).body;
    const [lot] = await service.database.query<{ origin: string; kind: string; from_account: string }>(
      `SELECT lot.origin, movement.kind, posting.from_account FROM postings AS posting
       JOIN movements AS movement ON movement.id = posting.movement_id JOIN lots AS lot ON lot.id = posting.lot_id
       WHERE movement.id = $1`,
      [receipt.movementId],
    );
    expect(lot).toEqual({ origin: mode, kind: 'receipt', from_account: 'supplier' });
  });

  it('to a region of a site names the depot when it comes, and may come before anybody answered', async () => {
    const callId = await desk.call(await desk.contract(anAgreement()), { destinationRegionCode: '140930101' });
    expect(
      (await desk.post(`reserve-calls/${callId}/receipts`, { lines: [{ batchNumber: 'B', quantityBase: 1 }] }, KEEPER))
        .body,
    ).toMatchObject({ code: 'REQUEST_INVALID', errors: [expect.objectContaining({ pointer: '/depotId' })] });
    const point = await aDepot(service, { regionCode: '140930101' });
    const township = { ...KEEPER, regionCode: '140930101' };
    expect((await desk.receive(callId, point.id, 100, township)).body).toMatchObject({ state: 'received' });
  });

  it('is promised for the hour of its contract, and has a deadline then', async () => {
    const answered = await desk.place(await desk.contract(anAgreement()));
    const hours = (Date.parse(answered.body.neededBy) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    expect(await desk.callDeadline(answered.body.callId)).toEqual({
      kind: 'reserve-call-late',
      owner: 'stock-manager',
      hours: 24,
    });
  });

  it.each([
    ['earlier than the contract says', anAgreement(), { neededBy: inHours(20) }, 'SUPPLIES_RESERVE_TOO_LATE'],
    ['of more than the contract has', anAgreement(), { quantityBase: 501 }, 'SUPPLIES_RESERVE_EXHAUSTED'],
    ['of what an enterprise has to keep', anEnterpriseReserve(), { quantityBase: 501 }, 'SUPPLIES_RESERVE_EXHAUSTED'],
    [
      'of more than a plant makes by then',
      aPlant(),
      { quantityBase: 401, neededBy: inHours(49) },
      'SUPPLIES_RESERVE_TOO_LATE',
    ],
    ['of a draft', anAgreement({ activate: false }), {}, 'SUPPLIES_RESERVE_NOT_COUNTED'],
    ['of what is only declared', anAgreement({ mode: 'social' }), {}, 'SUPPLIES_RESERVE_NOT_COUNTED'],
    [
      'to a region it does not serve',
      anAgreement(),
      { destinationRegionCode: '140931' },
      'SUPPLIES_RESERVE_REGION_NOT_SERVED',
    ],
    ['to nowhere', anAgreement(), { destinationRegionCode: undefined }, 'REQUEST_INVALID'],
    ['below the minimum without a use order', anEnterpriseReserve(), { breakMinimum: true }, 'REQUEST_INVALID'],
    [
      'to a depot nobody knows',
      anAgreement(),
      { destinationRegionCode: undefined, destinationDepotId: randomUUID() },
      'SUPPLIES_DEPOT_NOT_FOUND',
    ],
    ['of nothing', anAgreement(), { quantityBase: 0 }, 'REQUEST_INVALID'],
    ['without a reason', anAgreement(), { reason: '' }, 'REQUEST_INVALID'],
  ])('%s is refused and leaves no trace', async (_what, terms, body, code) => {
    const contractId = await desk.contract(terms);
    const before = await desk.counts();
    expect((await desk.place(contractId, body)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('of a contract with a stale figure is refused until somebody telephones', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    await desk.letDaysPass(contractId, 34);
    const refused = await desk.place(contractId);
    expect(refused.body).toMatchObject({
      code: 'SUPPLIES_RESERVE_NOT_COUNTED',
      facts: { code: 'confirmation-overdue' },
    });
    await desk.confirm(contractId, { stockBase: 500, confirmedBy: '赵会计' }, DISPATCHER);
    expect((await desk.place(contractId)).status).toBe(201);
  });

  it.each([
    ['a keeper', KEEPER, 'AUTH_ROLE_MISSING'],
    ['an approver', APPROVER, 'AUTH_ROLE_MISSING'],
    ['an auditor', AUDITOR, 'AUTH_ROLE_MISSING'],
    ['a neighbour', { ...DISPATCHER, regionCode: '140931' }, 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND'],
    ['a township it serves', { ...DISPATCHER, regionCode: '140930101' }, 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND'],
    ['the enterprise', { ...ENTERPRISE_KEEPER, roles: ['stock-manager'] }, 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND'],
  ] as [string, TestCaller, string][])('is not placed by %s', async (_who, as, code) => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const before = await desk.counts();
    expect((await desk.place(contractId, {}, as)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('asked for twice with one key is placed once', async () => {
    const contractId = await desk.contract(anAgreement());
    const body = { quantityBase: 100, destinationRegionCode: HEQU, reason: '演练' };
    const path = `/api/v1/supplies/reserve-contracts/${contractId}/calls`;
    const send = () => service.request('POST', path, { as: DISPATCHER, body, key: `call-${contractId}` });
    const [one, other] = await Promise.all([send(), send()]);
    expect(one.body).toEqual(other.body);
    expect(await desk.callableOf(contractId)).toBe(400);
    expect((await service.request('POST', path, { as: DISPATCHER, body, key: null })).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REQUIRED',
    });
  });
});

describe('the last pieces', () => {
  it('go to one of two callers who ask at the same instant', async () => {
    const contractId = await desk.contract(anAgreement());
    const answers = await Promise.all([
      desk.place(contractId, { quantityBase: 300 }),
      desk.place(contractId, { quantityBase: 300 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'SUPPLIES_RESERVE_EXHAUSTED',
      facts: { callableBase: 200 },
    });
    expect(await desk.read(contractId)).toMatchObject({ calledBase: 300, callableBase: 200 });
  });

  it('are called as often as there are of them by twelve callers, and not once more', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const answers = await Promise.all(Array.from({ length: 12 }, () => desk.place(contractId, { quantityBase: 70 })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    expect(await desk.read(contractId)).toMatchObject({ calledBase: 490, callableBase: 10 });
  });

  it('of a call are received once by two keepers at the same gate', async () => {
    const callId = await desk.call(await desk.contract(anAgreement()), toDepot(depot, 100));
    const before = await stockOf(service, depot.id);
    const answers = await Promise.all([desk.receive(callId, depot.id, 60), desk.receive(callId, depot.id, 60)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await stockOf(service, depot.id)).available).toBe(before.available + 60);
  });

  it('are cancelled or received, not both', async () => {
    const contractId = await desk.contract(anAgreement());
    const callId = await desk.call(contractId, toDepot(depot, 100));
    const answers = await Promise.all([desk.receive(callId, depot.id, 100), desk.cancel(callId)]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    const { receivedBase, releasedBase } = await desk.readCall(callId);
    expect([receivedBase, releasedBase].sort()).toEqual([0, 100]);
  });
});

describe('the enterprise', () => {
  it('declines, with a reason, and all goes back to the contract', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const callId = await desk.call(contractId, { quantityBase: 400 });
    expect((await desk.answer(callId, { accepted: false })).body.code).toBe('REQUEST_INVALID');
    expect((await desk.answer(callId, { accepted: false, reason: '车坏了' })).body.state).toBe('declined');
    expect(await desk.callableOf(contractId)).toBe(500);
    expect(await desk.readCall(callId)).toMatchObject({ releasedBase: 400, openBase: 0 });
  });

  it('gives a part, and the rest goes back to the contract at once', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const callId = await desk.call(contractId, toDepot(depot, 400));
    expect((await desk.answer(callId, { accepted: true, quantityBase: 150 })).body.code).toBe('REQUEST_INVALID');
    expect((await desk.answer(callId, { accepted: true, quantityBase: 401, reason: '多给' })).body.code).toBe(
      'SUPPLIES_RESERVE_CALL_EXCEEDED',
    );
    await desk.answer(callId, { accepted: true, quantityBase: 150, reason: '只有这些' });
    expect(await desk.callableOf(contractId)).toBe(350);
    expect((await desk.receive(callId, depot.id, 150)).body).toMatchObject({ state: 'received' });
    expect(await desk.readCall(callId)).toMatchObject({ receivedBase: 150, releasedBase: 250 });
  });

  it('answers its own calls only; a keeper of the county does not answer for it, a dispatcher on the telephone does', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const callId = await desk.call(contractId);
    for (const [as, code] of [
      [{ ...ENTERPRISE_KEEPER, organisationId: randomUUID() }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
      [KEEPER, 'AUTH_ROLE_MISSING'],
      [{ ...STOCK_MANAGER, regionCode: '140931' }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
    ] as [TestCaller, string][]) {
      expect((await desk.answer(callId, { accepted: true }, as)).body.code).toBe(code);
      expect((await desk.depart(callId, as)).body.code).toBe(code);
    }
    expect((await desk.answer(callId, { accepted: true }, DISPATCHER)).body.state).toBe('confirmed');
  });

  it('reads its own calls', async () => {
    const callId = await desk.call(await desk.contract(anEnterpriseReserve()));
    expect(await desk.readCall(callId, ENTERPRISE_KEEPER)).toMatchObject({ callId });
    const others = await desk.get<CallsResponse>('reserve-calls', {
      ...ENTERPRISE_KEEPER,
      organisationId: randomUUID(),
    });
    expect(others.body.total).toBe(0);
  });
});

it('calls are listed by state, contract and region, the most urgent first', async () => {
  const contractId = await desk.contract(anAgreement());
  const second = await desk.call(contractId, { neededBy: inHours(48) });
  const first = await desk.call(contractId, { neededBy: inHours(30), destinationRegionCode: '140930101' });
  const list = async (query: string) =>
    (await desk.get<CallsResponse>(`reserve-calls?contractId=${contractId}${query}`)).body.items;
  expect((await list('')).map(({ callId }) => callId)).toEqual([first, second]);
  expect((await list('&state=called&limit=1&offset=1')).map(({ callId }) => callId)).toEqual([second]);
  expect(await list('&state=received')).toEqual([]);
  expect((await list('&region=140930101')).map(({ callId }) => callId)).toEqual([first]);
  expect(await list('')).toEqual([expect.objectContaining({ itemCode: TENT, mode: 'agreement' }), expect.anything()]);
  expect((await desk.get('reserve-calls?late=perhaps')).body.code).toBe('REQUEST_INVALID');
  expect((await desk.get('reserve-calls?region=61')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
});
