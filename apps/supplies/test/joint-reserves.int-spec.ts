import { randomUUID } from 'node:crypto';
import { HEQU_BUREAU, waitFor, type TestCaller, type TestService } from '@ledger/testing';
import { ReserveStock } from '@ledger/contracts';
import type { CallableResponse } from '../src/reserves/dto/callable.dto';
import type {
  CostResponse,
  DrawStepResponse,
  JointReserveDetailResponse,
  JointReserveStepResponse,
  JointReservesResponse,
} from '../src/sharing/dto/joint-reserve.dto';
import type { GapsResponse } from '../src/standards/dto/gap.dto';
import { brokenInvariants } from './support/invariants';
import { done, get, post } from './support/purchases';
import {
  BORROWER,
  CITY,
  CITY_COMMANDER,
  LENDER,
  LENDER_APPROVER,
  LENDER_MANAGER,
  NEIGHBOUR_APPROVER,
  NEIGHBOUR_KEEPER,
  NEIGHBOUR_MANAGER,
  THIRD,
  THIRD_MANAGER,
  anAgreement,
  inNewCounties,
  shareable,
} from './support/sharing-work';
import {
  TENT,
  aDepot,
  aLot,
  aReserve,
  aStandard,
  ledgerCounts,
  parkedCodes,
  startSupplies,
  stockOf,
  type TestDepot,
  type Problem,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let other: TestDepot;
let lotId: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  inNewCounties();
  depot = await aDepot(service, { regionCode: LENDER });
  other = await aDepot(service, { regionCode: BORROWER });
  lotId = await aLot(service, depot, { quantityBase: 101 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const owner = (regionCode: string, overrides: Record<string, unknown> = {}) => ({
  ...{ regionCode, organisationId: HEQU_BUREAU, name: `应急局 ${regionCode}`, share: 50, drawLimitBase: 40 },
  ...{ signedBy: 'approver', costPercent: 50 },
  ...overrides,
});
const agreed = (overrides: Record<string, unknown> = {}) => ({
  ...{ documentNumber: `JOINT-${randomUUID()}`, depotId: depot.id, itemCode: TENT, shareBasis: 'percent' },
  ...{ validFrom: '2026-01-01', validTo: '2099-12-31', owners: [owner(LENDER), owner(BORROWER)] },
  ...overrides,
});
const create = (body: unknown, as: TestCaller = LENDER_MANAGER) =>
  post<JointReserveStepResponse>(service, 'joint-reserves', body, as);
const put = (reserveId: string, lotIds: readonly string[], as: TestCaller = LENDER_MANAGER) =>
  post(service, `joint-reserves/${reserveId}/lots`, { lotIds }, as);
const seen = (reserveId: string, as: TestCaller = NEIGHBOUR_MANAGER) =>
  done(get<JointReserveDetailResponse>(service, `joint-reserves/${reserveId}`, as));

async function aJointReserve(overrides: Record<string, unknown> = {}): Promise<JointReserveDetailResponse> {
  const { reserveId } = await done(create(agreed(overrides)));
  await done(put(reserveId, [lotId]));
  return seen(reserveId);
}

const draw = (
  { reserveId, owners }: JointReserveDetailResponse,
  quantityBase: number,
  as: TestCaller = NEIGHBOUR_MANAGER,
) =>
  post<DrawStepResponse>(
    service,
    `joint-reserves/${reserveId}/draws`,
    { ownerId: owners[1].ownerId, quantityBase, toDepotId: other.id, reason: '演练' },
    as,
  );
const sign = (drawId: string, as: TestCaller = NEIGHBOUR_APPROVER, decision = 'approve') =>
  post<DrawStepResponse>(service, `joint-reserves/draws/${drawId}/decision`, { decision }, as);
const countIn = (drawId: string, lines: unknown) =>
  post<DrawStepResponse>(service, `joint-reserves/draws/${drawId}/receipt`, { lines }, NEIGHBOUR_KEEPER);

async function heldBy(regionCode: string): Promise<number> {
  const path = `gaps?region=${regionCode}&item=${TENT}&all=true`;
  const { items } = await done(get<GapsResponse>(service, path, { ...LENDER_MANAGER, regionCode }));
  return items[0]?.total.heldBase ?? 0;
}

describe('what is entered', () => {
  it.each([
    ['shares that leave a rest', () => ({ owners: [owner(LENDER, { share: 49 }), owner(BORROWER)] }), '/owners'],
    ['costs that leave a rest', () => ({ owners: [owner(LENDER, { costPercent: 51 }), owner(BORROWER)] }), '/owners'],
    ['an owner named twice', () => ({ owners: [owner(LENDER), owner(LENDER)] }), '/owners/1'],
    ['a last day before the first', () => ({ validTo: '2025-12-31' }), '/validTo'],
  ])('with %s is refused', async (_what, overrides, pointer) => {
    const before = await ledgerCounts(service);
    const answer = await create(agreed(overrides()));
    expect(answer.body).toMatchObject({ code: 'REQUEST_INVALID', errors: [expect.objectContaining({ pointer })] });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('lies in a depot of the caller, and is seen by its owners only', async () => {
    expect((await create(agreed(), NEIGHBOUR_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND' });
    const { reserveId } = await aJointReserve();
    expect(await seen(reserveId)).toEqual(await seen(reserveId, LENDER_MANAGER));
    expect((await get(service, `joint-reserves/${reserveId}`, THIRD_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_JOINT_RESERVE_NOT_FOUND',
    });
    const list = (as: TestCaller) => done(get<JointReservesResponse>(service, 'joint-reserves', as));
    expect((await list(THIRD_MANAGER)).items).toEqual([]);
    expect((await list(NEIGHBOUR_MANAGER)).items).toMatchObject([{ reserveId }]);
  });

  it('takes lots of its owners that lie there free, each once', async () => {
    const { reserveId } = await aJointReserve();
    expect((await put(reserveId, [lotId])).body).toMatchObject({ code: 'SUPPLIES_JOINT_LOT_UNFIT' });
    const elsewhere = await aLot(service, other, { quantityBase: 5 });
    expect((await put(reserveId, [elsewhere])).body).toMatchObject({ code: 'SUPPLIES_JOINT_LOT_UNFIT' });
    expect((await put(reserveId, [randomUUID()])).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_FOUND' });
    expect((await put(reserveId, [elsewhere], NEIGHBOUR_MANAGER)).body).toMatchObject({
      code: 'SUPPLIES_DEPOT_NOT_FOUND',
    });
    const own = await aLot(service, depot, { quantityBase: 5 });
    const third = await done(create(agreed({ owners: [owner(BORROWER), owner(THIRD)] })));
    expect((await put(third.reserveId, [own])).body).toMatchObject({ code: 'SUPPLIES_JOINT_LOT_UNFIT' });
  });
});

describe('a share counts once', () => {
  beforeEach(async () => {
    await aStandard(service, depot.id, TENT, 1);
    await aStandard(service, other.id, TENT, 1);
  });

  it('towards its owner’s standard, not wholly for the region of the depot', async () => {
    expect([await heldBy(LENDER), await heldBy(BORROWER), await heldBy(CITY)]).toEqual([101, 0, 101]);
    const reserve = await aJointReserve();
    expect(reserve.owners.map(({ claimBase }) => claimBase)).toEqual([51, 50]);
    expect([await heldBy(LENDER), await heldBy(BORROWER), await heldBy(CITY)]).toEqual([51, 50, 101]);
  });

  it('also after a draw: what is drawn counts with its owner, and the rest by what is left of the shares', async () => {
    const reserve = await aJointReserve();
    const { drawId } = await done(draw(reserve, 30));
    await done(sign(drawId));
    expect([await heldBy(LENDER), await heldBy(BORROWER)]).toEqual([51, 20]);
    await done(countIn(drawId, [{ lotId, receivedBase: 29, lostBase: 1 }]));
    expect([await heldBy(LENDER), await heldBy(BORROWER), await heldBy(CITY)]).toEqual([51, 49, 100]);
    expect(await stockOf(service, other.id)).toMatchObject({ available: 29 });
  });

  it('for the region of the lot again when the time of the reserve is over', async () => {
    const reserve = await aJointReserve();
    await service.database.query(
      `UPDATE joint_reserves SET valid_from = '2020-01-01', valid_to = '2020-12-31' WHERE id = $1`,
      [reserve.reserveId],
    );
    expect([await heldBy(LENDER), await heldBy(BORROWER)]).toEqual([101, 0]);
    expect((await draw(reserve, 1)).body).toMatchObject({ code: 'SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE' });
  });

  it('as pieces, where the owners agreed on pieces', async () => {
    const owners = [owner(LENDER, { share: 200 }), owner(BORROWER, { share: 103 })];
    const reserve = await aJointReserve({ shareBasis: 'pieces', owners });
    expect(reserve.owners.map(({ claimBase }) => claimBase)).toEqual([67, 34]);
  });
});

describe('a draw', () => {
  it('beyond the right of the owner, or beyond its share, is refused', async () => {
    const reserve = await aJointReserve({ owners: [owner(LENDER), owner(BORROWER, { drawLimitBase: 45 })] });
    const before = await ledgerCounts(service);
    expect((await draw(reserve, 46)).body).toMatchObject({
      code: 'SUPPLIES_DRAW_BEYOND_RIGHT',
      facts: { drawableBase: 45 },
    });
    expect(await ledgerCounts(service)).toEqual(before);
    await done(draw(reserve, 30));
    expect((await draw(reserve, 16)).body).toMatchObject({
      code: 'SUPPLIES_DRAW_BEYOND_RIGHT',
      facts: { drawableBase: 15 },
    });
    lotId = await aLot(service, depot, { quantityBase: 10 });
    const small = await aJointReserve();
    expect((await draw(small, 6)).body).toMatchObject({ facts: { claimBase: 5, drawableBase: 5 } });
  });

  it('of the last pieces at the same instant is given once', async () => {
    const reserve = await aJointReserve();
    const answers = await Promise.all([1, 2, 3].map(() => draw(reserve, 20)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
  });

  it('is asked for and signed by the owner’s own people, two of them', async () => {
    const reserve = await aJointReserve();
    expect((await draw(reserve, 1, LENDER_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_SHARING_WRONG_SIDE' });
    const { drawId } = await done(draw(reserve, 10, CITY_COMMANDER));
    expect((await sign(drawId, CITY_COMMANDER)).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_BY_REQUESTER' });
    expect((await sign(drawId, NEIGHBOUR_MANAGER)).body).toMatchObject({ code: 'SUPPLIES_APPROVAL_TIER_TOO_LOW' });
    expect((await sign(drawId, LENDER_APPROVER)).body).toMatchObject({ code: 'SUPPLIES_SHARING_WRONG_SIDE' });
    expect(await done(sign(drawId))).toMatchObject({ state: 'on-the-road' });
    expect((await sign(drawId)).body).toMatchObject({ code: 'SUPPLIES_DRAW_TRANSITION_FORBIDDEN' });
    expect((await countIn(drawId, [{ lotId, receivedBase: 9 }])).body).toMatchObject({
      code: 'SUPPLIES_JOURNEY_MISMATCH',
    });
    await done(countIn(drawId, [{ lotId, receivedBase: 10 }]));
    expect((await seen(reserve.reserveId)).draws).toMatchObject([{ state: 'received', quantityBase: 10 }]);
  });

  it('that is refused or that nobody signs frees its pieces', async () => {
    const reserve = await aJointReserve();
    const first = await done(draw(reserve, 40));
    await done(sign(first.drawId, NEIGHBOUR_APPROVER, 'refuse'));
    const second = await done(draw(reserve, 40));
    await service.database.query(`UPDATE deadlines SET due_at = now() WHERE subject_id = $1`, [second.drawId]);
    await waitFor('the draw to lapse', async () =>
      (await seen(reserve.reserveId)).draws.some(({ state }) => state === 'lapsed'),
    );
    expect((await seen(reserve.reserveId)).owners[1].drawableBase).toBe(40);
  });
});

it('what is held jointly is not used up by hand in the depot where it lies', async () => {
  await aJointReserve();
  const use = { kind: 'use', depotId: depot.id, lines: [{ lotId, quantityBase: 1 }] };
  const answer = await post<Problem>(service, 'movements', use, { ...LENDER_MANAGER, roles: ['keeper'] });
  expect(answer.body).toMatchObject({ status: 409, code: 'SUPPLIES_JOINT_DRAW_NEEDED' });
});

it('what is held jointly is promised, lent and sent to nobody but its owners', async () => {
  const reserve = await aJointReserve();
  await anAgreement(service);
  expect(await shareable(service)).toMatchObject([{ callableBase: 0 }]);
  const before = (await parkedCodes(service)).length;
  const wish = aReserve([{ depotId: depot.id, quantityBase: 1 }]);
  await service.publish(ReserveStock, wish);
  await service.settled();
  expect((await parkedCodes(service)).length).toBe(before);
  expect(await stockOf(service, depot.id)).toMatchObject({ available: 101, reserved: 0 });
  const curve = (as: TestCaller) => done(get<CallableResponse>(service, `items/${TENT}/callable`, as));
  expect((await curve(NEIGHBOUR_MANAGER)).points[0].byKind).toMatchObject({ stock: 0, joint: 40 });
  expect((await curve(CITY_COMMANDER)).points[0].byKind).toMatchObject({ stock: 0, joint: 80 });
  expect((await curve(NEIGHBOUR_MANAGER)).sources).toMatchObject([
    { kind: 'joint', documentNumber: reserve.documentNumber },
  ]);
});

it('costs are split in whole fen that sum to the amount', async () => {
  const owners = [34, 33, 33].map((costPercent, index) =>
    owner([LENDER, BORROWER, THIRD][index], { costPercent, share: costPercent }),
  );
  const { reserveId } = await aJointReserve({ owners });
  const cost = {
    kind: 'holding',
    amountFen: 100_001,
    periodFrom: '2026-01-01',
    periodTo: '2026-06-30',
    documentNumber: '2026-7',
  };
  const entered = await done(post<CostResponse>(service, `joint-reserves/${reserveId}/costs`, cost, LENDER_MANAGER));
  expect(entered.shares.map(({ amountFen }) => amountFen)).toEqual([34_001, 33_000, 33_000]);
  expect((await seen(reserveId)).costs).toEqual([entered]);
  expect((await post(service, `joint-reserves/${reserveId}/costs`, cost, NEIGHBOUR_MANAGER)).body).toMatchObject({
    code: 'SUPPLIES_DEPOT_NOT_FOUND',
  });
});
