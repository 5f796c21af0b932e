import { randomUUID } from 'node:crypto';
import { LoanChanged } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { GapsResponse } from '../src/standards/dto/gap.dto';
import type { LoansResponse } from '../src/sharing/dto/loan.dto';
import { brokenInvariants } from './support/invariants';
import { done, get, post } from './support/purchases';
import {
  BORROWER,
  LENDER,
  NEIGHBOUR_APPROVER,
  NEIGHBOUR_KEEPER,
  NEIGHBOUR_MANAGER,
  CITY,
  CITY_COMMANDER,
  LENDER_KEEPER,
  LENDER_MANAGER,
  THIRD,
  THIRD_KEEPER,
  THIRD_MANAGER,
  aLoan,
  agreementStep,
  draft,
  inNewCounties,
  terms,
  anAgreement,
  approve,
  ask,
  bookOf,
  endAgreements,
  givenBack,
  lent,
  loanStep,
  receive,
  shareable,
  statementOf,
  type LoanWork,
} from './support/sharing-work';
import {
  TENT,
  aDepot,
  aLot,
  aStandard,
  balanceOf,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
} from './support/world';

let service: TestService;
let work: LoanWork;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  inNewCounties();
  const from = await aDepot(service, { regionCode: LENDER });
  const to = await aDepot(service, { regionCode: BORROWER });
  const lotId = await aLot(service, from, { quantityBase: 150 });
  work = { agreementId: await anAgreement(service), from, to, lotId };
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});
const changesOf = async (id: string) =>
  (await service.published(LoanChanged)).filter(({ loanId }) => loanId === id).map((change) => change);

const use = (lotId: string, quantityBase: number, as: typeof NEIGHBOUR_KEEPER) =>
  done(
    post(
      service,
      'movements',
      { kind: 'use', depotId: work.to.id, lines: [{ lotId, quantityBase }], note: '借用' },
      as,
    ),
  );

it('lend 100, lose 3, give back 97 leaves 3 owed in both books', async () => {
  const loanId = await lent(service, work, 100);
  expect(await stockOf(service, work.to.id)).toMatchObject({ available: 100 });
  await use(work.lotId, 3, NEIGHBOUR_KEEPER);
  const step = await givenBack(service, loanId, work, 97);
  expect(step).toMatchObject({ state: 'lent', lentBase: 100, owedBase: 3 });
  const lender = { counterpartyRegionCode: BORROWER, owedToUsBase: 3, owedByUsBase: 0 };
  const borrower = { counterpartyRegionCode: LENDER, owedToUsBase: 0, owedByUsBase: 3 };
  expect(await bookOf(service, LENDER_MANAGER)).toEqual([lender]);
  expect(await bookOf(service, NEIGHBOUR_MANAGER)).toEqual([borrower]);
  expect(await stockOf(service, work.from.id)).toMatchObject({ available: 147 });
  const account = `owed:${LENDER}:${BORROWER}`;
  expect(await statementOf(service, LENDER_MANAGER)).toMatchObject([
    { kind: 'lent', account, changeBase: 100, balanceBase: 100, loanId },
    { kind: 'given-back', account, changeBase: -97, balanceBase: 3 },
  ]);
  expect(await statementOf(service, NEIGHBOUR_MANAGER)).toMatchObject([
    { kind: 'lent', account, changeBase: -100, balanceBase: -100 },
    { kind: 'given-back', account, changeBase: 97, balanceBase: -3 },
  ]);
  expect(await aLoan(service, loanId)).toEqual(await aLoan(service, loanId, NEIGHBOUR_MANAGER));
  const events = await changesOf(loanId);
  expect(events.map(({ change, owedBase }) => [change, owedBase])).toEqual([
    ['requested', 0],
    ['approved', 0],
    ['dispatched', 100],
    ['received', 100],
    ['given-back', 3],
  ]);
});

