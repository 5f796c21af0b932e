import { randomUUID } from 'node:crypto';
import { EnterpriseBelowMinimum, ReserveConfirmationDue } from '@ledger/contracts';
import { waitFor, type TestCaller, type TestService } from '@ledger/testing';
import type { ConfirmationsResponse, OverdueConfirmationsResponse } from '../src/reserves/dto/confirmation.dto';
import {
  ENTERPRISE_KEEPER,
  ReserveDesk,
  aPlant,
  anAgreement,
  anEnterpriseReserve,
  dayFromNow,
  inHours,
} from './support/reserves';
import { APPROVER, AUDITOR, DISPATCHER, KEEPER, STOCK_MANAGER, aDepot, startSupplies } from './support/world';

let service: TestService;
let desk: ReserveDesk;

beforeAll(async () => {
  service = await startSupplies();
  desk = new ReserveDesk(service);
});
afterAll(() => service.stop());

const falls = async (contractId: string) =>
  (await service.published(EnterpriseBelowMinimum)).filter((event) => event.contractId === contractId);
const listOf = async (contractId: string) =>
  (await desk.get<ConfirmationsResponse>(`reserve-contracts/${contractId}/confirmations`)).body.items;
const PLANT_FIGURES = { ratePerDay: 150, startUpHours: 12, keyInputs: '涤纶布 30 天', keyInputsLevel: 'sufficient' };

