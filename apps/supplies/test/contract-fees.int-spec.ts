import { randomUUID } from 'node:crypto';
import type { TestCaller, TestService } from '@ledger/testing';
import type { FeeTotalsResponse, FeesResponse } from '../src/reserves/dto/fee.dto';
import { ENTERPRISE_KEEPER, ReserveDesk, anAgreement, anEnterpriseReserve, dayFromNow } from './support/reserves';
import { AUDITOR, DISPATCHER, KEEPER, STOCK_MANAGER, startSupplies } from './support/world';

let service: TestService;
let desk: ReserveDesk;
let contractId: string;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  contractId = await desk.contract(anEnterpriseReserve());
});

const aFee = (overrides: Record<string, unknown> = {}) => ({
  kind: 'fee',
  periodFrom: '2026-01-01',
  periodTo: '2026-06-30',
  amountFen: 1_200_000,
  dueOn: dayFromNow(10),
  ...overrides,
});
const record = (overrides: Record<string, unknown> = {}, as?: TestCaller, id = contractId) =>
  desk.post<{ feeId: string }>(`reserve-contracts/${id}/fees`, aFee(overrides), as);
const pay = (feeId: string, body: Record<string, unknown> = {}, as?: TestCaller) =>
  desk.post(`reserve-contract-fees/${feeId}/payment`, { document: '凭证12', ...body }, as);
const list = async (query = '', as?: TestCaller) =>
  (await desk.get<FeesResponse>(`reserve-contract-fees?contractId=${contractId}${query}`, as)).body.items;

