import { randomUUID } from 'node:crypto';
import { HEQU_BUREAU, type TestAnswer, type TestCaller, type TestService } from '@ledger/testing';
import type { AccountResponse, StatementResponse } from '../../src/sharing/dto/account.dto';
import type { AgreementStepResponse } from '../../src/sharing/dto/agreement.dto';
import type { ShareablesResponse } from '../../src/sharing/dto/callable.dto';
import type { DrawStepResponse, JointReserveDetailResponse } from '../../src/sharing/dto/joint-reserve.dto';
import type { LoanDetailResponse, LoanStepResponse } from '../../src/sharing/dto/loan.dto';
import { done, get, post } from './purchases';
import { APPROVER, KEEPER, NEXT_YEAR, STOCK_MANAGER, TENT, aDepot, aLot, type Problem, type TestDepot } from './world';

/** Every test takes place in two counties of its own, of one city, with a third beside them. */
export let CITY = '1410';
export let LENDER = '141030';
export let BORROWER = '141031';
export let THIRD = '141032';

const person = (caller: TestCaller) => ({ ...caller, userId: randomUUID(), regionCode: '' });
export const LENDER_MANAGER = person(STOCK_MANAGER);
export const LENDER_APPROVER = person(APPROVER);
export const LENDER_KEEPER = person(KEEPER);
export const NEIGHBOUR_MANAGER = person(STOCK_MANAGER);
export const NEIGHBOUR_APPROVER = person(APPROVER);
export const NEIGHBOUR_KEEPER = person(KEEPER);
export const THIRD_MANAGER = person(STOCK_MANAGER);
export const THIRD_KEEPER = person(KEEPER);
export const CITY_COMMANDER: TestCaller & { regionCode: string } = {
  ...person(APPROVER),
  roles: ['approver', 'stock-manager'],
};

let cities = 9;
/** Goes on to the next two counties. */
export function inNewCounties(): void {
  CITY = `14${++cities}`;
  [LENDER, BORROWER, THIRD] = [`${CITY}30`, `${CITY}31`, `${CITY}32`];
  for (const one of [LENDER_MANAGER, LENDER_APPROVER, LENDER_KEEPER]) one.regionCode = LENDER;
  for (const one of [NEIGHBOUR_MANAGER, NEIGHBOUR_APPROVER, NEIGHBOUR_KEEPER]) one.regionCode = BORROWER;
  for (const one of [THIRD_MANAGER, THIRD_KEEPER]) one.regionCode = THIRD;
  CITY_COMMANDER.regionCode = CITY;
}

type Step = TestAnswer<LoanStepResponse & Problem>;

export const terms = (line: Record<string, unknown> = {}, overrides: Record<string, unknown> = {}) => ({
  ...{ documentNumber: `SHARE-${randomUUID()}`, offeringRegionCode: LENDER, answeringRegionCode: BORROWER },
  ...{ validFrom: '2026-01-01', validTo: NEXT_YEAR, loanDays: 30 },
  lines: [
    {
      ...{ giverRegionCode: LENDER, itemCode: TENT, sharePercent: 100, responseHours: 6, feeFen: 5 },
      ...{ replacement: 'either', piecePriceFen: 60_000, ...line },
    },
  ],
  ...overrides,
});

export const draft = (service: TestService, body: unknown, as: TestCaller = LENDER_MANAGER) =>
  post<AgreementStepResponse>(service, 'sharing/agreements', body, as);

export const agreementStep = (service: TestService, id: string, event: string, as: TestCaller, reason?: string) =>
  post<AgreementStepResponse>(service, `sharing/agreements/${id}/steps`, { event, reason }, as);

/** An agreement that both sides have signed. */
export async function anAgreement(service: TestService, ...wanted: Parameters<typeof terms>): Promise<string> {
  const { agreementId } = await done(draft(service, terms(...wanted)));
  await done(agreementStep(service, agreementId, 'offer', LENDER_MANAGER));
  await done(agreementStep(service, agreementId, 'accept', NEIGHBOUR_MANAGER));
  return agreementId;
}

/** Every agreement ends, so that the tests of one file do not share with each other. */
export async function endAgreements(service: TestService): Promise<void> {
  await service.database.query(`UPDATE sharing_agreements SET state = 'ended' WHERE state = 'in-force'`);
}

export const shareable = async (service: TestService, as: TestCaller = NEIGHBOUR_MANAGER, item = TENT) =>
  (await done(get<ShareablesResponse>(service, `sharing/callable?item=${item}`, as))).items;

export const ask = (
  service: TestService,
  agreementId: string,
  toDepot: TestDepot,
  quantityBase: number,
  overrides: Record<string, unknown> = {},
  as: TestCaller = NEIGHBOUR_MANAGER,
): Promise<Step> =>
  post<LoanStepResponse>(
    service,
    'mutual-aid/loans',
    { agreementId, itemCode: TENT, quantityBase, toDepotId: toDepot.id, reason: '防汛转移安置', ...overrides },
    as,
  );

export const loanStep = (
  service: TestService,
  loanId: string,
  name: string,
  body: unknown,
  as: TestCaller,
  key?: string,
): Promise<Step> => post<LoanStepResponse>(service, `mutual-aid/loans/${loanId}/${name}`, body, as, key);

