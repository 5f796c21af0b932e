import { randomUUID } from 'node:crypto';
import type { TestService } from '@ledger/testing';
import type {
  AssessmentDetailResponse,
  AssessmentStepResponse,
  AssessmentsResponse,
  StartProposalResponse,
} from '../src/purchasing/assessments/dto/assessment.dto';
import type { DemandRatesResponse } from '../src/purchasing/assessments/dto/demand-rate.dto';
import { aGift, aStoredDonation } from './support/gifts';
import { brokenInvariants } from './support/invariants';
import {
  CITY_APPROVER,
  SECOND_MANAGER,
  aFramework,
  aSentOrder,
  anOrder,
  done,
  get,
  post,
  step,
} from './support/purchases';
import { ENTERPRISE_KEEPER, ReserveDesk, aPlant, anAgreement, dayFromNow } from './support/reserves';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aStandard,
  ledgerCounts,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
/** A township of its own for every test, so that none sees the stock of another. */
let township: string;
let townships = 100;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  township = `140930${++townships}`;
  depot = await aDepot(service, { regionCode: township });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const scenario = (overrides: Record<string, unknown> = {}) => ({
  ...{ title: '黄河漫滩', regionCode: township, depotId: depot.id, season: '2027年凌汛', neededBy: dayFromNow(60) },
  ...{ days: 3, people: [], lines: [{ itemCode: TENT, quantityBase: 1_200 }], ...overrides },
});
const assess = (overrides: Record<string, unknown> = {}, as = STOCK_MANAGER) =>
  post<AssessmentStepResponse>(service, 'purchasing/pre-assessments', scenario(overrides), as);
const read = (assessmentId: string) =>
  done(get<AssessmentDetailResponse>(service, `purchasing/pre-assessments/${assessmentId}`, AUDITOR));
const decide = (assessmentId: string, decision: 'approve' | 'refuse', as = SECOND_MANAGER) =>
  post<AssessmentStepResponse>(
    service,
    `purchasing/pre-assessments/${assessmentId}/decision`,
    { decision, note: 'a word' },
    as,
  );
const start = (assessmentId: string, proposalId: string, as = STOCK_MANAGER) =>
  post<StartProposalResponse>(
    service,
    `purchasing/pre-assessments/${assessmentId}/proposals/${proposalId}/start`,
    undefined,
    as,
  );
const contract = (body: Record<string, unknown>) => new ReserveDesk(service).contract({ ...body, serves: [township] });