it('the last three are paid for when both sides agree on the price, and the loan closes', async () => {
  const loanId = await lent(service, work, 100);
  await givenBack(service, loanId, work, 97);
  const proposal = { quantityBase: 3, unitPriceFen: 50_000, documentNumber: '收据-1' };
  const { settlementId } = await done(loanStep(service, loanId, 'settlements', proposal, NEIGHBOUR_MANAGER));
  expect(await bookOf(service, LENDER_MANAGER)).toMatchObject([{ owedToUsBase: 3 }]);
  const decide = (as: typeof NEIGHBOUR_KEEPER, decision = 'approve') =>
    loanStep(service, loanId, `settlements/${settlementId}/decision`, { decision }, as);
  expect((await decide(NEIGHBOUR_APPROVER)).body).toMatchObject({ code: 'SUPPLIES_SHARING_WRONG_SIDE' });
  expect((await loanStep(service, loanId, 'settlements', proposal, NEIGHBOUR_MANAGER)).body).toMatchObject({
    ...{ code: 'SUPPLIES_LOAN_EXCEEDED', facts: { mostBase: 0, quantityBase: 3 } },
  });
  expect(await done(decide(LENDER_MANAGER))).toMatchObject({ state: 'closed', owedBase: 0 });
  expect((await decide(LENDER_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_SETTLEMENT_DECIDED' });
  expect(await bookOf(service, LENDER_MANAGER)).toEqual([]);
  expect(await bookOf(service, NEIGHBOUR_MANAGER)).toEqual([]);
  expect((await statementOf(service, NEIGHBOUR_MANAGER)).at(-1)).toMatchObject({
    ...{ kind: 'settled', changeBase: 3, balanceBase: 0, amountFen: 150_000 },
  });
});

it('a refused price clears nothing, and the agreed price stands in where none is named', async () => {
  const loanId = await lent(service, work, 10);
  const proposal = { quantityBase: 10, documentNumber: '收据-2' };
  const { settlementId } = await done(loanStep(service, loanId, 'settlements', proposal, LENDER_MANAGER));
  const path = `settlements/${settlementId}/decision`;
  expect(await done(loanStep(service, loanId, path, { decision: 'refuse' }, NEIGHBOUR_MANAGER))).toMatchObject({
    owedBase: 10,
  });
  expect((await aLoan(service, loanId)).settlements).toMatchObject([{ state: 'refused', amountFen: 600_000 }]);
});

describe('what was borrowed', () => {
  const heldBy = async (regionCode: string) => {
    const path = `gaps?region=${regionCode}&item=${TENT}&all=true`;
    const { items } = await done(get<GapsResponse>(service, path, { ...LENDER_MANAGER, regionCode }));
    return items[0]?.total.heldBase ?? 0;
  };

  it('counts for its owner only, and for nobody while it is with the neighbour', async () => {
    await aStandard(service, work.from.id, TENT, 1);
    await aStandard(service, work.to.id, TENT, 1);
    expect([await heldBy(LENDER), await heldBy(BORROWER)]).toEqual([150, 0]);
    const loanId = await lent(service, work, 100);
    expect([await heldBy(LENDER), await heldBy(BORROWER), await heldBy(CITY)]).toEqual([50, 0, 50]);
    await givenBack(service, loanId, work, 100);
    expect([await heldBy(LENDER), await heldBy(BORROWER)]).toEqual([150, 0]);
  });

  it('is not lent on, and stays owed when it expires, is scrapped or is lost on the road', async () => {
    const { loanId } = await done(ask(service, work.agreementId, work.to, 100));
    await done(approve(service, loanId));
    const body = { depotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase: 100 }] };
    const { journeyId } = await done(loanStep(service, loanId, 'dispatch', body, LENDER_KEEPER));
    expect(await bookOf(service, LENDER_MANAGER)).toMatchObject([{ owedToUsBase: 100 }]);
    const arrived = [{ lotId: work.lotId, receivedBase: 90, damagedBase: 6, lostBase: 4 }];
    expect(await done(receive(service, journeyId, arrived, NEIGHBOUR_KEEPER))).toMatchObject({ owedBase: 100 });
    expect(await stockOf(service, work.to.id)).toMatchObject({ available: 90, quarantine: 6 });
    await expire(service, work.lotId);
    expect((await aLoan(service, loanId)).owedBase).toBe(100);
    const back = { depotId: work.to.id, toDepotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase: 1 }] };
    expect((await loanStep(service, loanId, 'give-backs', back, NEIGHBOUR_KEEPER)).body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_ISSUABLE',
    });
  });

  it('is replaced in kind by goods of the borrower, which become the lender’s', async () => {
    const loanId = await lent(service, work, 20);
    const own = await aLot(service, work.to, { quantityBase: 30 });
    const rotatedOut = await balanceOf(service, 'rotated-out');
    await use(work.lotId, 20, NEIGHBOUR_KEEPER);
    expect(await givenBack(service, loanId, { ...work, lotId: own }, 20)).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, work.from.id)).toMatchObject({ available: 150 });
    const [{ newLotId }] = (await aLoan(service, loanId)).journeys[1].lots;
    const owners = await service.database.query(
      `SELECT owner_region_code AS owner FROM lots WHERE id = ANY($1) ORDER BY 1`,
      [[own, newLotId]],
    );
    expect(owners).toEqual([{ owner: LENDER }, { owner: BORROWER }]);
    expect(await balanceOf(service, 'rotated-out')).toBe(rotatedOut + 20);
  });

  it('is paid for and not replaced where the agreement says money, and the other way round', async () => {
    await endAgreements(service);
    const own = await aLot(service, work.to, { quantityBase: 30 });
    const money = { ...work, agreementId: await anAgreement(service, { replacement: 'money' }) };
    const first = await lent(service, money, 20);
    const body = { depotId: work.to.id, toDepotId: work.from.id, lines: [{ lotId: own, quantityBase: 20 }] };
    expect((await loanStep(service, first, 'give-backs', body, NEIGHBOUR_KEEPER)).body).toMatchObject({
      code: 'SUPPLIES_LOAN_REPLACEMENT_REFUSED',
    });
    await endAgreements(service);
    const kind = { ...work, agreementId: await anAgreement(service, { replacement: 'kind' }) };
    const second = await lent(service, kind, 20);
    const proposal = { quantityBase: 1, documentNumber: 'x' };
    expect((await loanStep(service, second, 'settlements', proposal, LENDER_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_LOAN_REPLACEMENT_REFUSED',
    });
  });
});

