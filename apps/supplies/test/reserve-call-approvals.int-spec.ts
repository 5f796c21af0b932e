import { randomUUID } from 'node:crypto';
import { HEQU, waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { CallRulesResponse } from '../src/reserves/dto/call-rule.dto';
import { brokenInvariants } from './support/invariants';
import { ReserveDesk, anAgreement, anEnterpriseReserve, dayFromNow } from './support/reserves';
import { APPROVER, DISPATCHER, STOCK_MANAGER, startSupplies } from './support/world';

let service: TestService;
let desk: ReserveDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a call above the threshold', () => {
  it('waits for an approver, holds its pieces meanwhile, and is laid before the enterprise after that', async () => {
    const contractId = await desk.contract(anAgreement({ quantityBase: 3_000 }));
    const placed = await desk.place(contractId, { quantityBase: 1_000 });
    expect(placed.body).toMatchObject({ state: 'awaiting-approval', approvalReason: '1000 pieces or more' });
    const { callId } = placed.body;
    expect(await desk.callableOf(contractId)).toBe(2_000);
    expect(await desk.callDeadline(callId)).toEqual({ kind: 'reserve-call-approval', owner: 'approver', hours: 12 });
    expect((await desk.answer(callId, { accepted: true }, STOCK_MANAGER)).body.code).toBe(
      'SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN',
    );
    expect((await desk.sign(callId)).body.state).toBe('called');
    expect(await desk.readCall(callId)).toMatchObject({ approvedBy: 'Approver' });
    expect(await desk.callDeadline(callId)).toMatchObject({ kind: 'reserve-call-late' });
  });

  it('by its value waits as well', async () => {
    const contractId = await desk.contract(anAgreement({ unitPriceFen: 100_000 }));
    expect((await desk.place(contractId, { quantityBase: 99 })).body).toMatchObject({
      state: 'called',
      amountFen: 9_900_000,
    });
    expect((await desk.place(contractId, { quantityBase: 100 })).body).toMatchObject({
      state: 'awaiting-approval',
      approvalReason: '10000000 fen or more',
    });
  });

  it('that gives up a minimum waits whatever its size, and only when it does', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const body = { breakMinimum: true, useOrder: '动令9' };
    expect((await desk.place(contractId, { quantityBase: 500, ...body })).body.state).toBe('called');
    const breaking = await desk.place(contractId, { quantityBase: 1, ...body });
    expect(breaking.body).toMatchObject({ state: 'awaiting-approval' });
    expect(await desk.readCall(breaking.body.callId)).toMatchObject({ breaksMinimum: true });
  });

  it('is not signed by who asked for it, by another role, or from elsewhere', async () => {
    const both: TestCaller = { ...DISPATCHER, roles: ['dispatcher', 'approver'] };
    const contractId = await desk.contract(anAgreement({ quantityBase: 3_000 }));
    const callId = await desk.call(contractId, { quantityBase: 1_000 }, both);
    const before = await desk.counts();
    for (const [as, code] of [
      [both, 'SUPPLIES_RESERVE_CALL_OWN'],
      [STOCK_MANAGER, 'AUTH_ROLE_MISSING'],
      [{ ...APPROVER, regionCode: '140931' }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
      [{ ...APPROVER, organisationKind: 'enterprise' }, 'SUPPLIES_RESERVE_CALL_NOT_FOUND'],
    ] as [TestCaller, string][]) {
      if (as.organisationKind === 'enterprise') Object.assign(as, { organisationId: randomUUID() });
      expect((await desk.sign(callId, true, as)).body.code).toBe(code);
    }
    expect(await desk.counts()).toEqual(before);
  });

  it('gives its pieces back when it is refused, and is signed only once', async () => {
    const contractId = await desk.contract(anAgreement({ quantityBase: 3_000 }));
    const refused = await desk.call(contractId, { quantityBase: 1_000 });
    expect((await desk.sign(refused, false)).body.state).toBe('cancelled');
    expect(await desk.callableOf(contractId)).toBe(3_000);
    expect((await desk.sign(refused)).body.code).toBe('SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN');
    expect(await desk.callDeadline(refused)).toBeUndefined();
  });

  it('is not signed any more when the contract has dropped out meanwhile', async () => {
    const contractId = await desk.contract(anAgreement({ quantityBase: 3_000 }));
    const callId = await desk.call(contractId, { quantityBase: 1_000 });
    await desk.post(`reserve-contracts/${contractId}/state`, { change: 'suspend', reason: '停' });
    const before = await desk.counts();
    expect((await desk.sign(callId)).body.code).toBe('SUPPLIES_RESERVE_NOT_COUNTED');
    expect(await desk.counts()).toEqual(before);
  });

  it('that nobody signs in time ends by itself, and its pieces are free again', async () => {
    const contractId = await desk.contract(anAgreement({ quantityBase: 3_000 }));
    const callId = await desk.call(contractId, { quantityBase: 1_000 });
    await desk.makeDue(callId);
    await waitFor('the end of the call', async () => (await desk.readCall(callId)).state === 'cancelled');
    expect(await desk.callableOf(contractId)).toBe(3_000);
    expect((await desk.told(callId)).at(-1)).toEqual(['call-expired', 'cancelled']);
  });

  it('follows the region’s own rule, the nearest and latest one, from its day on', async () => {
    const rules = async () => (await desk.get<CallRulesResponse>('reserve-call-rules?region=140930105')).body;
    expect((await rules()).inForce).toMatchObject({ basis: 'estimate', fromQuantityBase: 1_000 });
    const set = (
      regionCode: string,
      body: Record<string, unknown>,
      as: TestCaller = { ...APPROVER, regionCode: '1409' },
    ) =>
      desk.post(
        'reserve-call-rules',
        { regionCode, validFrom: dayFromNow(0), basis: '晋应急〔2026〕3号', ...body },
        as,
      );
    await set('1409', { fromQuantityBase: 50 });
    await set('140930105', { fromQuantityBase: 20 });
    await set('140930105', { fromQuantityBase: 10, validFrom: dayFromNow(1) });
    expect(await rules()).toMatchObject({ inForce: { fromQuantityBase: 20 }, total: 3 });
    const township = { ...STOCK_MANAGER, regionCode: '140930105' };
    const contractId = await desk.contract(anAgreement({ serves: ['140930105'] }), township);
    const body = { destinationRegionCode: '140930105' };
    expect((await desk.place(contractId, { quantityBase: 20, ...body })).body.state).toBe('awaiting-approval');
    expect((await desk.place(contractId, { quantityBase: 19, ...body })).body.state).toBe('called');
    for (const [regionCode, wrong, code] of [
      ['61', { fromQuantityBase: 1 }, 'AUTH_REGION_OUT_OF_SCOPE'],
      [HEQU, {}, 'REQUEST_INVALID'],
      [HEQU, { fromQuantityBase: 1, validFrom: dayFromNow(-1) }, 'REQUEST_INVALID'],
    ] as const) {
      expect((await set(regionCode, wrong)).body.code).toBe(code);
    }
    expect((await set(HEQU, { fromQuantityBase: 1 }, STOCK_MANAGER)).body.code).toBe('AUTH_ROLE_MISSING');
    await set('1409', { fromQuantityBase: 1_000 });
  });
});
