import { ReserveContractChanged } from '@ledger/contracts';
import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { CallsResponse } from '../src/reserves/dto/call.dto';
import { brokenInvariants } from './support/invariants';
import {
  ENTERPRISE_KEEPER,
  ReserveDesk,
  anAgreement,
  anEnterpriseReserve,
  dayFromNow,
  toDepot,
} from './support/reserves';
import { DISPATCHER, KEEPER, aDepot, startSupplies, type TestDepot } from './support/world';

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

describe('what was called', () => {
  it('stays off the contract once it was delivered, until the contract is renewed', async () => {
    const contractId = await desk.contract(anAgreement());
    const callId = await desk.call(contractId, toDepot(depot, 200));
    await desk.receive(callId, depot.id, 200);
    const open = await desk.call(contractId, { quantityBase: 100 });
    expect(await desk.read(contractId)).toMatchObject({ calledBase: 100, drawnBase: 200, callableBase: 200 });
    const renew = (body: Record<string, unknown>) =>
      desk.post(`reserve-contracts/${contractId}/renewal`, { reason: '续签', ...body });
    expect((await renew({ validTo: dayFromNow(100) })).body.code).toBe('SUPPLIES_RESERVE_TERMS_INVALID');
    expect((await renew({ validTo: dayFromNow(500), quantityBase: 99 })).body.code).toBe(
      'SUPPLIES_RESERVE_QUANTITY_CALLED',
    );
    expect((await renew({ validTo: dayFromNow(500) })).status).toBe(200);
    expect(await desk.read(contractId)).toMatchObject({ term: 2, calledBase: 100, drawnBase: 0, callableBase: 400 });
    await desk.cancel(open);
    expect(await desk.callableOf(contractId)).toBe(500);
  });

  it('is promised anew once delivered, where the contract says so', async () => {
    const contractId = await desk.contract(anAgreement({ restoredBy: 'delivery' }));
    const callId = await desk.call(contractId, toDepot(depot, 200));
    expect(await desk.callableOf(contractId)).toBe(300);
    await desk.receive(callId, depot.id, 150);
    expect(await desk.callableOf(contractId)).toBe(450);
  });

  it('goes back as far as it has not come, when the rest is called off', async () => {
    const contractId = await desk.contract(anAgreement());
    const callId = await desk.call(contractId, toDepot(depot, 200));
    await desk.receive(callId, depot.id, 50);
    expect((await desk.cancel(callId)).body.state).toBe('received');
    expect(await desk.readCall(callId)).toMatchObject({ receivedBase: 50, releasedBase: 150 });
    expect(await desk.callableOf(contractId)).toBe(450);
    expect((await desk.cancel(callId)).body.code).toBe('SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN');
  });

  it.each([
    ['a township it serves', { ...DISPATCHER, regionCode: '140930101' }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
    ['the enterprise', { ...ENTERPRISE_KEEPER, roles: ['dispatcher'] }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
    ['a keeper', KEEPER, 'AUTH_ROLE_MISSING'],
  ] as [string, TestCaller, string][])('is not called off by %s', async (_who, as, code) => {
    const callId = await desk.call(await desk.contract(anEnterpriseReserve()));
    expect((await desk.cancel(callId, as)).body.code).toBe(code);
  });

  it('is announced with what the contract can still give', async () => {
    const contractId = await desk.contract(anAgreement());
    await desk.call(contractId, { quantityBase: 200 });
    const events = (await service.published(ReserveContractChanged)).filter((event) => event.contractId === contractId);
    expect(events.at(-1)).toMatchObject({ change: 'call-placed', calledBase: 200, drawnBase: 0 });
  });
});

describe('a receipt against a call', () => {
  it.each([
    ['of more than is waited for', 101, 'SUPPLIES_RESERVE_CALL_EXCEEDED'],
    ['of nothing', 0, 'REQUEST_INVALID'],
  ])('%s is refused and leaves no trace', async (_what, quantityBase, code) => {
    const callId = await desk.call(await desk.contract(anAgreement()), toDepot(depot, 100));
    const before = await desk.counts();
    expect((await desk.receive(callId, depot.id, quantityBase)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('is refused when nothing is waited for, or where the keeper has no business', async () => {
    const callId = await desk.call(await desk.contract(anAgreement()), toDepot(depot, 100));
    const neighbour = { ...KEEPER, regionCode: '140931' };
    expect((await desk.receive(callId, depot.id, 1, neighbour)).body.code).toBe('SUPPLIES_RESERVE_CALL_NOT_FOUND');
    const township = { ...KEEPER, regionCode: '140930101' };
    expect((await desk.receive(callId, depot.id, 1, township)).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    await desk.cancel(callId);
    expect((await desk.receive(callId, depot.id, 1)).body.code).toBe('SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN');
  });

  it('that is reversed is waited for again, and may come again', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    await desk.confirm(contractId, { stockBase: 800 });
    const callId = await desk.call(contractId, toDepot(depot, 100));
    const { movementId } = (await desk.receive(callId, depot.id, 100)).body.receipt;
    expect(await desk.read(contractId)).toMatchObject({
      calledBase: 0,
      drawnBase: 100,
      confirmation: { takenSinceBase: 100 },
    });
    expect((await desk.post(`movements/${movementId}/reversal`, { reason: '点错了' })).status).toBe(201);
    expect(await desk.read(contractId)).toMatchObject({
      calledBase: 100,
      drawnBase: 0,
      confirmation: { takenSinceBase: 0 },
    });
    const call = await desk.readCall(callId);
    expect(call).toMatchObject({ state: 'delivering', receivedBase: 0, receipts: [{ movementId, reversed: true }] });
    expect(await desk.callDeadline(callId)).toMatchObject({ kind: 'reserve-call-late' });
    expect((await desk.receive(callId, depot.id, 100)).body).toMatchObject({ state: 'received' });
  });

  it('of an earlier term that is reversed does not take from the new term what it had not drawn', async () => {
    const contractId = await desk.contract(anAgreement());
    const callId = await desk.call(contractId, toDepot(depot, 200));
    const { movementId } = (await desk.receive(callId, depot.id, 200)).body.receipt;
    await desk.post(`reserve-contracts/${contractId}/renewal`, { reason: '续签', validTo: dayFromNow(500) });
    await desk.post(`movements/${movementId}/reversal`, { reason: '点错了' });
    expect(await desk.read(contractId)).toMatchObject({ calledBase: 200, drawnBase: 0, callableBase: 300 });
  });

  it('is not reversed when others have called what the delivery had restored', async () => {
    const contractId = await desk.contract(anAgreement({ restoredBy: 'delivery' }));
    const callId = await desk.call(contractId, toDepot(depot, 300));
    const { movementId } = (await desk.receive(callId, depot.id, 300)).body.receipt;
    await desk.call(contractId, { quantityBase: 500 });
    const before = await desk.counts();
    const answered = await desk.post(`movements/${movementId}/reversal`, { reason: '点错了' });
    expect(answered.body.code).toBe('SUPPLIES_RESERVE_EXHAUSTED');
    expect(await desk.counts()).toEqual(before);
  });
});

describe('a call whose goods are not there in time', () => {
  const late = async (query: string) =>
    (await desk.get<CallsResponse>(`reserve-calls?limit=200&${query}`)).body.items.map(({ callId }) => callId);

  it('is late by the clock alone, and escalates from the stock manager to the approver', async () => {
    const callId = await desk.call(await desk.contract(anAgreement()));
    expect(await late('late=false')).toContain(callId);
    await service.database.query(
      `UPDATE reserve_contract_calls SET needed_by = now() - interval '1 hour' WHERE id = $1`,
      [callId],
    );
    expect(await late('late=true')).toContain(callId);
    for (const [escalation, owner] of [
      [1, 'approver'],
      [2, 'approver'],
    ] as const) {
      await desk.makeDue(callId);
      await waitFor(`escalation ${escalation}`, async () => (await desk.readCall(callId)).escalation === escalation);
      expect(await desk.callDeadline(callId)).toEqual({ kind: 'reserve-call-late', owner, hours: 6 });
    }
    await desk.makeDue(callId);
    await waitFor('the last escalation', async () => (await desk.readCall(callId)).escalation === 3);
    expect(await desk.callDeadline(callId)).toBeUndefined();
    expect(await desk.readCall(callId)).toMatchObject({ state: 'called', lateSince: expect.any(String) as string });
    expect((await desk.told(callId)).slice(1)).toEqual(Array(3).fill(['call-late', 'called']));
  });

  it('is not late once it came, even when the deadline was on its way', async () => {
    const callId = await desk.call(await desk.contract(anAgreement()), toDepot(depot, 10));
    await desk.receive(callId, depot.id, 10);
    await service.database.query(
      `INSERT INTO deadlines (kind, subject_id, owner, due_at, payload)
       VALUES ('reserve-call-late', $1, 'stock-manager', now(), '{"realm": "real", "correlationId": "x"}')`,
      [callId],
    );
    await waitFor('the deadline to be taken', async () => (await desk.callDeadline(callId)) === undefined);
    expect(await desk.readCall(callId)).toMatchObject({ escalation: 0, lateSince: null });
  });
});