describe('giving back', () => {
  const back = (loanId: string, quantityBase: number, key?: string) =>
    loanStep(
      service,
      loanId,
      'give-backs',
      { depotId: work.to.id, toDepotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase }] },
      NEIGHBOUR_KEEPER,
      key,
    );

  it('more than is owed is refused, also when the rest is still on the road', async () => {
    const loanId = await lent(service, work, 50);
    const before = await ledgerCounts(service);
    expect((await back(loanId, 51)).body).toMatchObject({ code: 'SUPPLIES_LOAN_EXCEEDED' });
    expect(await ledgerCounts(service)).toEqual(before);
    await done(back(loanId, 30));
    expect((await back(loanId, 21)).body).toMatchObject({ code: 'SUPPLIES_LOAN_EXCEEDED', facts: { mostBase: 20 } });
  });

  it('twice with the same key happens once, and so does counting it in', async () => {
    const loanId = await lent(service, work, 50);
    const key = randomUUID();
    const [one, other] = [await back(loanId, 20, key), await back(loanId, 20, key)];
    expect(other.body).toEqual(one.body);
    expect(await stockOf(service, work.to.id)).toMatchObject({ available: 30 });
    const lines = [{ lotId: work.lotId, receivedBase: 20 }];
    const counts = await Promise.all([1, 2].map(() => receive(service, one.body.journeyId, lines, LENDER_KEEPER)));
    expect(counts.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await aLoan(service, loanId)).owedBase).toBe(30);
  });

  it('at the same moment never gives back more than is owed', async () => {
    const loanId = await lent(service, work, 50);
    const answers = await Promise.all([1, 2, 3].map(() => back(loanId, 20)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
  });

  it('damaged pieces lie with the lender and stay owed', async () => {
    const loanId = await lent(service, work, 10);
    const { journeyId } = await done(back(loanId, 10));
    const lines = [{ lotId: work.lotId, receivedBase: 8, damagedBase: 2 }];
    expect(await done(receive(service, journeyId, lines, LENDER_KEEPER))).toMatchObject({ owedBase: 2, state: 'lent' });
    expect(await stockOf(service, work.from.id)).toMatchObject({ available: 148, quarantine: 2 });
  });

  it('what arrived adds up to what was sent, lot by lot', async () => {
    const loanId = await lent(service, work, 10);
    const { journeyId } = await done(back(loanId, 10));
    for (const lines of [
      [{ lotId: work.lotId, receivedBase: 9 }],
      [{ lotId: randomUUID(), receivedBase: 10 }],
      [{ lotId: work.lotId, receivedBase: 5, lostBase: 6 }],
    ]) {
      expect((await receive(service, journeyId, lines, LENDER_KEEPER)).body).toMatchObject({
        code: 'SUPPLIES_JOURNEY_MISMATCH',
      });
    }
    const stranger = THIRD_KEEPER;
    expect((await receive(service, journeyId, [{ lotId: work.lotId, receivedBase: 10 }], stranger)).body).toMatchObject(
      {
        code: 'SUPPLIES_LOAN_NOT_FOUND',
      },
    );
  });
});

