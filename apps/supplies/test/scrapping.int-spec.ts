import { randomUUID } from 'node:crypto';
import type { TestService } from '@ledger/testing';
import type { ScrapProposalResponse, ScrapProposalsResponse, SendBacksResponse } from '../src/warehouse/dto/scrap.dto';
import type { ThresholdsResponse } from '../src/warehouse/dto/warehouse-rule.dto';
import { brokenInvariants } from './support/invariants';
import { reverse } from './support/site-work';
import {
  SECOND_MANAGER,
  aScrap,
  decide,
  getFrom,
  hold,
  inspect,
  postTo,
  propose,
  receiveToInspect,
} from './support/warehouse-work';
import {
  APPROVER,
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDepot,
  aLot,
  balanceOf,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let lotId: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
  lotId = await aLot(service, depot, { quantityBase: 10 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const read = async (id: string) => (await getFrom<ScrapProposalResponse>(service, `scrap-proposals/${id}`)).body;

describe('a proposal to scrap', () => {
  it('puts free goods aside until somebody else has decided', async () => {
    const answer = await propose(service, depot, lotId);
    expect(answer.status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 6, quarantine: 4 });
    expect(await read(answer.body.proposalId)).toMatchObject({
      state: 'proposed',
      quantityBase: 4,
      residualValueFen: 5_000,
      bookValueFen: null,
      appraisers: ['张工', '李工'],
      documentNumber: 'BF-2026-3',
      heldMovementId: answer.body.movementId,
      proposedBy: 'Keeper',
      movementId: null,
    });
  });

  it('is approved by another person, and the goods leave the books', async () => {
    const before = await balanceOf(service, 'scrapped');
    const { proposalId } = (await propose(service, depot, lotId)).body;
    expect((await decide(service, proposalId, 'approve')).body).toMatchObject({ state: 'approved' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 6, quarantine: 0 });
    expect((await balanceOf(service, 'scrapped')) - before).toBe(4);
    expect(await read(proposalId)).toMatchObject({ state: 'approved', decidedBy: 'Manager', decisionNote: 'seen' });
  });

  it('is recorded when it is rejected, and sets free what had been free', async () => {
    const { proposalId } = (await propose(service, depot, lotId)).body;
    expect((await decide(service, proposalId, 'reject')).body).toMatchObject({ state: 'rejected' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 10, quarantine: 0 });
    expect(await read(proposalId)).toMatchObject({ state: 'rejected', decidedBy: 'Manager' });
  });

  it('that is rejected leaves goods in quarantine that lay there, or that may not be issued any more', async () => {
    const received = await receiveToInspect(service, depot);
    const { lotId: torn, inspectionId } = received.body.lots[0];
    await inspect(service, inspectionId, 0, 10);
    const lay = await propose(service, depot, torn, { from: 'quarantine' });
    expect((await decide(service, lay.body.proposalId, 'reject')).body.movementId).toBeNull();
    const rice = await aLot(service, depot, { itemCode: RICE, quantityBase: 5, expiryDate: '2099-01-01' });
    const old = await propose(service, depot, rice, { reason: 'expired' });
    await expire(service, rice);
    expect((await decide(service, old.body.proposalId, 'reject')).body.movementId).toBeNull();
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 11, quarantine: 14 });
  });

  it('is for held and recalled goods too', async () => {
    await hold(service, lotId);
    const { proposalId } = (await propose(service, depot, lotId, { from: 'quarantine', quantityBase: 10 })).body;
    expect((await decide(service, proposalId, 'approve')).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 0 });
  });

  it('takes two people, and an approver above the threshold, which a region can set', async () => {
    const both = { ...KEEPER, roles: ['keeper' as const, 'stock-manager' as const] };
    const small = (await propose(service, depot, lotId, { quantityBase: 1 }, both)).body;
    expect((await decide(service, small.proposalId, 'approve', both)).body).toMatchObject({
      code: 'SUPPLIES_SCRAP_BY_PROPOSER',
      status: 403,
    });
    const large = (await propose(service, depot, lotId, { quantityBase: 1, residualValueFen: 200_000 })).body;
    expect((await decide(service, large.proposalId, 'approve')).body).toMatchObject({
      code: 'SUPPLIES_SCRAP_APPROVER_REQUIRED',
      facts: { valueFen: 200_000, approverFromFen: 200_000 },
    });
    expect((await decide(service, large.proposalId, 'approve', APPROVER)).status).toBe(201);
    const other = await aDepot(service, { regionCode: '140930102' });
    const there = await aLot(service, other);
    const rule = { regionCode: '140930102', kind: 'scrap-approver-fen', value: 1_000, basis: 'office rule 7' };
    expect((await postTo(service, 'warehouse-thresholds', rule, APPROVER)).status).toBe(201);
    const cheap = (await propose(service, other, there, { residualValueFen: 1_000 })).body;
    expect((await decide(service, cheap.proposalId, 'approve')).body.code).toBe('SUPPLIES_SCRAP_APPROVER_REQUIRED');
    expect((await decide(service, cheap.proposalId, 'reject')).status).toBe(201);
    const known = await getFrom<ThresholdsResponse>(service, 'warehouse-thresholds?kind=scrap-approver-fen', AUDITOR);
    expect(known.body.items).toEqual([expect.objectContaining({ ...rule, setBy: 'Approver' })]);
    expect(known.body.defaults).toContainEqual({ kind: 'scrap-approver-fen', value: 200_000 });
  });

  it('is decided once, however many decide', async () => {
    const { proposalId } = (await propose(service, depot, lotId)).body;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        decide(service, proposalId, index % 2 ? 'approve' : 'reject', index % 3 ? STOCK_MANAGER : SECOND_MANAGER),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code);
    expect(new Set(refused)).toEqual(new Set(['SUPPLIES_SCRAP_DECIDED']));
  });

  it('claims each piece once, however many propose', async () => {
    await hold(service, lotId);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => propose(service, depot, lotId, { from: 'quarantine', quantityBase: 4 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  });

  it.each([
    ['no piece', { quantityBase: 0 }, 'REQUEST_INVALID'],
    ['a negative number of pieces', { quantityBase: -4 }, 'REQUEST_INVALID'],
    ['a part of a piece', { quantityBase: 1.5 }, 'REQUEST_INVALID'],
    ['more pieces than numbers', { quantityBase: Number.MAX_SAFE_INTEGER + 1 }, 'REQUEST_INVALID'],
    ['more than is there', { quantityBase: 11 }, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['more than lies in quarantine', { from: 'quarantine' }, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    ['a reason nobody knows', { reason: 'ugly' }, 'REQUEST_INVALID'],
    ['a negative value', { residualValueFen: -1 }, 'REQUEST_INVALID'],
    ['nobody who appraised it', { appraisers: [] }, 'REQUEST_INVALID'],
    ['the same appraiser twice', { appraisers: ['张工', '张工'] }, 'REQUEST_INVALID'],
    ['no document', { documentNumber: '' }, 'REQUEST_INVALID'],
    ['a lot that is not there', { lotId: randomUUID() }, 'SUPPLIES_LOT_NOT_FOUND'],
    ['a depot that is not there', { depotId: randomUUID() }, 'SUPPLIES_DEPOT_NOT_FOUND'],
  ])('is refused for %s and leaves no trace', async (_what, overrides, code) => {
    const before = await ledgerCounts(service);
    expect((await postTo(service, 'scrap-proposals', aScrap(depot, lotId, overrides), KEEPER)).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is nobody else’s business', async () => {
    const { proposalId } = (await propose(service, depot, lotId)).body;
    const stranger = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await decide(service, proposalId, 'approve', stranger)).body.code).toBe('SUPPLIES_SCRAP_NOT_FOUND');
    expect((await getFrom(service, `scrap-proposals/${proposalId}`, stranger)).status).toBe(404);
    expect((await decide(service, proposalId, 'approve', KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    const list = await getFrom<ScrapProposalsResponse>(service, `scrap-proposals?depotId=${depot.id}`, AUDITOR);
    expect(list.body).toMatchObject({ total: 1, items: [{ id: proposalId }] });
  });
});

describe('a scrapping that was a mistake', () => {
  it('is undone, shows as undone, and the goods lie in quarantine again', async () => {
    const { proposalId } = (await propose(service, depot, lotId)).body;
    const { movementId } = (await decide(service, proposalId, 'approve')).body;
    expect((await reverse(service, movementId)).status).toBe(201);
    expect(await read(proposalId)).toMatchObject({ state: 'approved', reversed: true });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 6, quarantine: 4 });
    const again = await propose(service, depot, lotId, { from: 'quarantine' });
    expect(again.status).toBe(201);
  });

  it('that waits for its decision is not undone behind its back', async () => {
    const { proposalId, movementId } = (await propose(service, depot, lotId)).body;
    expect((await reverse(service, movementId)).body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
    await decide(service, proposalId, 'reject');
  });
});

describe('goods that go back', () => {
  const sendBack = (overrides: object = {}, as = STOCK_MANAGER) =>
    postTo<{ movementId: string; sendBackId: string }>(
      service,
      'send-backs',
      {
        depotId: depot.id,
        lotId,
        quantityBase: 3,
        sentTo: '太原某供货商',
        reason: 'torn seams',
        documentNumber: 'TH-2026-1',
        ...overrides,
      },
      as,
    );

  async function rejected(origin = 'purchase'): Promise<string> {
    const line = { itemCode: 'LRS-015', batchNumber: `B-${randomUUID()}`, quantityBase: 10 };
    const body = { depotId: depot.id, origin, toInspect: true, lines: [line] };
    const received = await postTo<{ lots: { lotId: string; inspectionId: string }[] }>(
      service,
      'receipts',
      body,
      KEEPER,
    );
    await inspect(service, received.body.lots[0].inspectionId, 6, 4);
    return received.body.lots[0].lotId;
  }

  it.each([
    ['purchase', 'supplier'],
    ['donation', 'donor'],
  ])('from a %s to the %s they came from, out of quarantine', async (origin, account) => {
    const torn = await rejected(origin);
    const before = await balanceOf(service, account);
    const answer = await sendBack({ lotId: torn });
    expect(answer.status).toBe(201);
    expect((await balanceOf(service, account)) - before).toBe(3);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 16, quarantine: 1 });
    const list = await getFrom<SendBacksResponse>(service, `send-backs?depotId=${depot.id}`, AUDITOR);
    expect(list.body.items).toEqual([
      expect.objectContaining({ lotId: torn, quantityBase: 3, sentTo: '太原某供货商', reversed: false }),
    ]);
  });

  it('come again when it was a mistake', async () => {
    const torn = await rejected();
    const { movementId } = (await sendBack({ lotId: torn })).body;
    expect((await reverse(service, movementId)).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ quarantine: 4 });
    const list = await getFrom<SendBacksResponse>(service, `send-backs?depotId=${depot.id}`);
    expect(list.body.items).toEqual([expect.objectContaining({ reversed: true })]);
  });

  it('are not free ones, claimed ones, found ones, nor sent by keepers or strangers', async () => {
    expect((await sendBack()).body.code).toBe('SUPPLIES_LOT_NOT_FOUND');
    const torn = await rejected();
    await propose(service, depot, torn, { from: 'quarantine', quantityBase: 2 });
    expect((await sendBack({ lotId: torn })).body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { availableBase: 2, boundBase: 2 },
    });
    await service.database.query(`UPDATE lots SET origin = 'found' WHERE id = $1`, [torn]);
    expect((await sendBack({ lotId: torn, quantityBase: 1 })).body.code).toBe('SUPPLIES_LOT_NOT_SENT_BACK');
    expect((await sendBack({ lotId: torn }, KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    const stranger = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await sendBack({ lotId: torn }, stranger)).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
  });
});