describe('a confirmation', () => {
  it('of the enterprise’s own people is kept word for word, and says when the next one is due', async () => {
    const contractId = await desk.contract(aPlant());
    const answer = await desk.confirm(contractId, { ...PLANT_FIGURES, stockBase: 40, note: '夜班' });
    expect(answer).toMatchObject({
      status: 201,
      body: { counts: true, nextDueOn: dayFromNow(30), belowMinimum: false },
    });
    expect(await listOf(contractId)).toEqual([
      expect.objectContaining({
        ...PLANT_FIGURES,
        stockBase: 40,
        byEnterprise: true,
        confirmedBy: '李厂长',
        note: '夜班',
      }),
    ]);
  });

  it('on the telephone is written down by a stock manager or a dispatcher, with who stood for it', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    for (const as of [STOCK_MANAGER, DISPATCHER]) {
      expect((await desk.confirm(contractId, { stockBase: 700, confirmedBy: '赵会计' }, as)).status).toBe(201);
    }
    const rows = await listOf(contractId);
    expect(rows.map(({ byEnterprise, confirmedBy }) => [byEnterprise, confirmedBy])).toEqual([
      [false, '赵会计'],
      [false, '赵会计'],
    ]);
  });

  it('written down late does not hide a newer one', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    await desk.confirm(contractId, { stockBase: 600 });
    const late = await desk.confirm(contractId, { stockBase: 10, confirmedAt: inHours(-24) });
    expect(late.body).toMatchObject({ counts: false, belowMinimum: false });
    expect((await desk.read(contractId)).confirmation).toMatchObject({ stockBase: 600 });
    expect(await falls(contractId)).toEqual([]);
    expect((await listOf(contractId)).map(({ stockBase }) => stockBase)).toEqual([600, 10]);
  });

  it('reckons with what came in after the moment it speaks of', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const depot = await aDepot(service);
    const callId = await desk.call(contractId, {
      quantityBase: 100,
      destinationRegionCode: undefined,
      destinationDepotId: depot.id,
    });
    await desk.receive(callId, depot.id, 100);
    await desk.confirm(contractId, { stockBase: 650, confirmedAt: inHours(-1) });
    expect(await desk.read(contractId)).toMatchObject({ confirmation: { takenSinceBase: 100 }, callableBase: 250 });
    await desk.confirm(contractId, { stockBase: 550 });
    expect(await desk.read(contractId)).toMatchObject({ confirmation: { takenSinceBase: 0 }, callableBase: 250 });
  });

  it.each([
    ['a plant that names no rate', aPlant(), { stockBase: 5 }, 'REQUEST_INVALID'],
    ['a store that names no stock', anEnterpriseReserve(), { note: '有货' }, 'REQUEST_INVALID'],
    ['a store that names a rate', anEnterpriseReserve(), { stockBase: 5, ratePerDay: 1 }, 'REQUEST_INVALID'],
    ['a stock below nothing', anEnterpriseReserve(), { stockBase: -1 }, 'REQUEST_INVALID'],
    ['half a piece', anEnterpriseReserve(), { stockBase: 0.5 }, 'REQUEST_INVALID'],
    ['tomorrow', anEnterpriseReserve(), { stockBase: 5, confirmedAt: inHours(24) }, 'REQUEST_INVALID'],
    ['a level nobody knows', aPlant(), { ...PLANT_FIGURES, keyInputsLevel: 'fine' }, 'REQUEST_INVALID'],
    ['a draft', anEnterpriseReserve({ activate: false }), { stockBase: 5 }, 'SUPPLIES_RESERVE_STATE_FORBIDDEN'],
  ])('of %s is refused', async (_what, terms, figures, code) => {
    const contractId = await desk.contract(terms);
    const before = await desk.counts();
    expect((await desk.confirm(contractId, figures)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it.each([
    ['a keeper of the county, who does not speak for the enterprise', KEEPER, 'AUTH_ROLE_MISSING'],
    ['an approver', APPROVER, 'AUTH_ROLE_MISSING'],
    ['an auditor', AUDITOR, 'AUTH_ROLE_MISSING'],
    [
      'another enterprise',
      { ...ENTERPRISE_KEEPER, organisationId: randomUUID() },
      'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND',
    ],
    ['a neighbour', { ...STOCK_MANAGER, regionCode: '140931' }, 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND'],
  ] as [string, TestCaller, string][])('of %s is refused', async (_who, as, code) => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const before = await desk.counts();
    expect((await desk.confirm(contractId, { stockBase: 800 }, as)).body.code).toBe(code);
    expect(await desk.counts()).toEqual(before);
  });

  it('is taken from the enterprise wherever it has its seat', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    const away = { ...ENTERPRISE_KEEPER, regionCode: '610822' };
    expect((await desk.confirm(contractId, { stockBase: 800 }, away)).status).toBe(201);
  });
});

describe('what is overdue', () => {
  const overdue = async (query = '', as?: TestCaller) =>
    (await desk.get<OverdueConfirmationsResponse>(`reserve-confirmations/overdue${query}`, as)).body;

  it('is listed from the first day on, the longest first, with whom to telephone', async () => {
    const due = await desk.contract(anEnterpriseReserve({ contactName: '王建国', contactPhone: '13812345678' }));
    const stale = await desk.contract(aPlant());
    const today = await desk.contract(anEnterpriseReserve());
    await desk.letDaysPass(due, 31);
    await desk.letDaysPass(stale, 42);
    await desk.letDaysPass(today, 30);
    const { items } = await overdue();
    expect(items.map(({ contractId, overdueDays, stale: isStale }) => [contractId, overdueDays, isStale])).toEqual([
      [stale, 12, true],
      [due, 1, false],
    ]);
    expect(items[1]).toMatchObject({ contactPhone: '13812345678', dueOn: dayFromNow(-1), lastConfirmedAt: null });
    expect((await overdue('', KEEPER)).items[1]).toMatchObject({ contactPhone: '138****78' });
    expect((await overdue('?limit=1&offset=1')).items.map(({ contractId }) => contractId)).toEqual([due]);
    expect((await overdue('', { ...STOCK_MANAGER, regionCode: '140931' })).total).toBe(0);
    expect((await overdue('', ENTERPRISE_KEEPER)).total).toBe(2);
    await desk.confirm(due, { stockBase: 800 });
    expect((await overdue()).items.map(({ contractId }) => contractId)).toEqual([stale]);
  });

  const reminders = async (contractId: string) =>
    (await service.published(ReserveConfirmationDue)).filter((event) => event.contractId === contractId);
  const deadlineOf = async (contractId: string) => {
    const [row] = await service.database.query<{ owner: string; days: number }>(
      `SELECT owner, round(extract(epoch FROM due_at - now()) / 86400)::integer AS days FROM deadlines
       WHERE kind = 'reserve-confirmation-due' AND subject_id = $1`,
      [contractId],
    );
    return row;
  };

  it('is called to mind on the day and every week after, until it comes', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    expect(await deadlineOf(contractId)).toMatchObject({ owner: 'stock-manager' });
    await desk.letDaysPass(contractId, 37);
    await desk.makeDue(contractId);
    await waitFor('the reminder', async () => (await reminders(contractId)).length === 1);
    expect(await reminders(contractId)).toEqual([
      expect.objectContaining({ dueOn: dayFromNow(-7), overdueDays: 7, stale: true }),
    ]);
    await waitFor('the next deadline', async () => (await deadlineOf(contractId))?.days === 7);
    await desk.confirm(contractId, { stockBase: 800 });
    expect((await deadlineOf(contractId))?.days).toBeGreaterThan(28);
  });

  it('is not called to mind when it was confirmed, suspended or ended meanwhile', async () => {
    const confirmed = await desk.contract(anEnterpriseReserve());
    await desk.makeDue(confirmed);
    await waitFor('a new deadline', async () => ((await deadlineOf(confirmed))?.days ?? 0) > 28);
    expect(await reminders(confirmed)).toEqual([]);
    await desk.post(`reserve-contracts/${confirmed}/state`, { change: 'suspend', reason: '整改' });
    expect(await deadlineOf(confirmed)).toBeUndefined();
    await desk.post(`reserve-contracts/${confirmed}/state`, { change: 'resume', reason: '好了' });
    expect(await deadlineOf(confirmed)).toBeDefined();
  });

  it('never hangs on a reminder: an agreement without a schedule has none', async () => {
    expect(await deadlineOf(await desk.contract(anAgreement()))).toBeUndefined();
  });
});