export const approve = (
  service: TestService,
  loanId: string,
  body: Record<string, unknown> = {},
  as: TestCaller = LENDER_APPROVER,
) => loanStep(service, loanId, 'decision', { decision: 'approve', ...body }, as);

export const receive = (service: TestService, journeyId: string | null, lines: unknown, as: TestCaller) =>
  post<LoanStepResponse>(service, `mutual-aid/journeys/${journeyId}/receipt`, { lines }, as);

export interface LoanWork {
  readonly agreementId: string;
  readonly from: TestDepot;
  readonly to: TestDepot;
  readonly lotId: string;
}

/** Pieces of one lot that went their whole way to the borrower. */
export async function lent(service: TestService, { agreementId, from, to, lotId }: LoanWork, quantityBase: number) {
  const { loanId } = await done(ask(service, agreementId, to, quantityBase));
  await done(approve(service, loanId));
  const body = { depotId: from.id, lines: [{ lotId, quantityBase }] };
  const { journeyId } = await done(loanStep(service, loanId, 'dispatch', body, LENDER_KEEPER));
  await done(receive(service, journeyId, [{ lotId, receivedBase: quantityBase }], NEIGHBOUR_KEEPER));
  return loanId;
}

/** Sends pieces of a lot back, and has the lender count them in. */
export async function givenBack(
  service: TestService,
  loanId: string,
  { from, to, lotId }: LoanWork,
  quantityBase: number,
): Promise<LoanStepResponse> {
  const body = { depotId: to.id, toDepotId: from.id, lines: [{ lotId, quantityBase }] };
  const { journeyId } = await done(loanStep(service, loanId, 'give-backs', body, NEIGHBOUR_KEEPER));
  return done(receive(service, journeyId, [{ lotId, receivedBase: quantityBase }], LENDER_KEEPER));
}

export const aLoan = (service: TestService, loanId: string, as: TestCaller = LENDER_MANAGER) =>
  done(get<LoanDetailResponse>(service, `mutual-aid/loans/${loanId}`, as));

/** What the region's book says of tents. */
export async function bookOf(service: TestService, as: TestCaller) {
  const path = `mutual-aid/account?item=${TENT}`;
  const { items } = await done(get<AccountResponse>(service, path, as));
  return items.map(({ counterpartyRegionCode, owedToUsBase, owedByUsBase }) => ({
    ...{ counterpartyRegionCode, owedToUsBase, owedByUsBase },
  }));
}

export const statementOf = async (service: TestService, as: TestCaller) =>
  (await done(get<StatementResponse>(service, 'mutual-aid/account/statement?limit=200', as))).items;

/** A loan of which a part came back: something in every table of the debt book. */
export async function aLoanInUse(service: TestService): Promise<void> {
  inNewCounties();
  const from = await aDepot(service, { regionCode: LENDER });
  const to = await aDepot(service, { regionCode: BORROWER });
  const lotId = await aLot(service, from, { quantityBase: 50 });
  const work = { agreementId: await anAgreement(service), from, to, lotId };
  const loanId = await lent(service, work, 10);
  await givenBack(service, loanId, work, 4);
}

/** A joint reserve with a cost, of which one owner has drawn a part. */
export async function aJointReserveInUse(service: TestService): Promise<void> {
  inNewCounties();
  const depot = await aDepot(service, { regionCode: LENDER });
  const toDepot = await aDepot(service, { regionCode: BORROWER });
  const lotId = await aLot(service, depot, { quantityBase: 50 });
  const owner = (regionCode: string) => ({
    ...{
      regionCode,
      organisationId: HEQU_BUREAU,
      name: regionCode,
      share: 50,
      drawLimitBase: 20,
      signedBy: 'approver',
    },
    costPercent: 50,
  });
  const agreed = {
    ...{ documentNumber: 'JOINT', depotId: depot.id, itemCode: TENT, shareBasis: 'percent', validFrom: '2026-01-01' },
    ...{ validTo: NEXT_YEAR, owners: [owner(LENDER), owner(BORROWER)] },
  };
  const { reserveId } = await done(post<{ reserveId: string }>(service, 'joint-reserves', agreed, LENDER_MANAGER));
  const path = `joint-reserves/${reserveId}`;
  await done(post(service, `${path}/lots`, { lotIds: [lotId] }, LENDER_MANAGER));
  const period = { periodFrom: '2026-01-01', periodTo: '2026-06-30' };
  const cost = { kind: 'holding', amountFen: 101, ...period, documentNumber: 'C-1' };
  await done(post(service, `${path}/costs`, cost, LENDER_MANAGER));
  const { owners } = await done(get<JointReserveDetailResponse>(service, path, LENDER_MANAGER));
  const wish = { ownerId: owners[1].ownerId, quantityBase: 7, toDepotId: toDepot.id, reason: 'test' };
  const { drawId } = await done(post<DrawStepResponse>(service, `${path}/draws`, wish, NEIGHBOUR_MANAGER));
  await done(post(service, `joint-reserves/draws/${drawId}/decision`, { decision: 'approve' }, NEIGHBOUR_APPROVER));
}