describe('demand rates', () => {
  const rate = (overrides: Record<string, unknown> = {}) => ({
    ...{ itemCode: RICE, validFrom: dayFromNow(0), oncePerThousandBase: 0, dailyPerThousandBase: 16 },
    ...{ basis: 'estimate', source: '每人每日0.4千克（估算）', ...overrides },
  });

  it('are dated rows with a basis, and people times rate are the demand', async () => {
    expect((await post(service, 'purchasing/demand-rates', rate())).status).toBe(201);
    expect((await post(service, 'purchasing/demand-rates', rate())).body).toMatchObject({
      code: 'SUPPLIES_DEMAND_RATE_EXISTS',
    });
    await done(post(service, 'purchasing/demand-rates', rate({ validFrom: dayFromNow(30), dailyPerThousandBase: 20 })));
    const { items } = await done(get<DemandRatesResponse>(service, `purchasing/demand-rates?item=${RICE}`, KEEPER));
    expect(items).toMatchObject([
      { dailyPerThousandBase: 20, inForce: false },
      { dailyPerThousandBase: 16, inForce: true, basis: 'estimate' },
    ]);
    const people = [1, 2].map((place) => ({ regionCode: `${township}20${place}`, people: 1_250 }));
    const { assessmentId } = await done(assess({ people, lines: [], days: 7 }));
    const found = await read(assessmentId);
    expect(found).toMatchObject({
      people: 2_500,
      affected: people,
      lines: [{ itemCode: RICE, demandBase: 280, shortBase: 280, rateBasis: 'estimate' }],
    });
  });

  it.each([
    ['of yesterday', { validFrom: '2020-01-01' }, 'REQUEST_INVALID'],
    ['of an unknown item', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
  ])('%s are refused', async (_what, overrides, code) => {
    expect((await post(service, 'purchasing/demand-rates', rate(overrides))).body).toMatchObject({ code });
    expect((await post(service, 'purchasing/demand-rates', rate(), KEEPER)).body).toMatchObject({
      code: 'AUTH_ROLE_MISSING',
    });
  });
});

describe('a pre-assessment', () => {
  it('sets the demand against live stock above floors, goods on order, and what can be called', async () => {
    await aLot(service, depot, { quantityBase: 300 });
    await aStandard(service, depot.id, TENT, 100);
    await aStoredDonation(service, aGift(depot, { purpose: { kind: 'group', group: 'children' } }));
    const { frameworkId } = await aFramework(service, { regionCodes: [township] });
    await aSentOrder(service, depot, frameworkId, 50);
    await contract(anAgreement());
    const { assessmentId } = await done(assess());
    expect((await read(assessmentId)).lines).toMatchObject([
      { demandBase: 1_200, stockBase: 200, orderedBase: 50, callableBase: 500, shortBase: 950, uncoveredBase: 0 },
    ]);
  });

  it('buys in advance where there is time, and keeps the reserves for the unexpected', async () => {
    await contract(anAgreement());
    const { frameworkId } = await aFramework(
      service,
      { regionCodes: [township] },
      { leadTimeDays: 20, packBase: 10, unitPriceFen: 1_000 },
    );
    const { assessmentId, amountFen } = await done(assess());
    expect(amountFen).toBe(120_000);
    const { proposals } = await read(assessmentId);
    expect(proposals).toMatchObject([
      { kind: 'advance-purchase', sourceId: frameworkId, quantityBase: 1_200, amountFen: 120_000 },
    ]);
    expect(proposals[0].reasoning).toContain('the only agreement that delivers in time');
  });

  it('calls agreements and plants where purchases come too late, by the time that is left', async () => {
    await aFramework(service, { regionCodes: [township] }, { leadTimeDays: 20 });
    const agreement = await contract(anAgreement());
    const plant = await contract(aPlant({ ratePerDay: 100 }));
    const { assessmentId } = await done(assess({ neededBy: dayFromNow(5) }));
    const { lines, proposals } = await read(assessmentId);
    expect(proposals.map(({ kind, sourceId, quantityBase }) => [kind, sourceId, quantityBase])).toEqual([
      ['agreement-call', agreement, 500],
      ['capacity-call', plant, 400],
    ]);
    expect(lines).toMatchObject([{ shortBase: 1_200, uncoveredBase: 300 }]);
    expect(lines[0].uncoveredReason).toContain('20 days');
  });

  it('commits nothing until somebody else approves; then it drafts advance orders that take their own signature', async () => {
    const { frameworkId } = await aFramework(service, { regionCodes: [township] }, { maximumBase: 1_200 });
    const before = await service.database.query('SELECT 1 FROM purchase_orders');
    const { assessmentId, number } = await done(assess());
    expect(await service.database.query('SELECT 1 FROM purchase_orders')).toHaveLength(before.length);
    expect((await decide(assessmentId, 'approve', STOCK_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
    expect((await decide(assessmentId, 'approve')).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_TIER_TOO_LOW' });
    expect((await decide(assessmentId, 'approve', CITY_APPROVER)).body).toMatchObject({ state: 'approved' });
    const [{ outcomeId }] = (await read(assessmentId)).proposals;
    expect(await anOrder(service, String(outcomeId))).toMatchObject({
      ...{
        kind: 'advance',
        state: 'draft',
        season: '2027年凌汛',
        frameworkId,
        lines: [{ orderedBase: 1_200, need: number }],
      },
    });
    expect((await step(service, String(outcomeId), 'submission')).body).toMatchObject({ state: 'submitted' });
    expect((await decide(assessmentId, 'approve', CITY_APPROVER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_NOT_PENDING',
    });
  });

  it('that is refused orders and calls nothing', async () => {
    const { assessmentId } = await done(assess({ neededBy: dayFromNow(5) }));
    await contract(anAgreement());
    expect((await decide(assessmentId, 'refuse')).body).toMatchObject({ state: 'refused' });
    expect(await read(assessmentId)).toMatchObject({ approvals: [{ state: 'refused', decisionNote: 'a word' }] });
  });

  it('lets its calls be started once, after the approval', async () => {
    const contractId = await contract(anAgreement());
    const { assessmentId } = await done(
      assess({ neededBy: dayFromNow(5), lines: [{ itemCode: TENT, quantityBase: 80 }] }),
    );
    const [{ proposalId }] = (await read(assessmentId)).proposals;
    expect((await start(assessmentId, proposalId)).body).toMatchObject({
      code: 'SUPPLIES_PRE_ASSESSMENT_NOT_APPROVED',
    });
    await done(decide(assessmentId, 'approve'));
    expect((await start(assessmentId, randomUUID())).body).toMatchObject({ code: 'SUPPLIES_PRE_ASSESSMENT_NOT_FOUND' });
    const answers = await Promise.all([1, 2, 3].map(() => start(assessmentId, proposalId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const [{ outcomeId }] = (await read(assessmentId)).proposals;
    expect(outcomeId).toBe(answers.find(({ status }) => status === 201)?.body.callId);
    const { calledBase } = (await new ReserveDesk(service).read(contractId)) as unknown as { calledBase: number };
    expect(calledBase).toBe(80);
  });

  it.each([
    ['that needs nothing', { lines: [] }, 'REQUEST_INVALID'],
    ['of a day that is past', { neededBy: '2020-01-01' }, 'REQUEST_INVALID'],
    ['too far ahead', { neededBy: '2099-01-01' }, 'REQUEST_INVALID'],
    [
      'that counts people twice',
      { people: ['140930101', '140930101200'].map((regionCode) => ({ regionCode, people: 5 })) },
      'REQUEST_INVALID',
    ],
    ['of unknown items', { lines: [{ itemCode: 'XXX-999', quantityBase: 1 }] }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['of a foreign region', { regionCode: '140931' }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['of foreign people', { people: [{ regionCode: '140931', people: 5 }] }, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['for an unknown depot', { depotId: randomUUID() }, 'SUPPLIES_DEPOT_NOT_FOUND'],
  ])('%s is refused and leaves no trace', async (_what, overrides, code) => {
    const before = await ledgerCounts(service);
    expect((await assess(overrides)).body).toMatchObject({ code });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is not for people of an enterprise, nor seen from another region', async () => {
    const enterprise = { ...ENTERPRISE_KEEPER, roles: ['stock-manager' as const] };
    expect((await assess({}, enterprise)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
    const { assessmentId } = await done(assess());
    const foreign = { ...STOCK_MANAGER, regionCode: '140931' };
    expect((await get(service, `purchasing/pre-assessments/${assessmentId}`, foreign)).body).toMatchObject({
      code: 'SUPPLIES_PRE_ASSESSMENT_NOT_FOUND',
    });
    expect((await decide(assessmentId, 'refuse', foreign)).body).toMatchObject({
      code: 'SUPPLIES_PRE_ASSESSMENT_NOT_FOUND',
    });
    const list = await done(get<AssessmentsResponse>(service, 'purchasing/pre-assessments', foreign));
    expect(list.items).toEqual([]);
  });
});