describe('an enterprise that falls below its minimum of 300', () => {
  it('raises one event, in the transaction of the confirmation, however often it confirms the same', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    for (const stockBase of [300, 299, 250, 10]) await desk.confirm(contractId, { stockBase });
    expect(await falls(contractId)).toEqual([
      expect.objectContaining({ minimumBase: 300, stockBase: 299, cause: 'confirmation' }),
    ]);
    expect((await desk.read(contractId)).belowMinimumSince).not.toBeNull();
  });

  it('raises another when it falls again after it was back', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    for (const stockBase of [299, 300, 298, 800, 0]) await desk.confirm(contractId, { stockBase });
    expect((await falls(contractId)).map(({ stockBase }) => stockBase)).toEqual([299, 298, 0]);
  });

  it('raises one when two people confirm at the same time', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    await Promise.all([1, 2, 3, 4].map((stockBase) => desk.confirm(contractId, { stockBase })));
    expect(await falls(contractId)).toHaveLength(1);
  });

  it('raises one when its minimum is raised above its stock, and is back when it is lowered', async () => {
    const contractId = await desk.contract(anEnterpriseReserve());
    await desk.confirm(contractId, { stockBase: 400 });
    const amend = (minimumBase: number) =>
      desk.post(`reserve-contracts/${contractId}/amendments`, { reason: '标准调整', minimumBase });
    await amend(401);
    await amend(450);
    expect(await falls(contractId)).toEqual([
      expect.objectContaining({ minimumBase: 401, stockBase: 400, cause: 'amendment' }),
    ]);
    await amend(400);
    expect((await desk.read(contractId)).belowMinimumSince).toBeNull();
    await amend(402);
    expect(await falls(contractId)).toHaveLength(2);
  });

  it('raises one when it is put in force with a minimum above what it holds', async () => {
    const contractId = await desk.contract(anEnterpriseReserve({ quantityBase: 200 }));
    expect(await falls(contractId)).toEqual([expect.objectContaining({ stockBase: 200, cause: 'activation' })]);
  });

  it('raises one when a use order takes it below, with the delivery and not with the call', async () => {
    const depot = await aDepot(service);
    const contractId = await desk.contract(anEnterpriseReserve());
    const breaking = { quantityBase: 600, breakMinimum: true, useOrder: '动令1', destinationRegionCode: undefined };
    const callId = await desk.call(contractId, { ...breaking, destinationDepotId: depot.id });
    await desk.post(`reserve-calls/${callId}/approval`, { approve: true, reason: '同意' }, APPROVER);
    expect(await falls(contractId)).toEqual([]);
    await desk.receive(callId, depot.id, 500);
    await desk.receive(callId, depot.id, 1);
    expect(await falls(contractId)).toHaveLength(1);
    expect(await falls(contractId)).toEqual([expect.objectContaining({ stockBase: 299, cause: 'delivery' })]);
  });
});