describe('a holding fee or subsidy', () => {
  it('is due for a period, and then paid by a voucher, by whom is known', async () => {
    const { feeId } = (await record({ note: '上半年代储费' })).body;
    expect(await list()).toEqual([
      expect.objectContaining({ feeId, state: 'due', amountFen: 1_200_000, overdueDays: 0 }),
    ]);
    expect((await pay(feeId)).body).toMatchObject({ state: 'paid' });
    expect(await list()).toEqual([
      expect.objectContaining({
        state: 'paid',
        paidOn: dayFromNow(0),
        paymentDocument: '凭证12',
        settledBy: 'Manager',
      }),
    ]);
  });

  it('is paid once, by whoever comes first', async () => {
    const { feeId } = (await record()).body;
    const answers = await Promise.all([pay(feeId), pay(feeId), pay(feeId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await pay(feeId)).body.code).toBe('SUPPLIES_CONTRACT_FEE_SETTLED');
  });

  it('is not owed twice for a day: periods of a kind do not overlap, a fee and a subsidy may', async () => {
    await record();
    const before = await desk.counts();
    for (const period of [
      { periodFrom: '2026-06-30', periodTo: '2026-12-31' },
      { periodFrom: '2025-01-01', periodTo: '2026-01-01' },
      { periodFrom: '2026-02-01', periodTo: '2026-02-01' },
    ]) {
      expect((await record(period)).body.code).toBe('SUPPLIES_CONTRACT_FEE_OVERLAPS');
    }
    expect(await desk.counts()).toEqual(before);
    expect((await record({ kind: 'subsidy' })).status).toBe(201);
    expect((await record({ periodFrom: '2026-07-01', periodTo: '2026-12-31' })).status).toBe(201);
    const two = await Promise.all([1, 2].map(() => record({ periodFrom: '2027-01-01', periodTo: '2027-01-31' })));
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('that was written down wrongly is withdrawn, with a reason, and makes room for the right one', async () => {
    const { feeId } = (await record({ amountFen: 12 })).body;
    const withdraw = () => desk.post(`reserve-contract-fees/${feeId}/withdrawal`, { reason: '少写了' });
    expect((await withdraw()).body).toMatchObject({ state: 'withdrawn' });
    expect((await withdraw()).body.code).toBe('SUPPLIES_CONTRACT_FEE_SETTLED');
    expect((await pay(feeId)).body.code).toBe('SUPPLIES_CONTRACT_FEE_SETTLED');
    expect((await record()).status).toBe(201);
    expect((await list('&state=withdrawn')).map(({ withdrawnReason }) => withdrawnReason)).toEqual(['少写了']);
  });

  it.each([
    ['of nothing', { amountFen: 0 }, 'REQUEST_INVALID'],
    ['of half a fen', { amountFen: 0.5 }, 'REQUEST_INVALID'],
    ['that ends before it begins', { periodTo: '2025-12-31' }, 'REQUEST_INVALID'],
    ['of a kind nobody knows', { kind: 'tip' }, 'REQUEST_INVALID'],
    ['for a day that does not exist', { dueOn: '2026-02-30' }, 'REQUEST_INVALID'],
  ])('%s is refused', async (_what, overrides, code) => {
    const before = await desk.counts();
    expect((await record(overrides)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('of a draft, or paid tomorrow, is refused', async () => {
    const draft = await desk.contract(anAgreement({ activate: false }));
    expect((await record({}, STOCK_MANAGER, draft)).body.code).toBe('SUPPLIES_RESERVE_STATE_FORBIDDEN');
    const { feeId } = (await record()).body;
    expect((await pay(feeId, { paidOn: dayFromNow(1) })).body.code).toBe('REQUEST_INVALID');
    expect((await pay(randomUUID())).body.code).toBe('SUPPLIES_CONTRACT_FEE_NOT_FOUND');
  });

  it('is the business of the stock manager of the region, and is read by the enterprise it is owed to', async () => {
    const { feeId } = (await record()).body;
    const before = await desk.counts();
    for (const as of [KEEPER, DISPATCHER, AUDITOR]) {
      expect((await record({ kind: 'subsidy' }, as)).body.code).toBe('AUTH_ROLE_MISSING');
      expect((await pay(feeId, {}, as)).body.code).toBe('AUTH_ROLE_MISSING');
    }
    const neighbour = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await record({ kind: 'subsidy' }, neighbour)).body.code).toBe('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    expect((await pay(feeId, {}, neighbour)).body.code).toBe('SUPPLIES_CONTRACT_FEE_NOT_FOUND');
    expect(await desk.counts()).toEqual(before);
    expect(await list('', neighbour)).toEqual([]);
    expect(await list('', ENTERPRISE_KEEPER)).toHaveLength(1);
    expect(await list('', { ...ENTERPRISE_KEEPER, organisationId: randomUUID() })).toEqual([]);
  });
});

it('what is overdue is late from the day after, and stops being so when it is paid', async () => {
  await record({ dueOn: dayFromNow(0) });
  const { feeId } = (await record({ kind: 'subsidy', dueOn: dayFromNow(-3) })).body;
  const overdue = () => list('&overdue=true');
  expect((await overdue()).map((fee) => [fee.feeId, fee.overdueDays])).toEqual([[feeId, 3]]);
  expect(await list('&overdue=false')).toHaveLength(1);
  await pay(feeId);
  expect(await overdue()).toEqual([]);
  expect((await desk.get('reserve-contract-fees?overdue=maybe')).body.code).toBe('REQUEST_INVALID');
});

it('totals are added up by year, region and kind, and what was withdrawn is not in them', async () => {
  const township = { ...STOCK_MANAGER, regionCode: '140930107' };
  const of = await desk.contract(anEnterpriseReserve({ serves: ['140930107'] }), township);
  const add = (amountFen: number, month: number, dueOn: string, kind = 'fee') =>
    record({ kind, amountFen, dueOn, periodFrom: `2024-0${month}-01`, periodTo: `2024-0${month}-28` }, township, of);
  const paid = (await add(100, 1, '2024-12-31')).body.feeId;
  await add(30, 2, '2024-12-31');
  await add(7, 3, '2025-01-01');
  await add(9, 3, '2024-06-30', 'subsidy');
  const wrong = (await add(1_000, 4, '2024-12-31')).body.feeId;
  await pay(paid, { paidOn: '2025-02-01' }, township);
  await desk.post(`reserve-contract-fees/${wrong}/withdrawal`, { reason: '错' }, township);
  const totals = async (query: string) =>
    (await desk.get<FeeTotalsResponse>(`reserve-contract-fees/totals?region=140930107${query}`)).body.items;
  const row = { regionCode: '140930107', year: 2024 };
  expect(await totals('&year=2024')).toEqual([
    { ...row, kind: 'fee', dueFen: 130, paidFen: 100, overdueFen: 30 },
    { ...row, kind: 'subsidy', dueFen: 9, paidFen: 0, overdueFen: 9 },
  ]);
  expect((await totals('')).map(({ year, dueFen }) => [year, dueFen])).toEqual([
    [2024, 130],
    [2024, 9],
    [2025, 7],
  ]);
  expect((await desk.get('reserve-contract-fees/totals?region=61')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
});