describe('asking', () => {
  it('for the last pieces at the same instant, one of two neighbours gets them', async () => {
    const thirdDepot = await aDepot(service, { regionCode: THIRD });
    const { agreementId } = await done(draft(service, terms({}, { answeringRegionCode: THIRD })));
    await done(agreementStep(service, agreementId, 'offer', LENDER_MANAGER));
    await done(agreementStep(service, agreementId, 'accept', THIRD_MANAGER));
    const answers = await Promise.all([
      ask(service, work.agreementId, work.to, 100),
      ask(service, agreementId, thirdDepot, 100, {}, THIRD_MANAGER),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'SUPPLIES_LOAN_BEYOND_SHARE', facts: { callableBase: 50 } });
  });

  it('holds the pieces until the lender answers, and frees them when nobody does', async () => {
    const { loanId } = await done(ask(service, work.agreementId, work.to, 120));
    expect(await shareable(service)).toMatchObject([{ callableBase: 30 }]);
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE kind = 'loan-hold' AND subject_id = $1`, [
      loanId,
    ]);
    await waitFor('the request to lapse', async () => (await aLoan(service, loanId)).state === 'lapsed');
    expect(await shareable(service)).toMatchObject([{ callableBase: 150 }]);
  });

  it('is done by the borrower, for a depot of its own, under an agreement in force', async () => {
    expect((await ask(service, work.agreementId, work.to, 1, {}, LENDER_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_DEPOT_NOT_FOUND',
    });
    const keeper = NEIGHBOUR_KEEPER;
    expect((await ask(service, work.agreementId, work.to, 1, {}, keeper)).body).toMatchObject({
      code: 'AUTH_ROLE_MISSING',
    });
    for (const overrides of [{ itemCode: 'LIV-002' }, { agreementId: randomUUID() }]) {
      expect((await ask(service, work.agreementId, work.to, 1, overrides)).body).toMatchObject({
        code: 'SUPPLIES_SHARING_NOT_AGREED',
      });
    }
    await endAgreements(service);
    expect((await ask(service, work.agreementId, work.to, 1)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_NOT_AGREED',
    });
  });

  it('is decided by the lender’s commander, and withdrawn by the borrower only', async () => {
    const { loanId } = await done(ask(service, work.agreementId, work.to, 10));
    expect((await approve(service, loanId, {}, NEIGHBOUR_APPROVER)).body).toMatchObject({
      code: 'SUPPLIES_SHARING_WRONG_SIDE',
    });
    expect((await approve(service, loanId, {}, LENDER_MANAGER)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
    expect((await approve(service, loanId, { grantedBase: 11 })).body).toMatchObject({ code: 'REQUEST_INVALID' });
    const withdraw = (as: typeof NEIGHBOUR_KEEPER) => loanStep(service, loanId, 'withdrawal', { reason: '不需要' }, as);
    expect((await withdraw(LENDER_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_SHARING_WRONG_SIDE' });
    expect(await done(withdraw(NEIGHBOUR_MANAGER))).toMatchObject({ state: 'withdrawn' });
    expect((await approve(service, loanId)).body).toMatchObject({ code: 'SUPPLIES_LOAN_TRANSITION_FORBIDDEN' });
  });

  it('is not decided by who asked, not even when they command both regions', async () => {
    const { loanId } = await done(ask(service, work.agreementId, work.to, 10, {}, CITY_COMMANDER));
    expect((await approve(service, loanId, {}, CITY_COMMANDER)).body).toMatchObject({
      code: 'SUPPLIES_APPROVAL_BY_REQUESTER',
    });
  });
});

describe('lending below the floor', () => {
  beforeEach(() => aStandard(service, work.from.id, TENT, 100));

  it('is refused, unless the lender’s commander overrides it with a reason', async () => {
    expect((await ask(service, work.agreementId, work.to, 60)).body).toMatchObject({
      ...{ code: 'SUPPLIES_LOAN_BEYOND_SHARE', facts: { askedBase: 60, callableBase: 50 } },
    });
    const { loanId } = await done(ask(service, work.agreementId, work.to, 60, { beyondShare: true }));
    expect((await approve(service, loanId)).body).toMatchObject({ code: 'SUPPLIES_LOAN_BEYOND_SHARE' });
    await done(approve(service, loanId, { overrideReason: '邻县堤防决口' }));
    const body = { depotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase: 60 }] };
    await done(loanStep(service, loanId, 'dispatch', body, LENDER_KEEPER));
    expect(await stockOf(service, work.from.id)).toMatchObject({ available: 90 });
    expect(await aLoan(service, loanId)).toMatchObject({ beyondShare: true, overrideReason: '邻县堤防决口' });
  });

  it('is refused at the depot too when its floor rose in between', async () => {
    const { loanId } = await done(ask(service, work.agreementId, work.to, 50));
    await done(approve(service, loanId));
    await service.database.query('UPDATE reserve_standards SET floor_base = 120 WHERE depot_id = $1', [work.from.id]);
    const body = { depotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase: 50 }] };
    const before = await ledgerCounts(service);
    expect((await loanStep(service, loanId, 'dispatch', body, LENDER_KEEPER)).body).toMatchObject({
      ...{ code: 'SUPPLIES_FLOOR_REACHED', facts: { freeBase: 150, floorBase: 120 } },
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });
});

it('what the lender has borrowed itself does not hold its floor', async () => {
  await aStandard(service, work.from.id, TENT, 100);
  const back = await done(draft(service, terms({ giverRegionCode: BORROWER })));
  await done(agreementStep(service, back.agreementId, 'offer', LENDER_MANAGER));
  await done(agreementStep(service, back.agreementId, 'accept', NEIGHBOUR_MANAGER));
  const theirs = await aLot(service, work.to, { quantityBase: 80 });
  const { loanId: borrowed } = await done(ask(service, back.agreementId, work.from, 80, {}, LENDER_MANAGER));
  await done(approve(service, borrowed, {}, NEIGHBOUR_APPROVER));
  const load = { depotId: work.to.id, lines: [{ lotId: theirs, quantityBase: 80 }] };
  const { journeyId } = await done(loanStep(service, borrowed, 'dispatch', load, NEIGHBOUR_KEEPER));
  await done(receive(service, journeyId, [{ lotId: theirs, receivedBase: 80 }], LENDER_KEEPER));
  const { loanId } = await done(ask(service, work.agreementId, work.to, 50));
  await done(approve(service, loanId));
  await service.database.query('UPDATE reserve_standards SET floor_base = 120 WHERE depot_id = $1', [work.from.id]);
  const body = { depotId: work.from.id, lines: [{ lotId: work.lotId, quantityBase: 50 }] };
  expect((await loanStep(service, loanId, 'dispatch', body, LENDER_KEEPER)).body).toMatchObject({
    ...{ code: 'SUPPLIES_FLOOR_REACHED', facts: { freeBase: 150, floorBase: 120 } },
  });
  expect(await bookOf(service, LENDER_MANAGER)).toEqual([
    { counterpartyRegionCode: BORROWER, owedToUsBase: 0, owedByUsBase: 80 },
  ]);
});

it('a keeper dispatches what was granted, of the lender’s own lots, from the lender’s depots', async () => {
  const { loanId } = await done(ask(service, work.agreementId, work.to, 50));
  const dispatch = (lines: unknown[], as = LENDER_KEEPER, depotId = work.from.id) =>
    loanStep(service, loanId, 'dispatch', { depotId, lines }, as);
  const { lotId } = work;
  expect((await dispatch([{ lotId, quantityBase: 10 }])).body).toMatchObject({
    code: 'SUPPLIES_LOAN_TRANSITION_FORBIDDEN',
  });
  await done(approve(service, loanId, { grantedBase: 20 }));
  expect((await dispatch([{ lotId, quantityBase: 21 }])).body).toMatchObject({ code: 'SUPPLIES_LOAN_EXCEEDED' });
  expect(
    (
      await dispatch([
        { lotId, quantityBase: 9 },
        { lotId, quantityBase: 9 },
      ])
    ).body,
  ).toMatchObject({
    code: 'REQUEST_INVALID',
  });
  expect((await dispatch([{ lotId, quantityBase: 9 }], NEIGHBOUR_KEEPER, work.to.id)).body).toMatchObject({
    code: 'SUPPLIES_DEPOT_NOT_FOUND',
  });
  const foreign = await aLot(service, work.to, { quantityBase: 5 });
  expect((await dispatch([{ lotId: foreign, quantityBase: 5 }])).body).toMatchObject({
    code: 'SUPPLIES_LOT_NOT_LENDABLE',
  });
  expect((await dispatch([{ lotId: randomUUID(), quantityBase: 5 }])).body).toMatchObject({
    code: 'SUPPLIES_LOT_NOT_FOUND',
  });
  expect(await done(dispatch([{ lotId, quantityBase: 20 }]))).toMatchObject({ state: 'on-the-road', owedBase: 20 });
});

it('what is owed past its day is on the list of both, is called every day, and costs the fee', async () => {
  const loanId = await lent(service, work, 100);
  await service.database.query(`UPDATE loans SET due_on = '2026-01-31' WHERE id = $1`, [loanId]);
  await service.database.query(`UPDATE deadlines SET due_at = now() WHERE kind = 'loan-due' AND subject_id = $1`, [
    loanId,
  ]);
  await waitFor('the warning', async () => (await changesOf(loanId)).some(({ change }) => change === 'overdue'));
  for (const as of [LENDER_MANAGER, NEIGHBOUR_MANAGER]) {
    const list = await done(get<LoansResponse>(service, 'mutual-aid/loans?overdue=true', as));
    expect(list.items).toMatchObject([{ loanId, overdue: true, owedBase: 100, dueOn: '2026-01-31' }]);
  }
  const [{ due }] = await service.database.query<{ due: boolean }>(
    `SELECT due_at > now() AS due FROM deadlines WHERE kind = 'loan-due' AND subject_id = $1`,
    [loanId],
  );
  expect(due).toBe(true);
  expect(await aLoan(service, loanId)).toMatchObject({ feeFen: 0 });
  await givenBack(service, loanId, work, 100);
  expect((await done(get<LoansResponse>(service, 'mutual-aid/loans?overdue=true', LENDER_MANAGER))).items).toEqual([]);
});
