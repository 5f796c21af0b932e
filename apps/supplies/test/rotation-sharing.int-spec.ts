import { RotationOffered } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type {
  AcceptedResponse,
  DemandStateResponse,
  DemandsResponse,
  MatchesResponse,
  OfferStateResponse,
  OffersResponse,
} from '../src/rotation/sharing/dto/sharing.dto';
import { addDays } from '../src/rotation/domain/months';
import type { TransferDetailResponse } from '../src/transfers/dto/transfer-record.dto';
import { brokenInvariants } from './support/invariants';
import { aLotEndingIn, aThreshold, dayIn, get, orderOf, ordersOf, post, sweep } from './support/rotation-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aStandard,
  expire,
  ledgerCounts,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let giver: TestDepot;
let taker: TestDepot;
let lotId: string;
let today: string;

/** The people of the county next door. */
const NEIGHBOUR: TestCaller = { ...STOCK_MANAGER, displayName: 'Neighbour', regionCode: '140931' };

beforeAll(async () => {
  service = await startSupplies();
  await aThreshold(service, 'FEFO');
  today = await dayIn(service, 0);
});
afterAll(() => service.stop());
beforeEach(async () => {
  giver = await aDepot(service);
  taker = await aDepot(service, { regionCode: '140931' });
  lotId = await aLotEndingIn(service, giver, 50, { itemCode: RICE, quantityBase: 100 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
  for (const table of ['rotation_demands', 'rotation_offers']) {
    await service.database.query(`UPDATE ${table} SET state = 'withdrawn', ended_at = now() WHERE ended_at IS NULL`);
  }
  await service.database.query(`UPDATE lots SET expiry_date = '2099-01-01'`); // what is left of a test dies no more
});

const offer = (overrides: Record<string, unknown> = {}, as: TestCaller = STOCK_MANAGER) => {
  const goods = { depotId: giver.id, lotId, quantityBase: 60, offeredUntil: addDays(today, 20) };
  return post<OfferStateResponse>(service, 'rotation/offers', { ...goods, ...overrides }, as);
};
const offered = async (overrides: Record<string, unknown> = {}) => (await offer(overrides)).body.offerId;
const accept = (offerId: string, overrides: Record<string, unknown> = {}, as: TestCaller = NEIGHBOUR) => {
  const goods = { depotId: taker.id, quantityBase: 40, ...overrides };
  return post<AcceptedResponse>(service, `rotation/offers/${offerId}/acceptances`, goods, as);
};
const declare = (overrides: Record<string, unknown> = {}, as: TestCaller = NEIGHBOUR) => {
  const drill = { depotId: taker.id, itemCode: RICE, purpose: 'drill', quantityBase: 30 };
  const time = { neededFrom: addDays(today, 10), neededUntil: addDays(today, 12) };
  return post<DemandStateResponse>(service, 'rotation/demands', { ...drill, ...time, ...overrides }, as);
};
const offersOfGiver = async () =>
  (await get<OffersResponse>(service, 'rotation/offers?limit=200')).items.filter(({ depotId }) => depotId === giver.id);
const matches = async (query = '', as: TestCaller = STOCK_MANAGER) => {
  const answer = await get<MatchesResponse>(service, `rotation/matches${query}`, as);
  return { ...answer, items: answer.items.filter(({ fromDepotId }) => fromDepotId === giver.id) };
};

describe('goods that die here', () => {
  it('are matched to a drill elsewhere, with the waste that is avoided and a sentence that says why', async () => {
    const price = { itemCode: RICE, regionCode: '140930', validFrom: today, priceFen: 12_000, basis: 'estimate' };
    await post(service, 'rotation/prices', price);
    const { body } = await declare();
    const { items } = await matches();
    expect(items).toMatchObject([
      { lotId, demandId: body.demandId, toDepotCode: taker.code, quantityBase: 30, savedFen: 360_000, offerId: null },
    ]);
    expect(items[0].lifeLeftDays).toBeGreaterThan(40);
    expect(items[0].sentence).toContain(`reach ${taker.code}`);
  });

  it('are not matched below the floor of their place', async () => {
    await aStandard(service, giver.id, RICE, 90);
    await declare();
    expect((await matches()).items.map(({ quantityBase }) => quantityBase)).toEqual([10]);
  });

  it('are not matched to a use after their end, nor to other goods', async () => {
    await declare({ neededFrom: addDays(today, 49), neededUntil: addDays(today, 51) });
    await declare({ itemCode: TENT });
    expect((await matches()).items).toEqual([]);
  });

  it('of which a part is accepted already are matched with the rest', async () => {
    await aStandard(service, giver.id, RICE, 30);
    await accept(await offered());
    await declare({ quantityBase: 100 });
    expect((await matches()).items.map(({ quantityBase }) => quantityBase)).toEqual([30]);
  });

  it('are seen by the neighbour once they are offered', async () => {
    await declare();
    expect((await matches('?side=take', NEIGHBOUR)).items).toEqual([]);
    const offerId = await offered({ quantityBase: 20 });
    expect((await matches('?side=take', NEIGHBOUR)).items).toMatchObject([{ offerId, quantityBase: 20 }]);
  });
});

describe('an offer', () => {
  it('is announced, and seen by all with what is left of it', async () => {
    await sweep(service);
    const offerId = await offered();
    const [event] = (await service.published(RotationOffered)).filter((data) => data.offerId === offerId);
    expect(event).toMatchObject({ depotId: giver.id, lotId, quantityBase: 60, lifeEnd: addDays(today, 50) });
    const [order] = await ordersOf(service, giver);
    expect(await offersOfGiver()).toMatchObject([{ id: offerId, quantityBase: 60, takenBase: 0, orderId: order.id }]);
  });

  it('is of what lies above the floor only, with all other offers of the depot together', async () => {
    await aStandard(service, giver.id, RICE, 50);
    expect((await offer({ quantityBase: 51 })).body).toMatchObject({
      code: 'SUPPLIES_FLOOR_REACHED',
      facts: { spareBase: 50 },
    });
    const other = await aLotEndingIn(service, giver, 40, { itemCode: RICE, quantityBase: 20 });
    await offered({ quantityBase: 50 });
    expect((await offer({ lotId: other, quantityBase: 20 })).status).toBe(201);
    const third = await aLotEndingIn(service, giver, 40, { itemCode: RICE, quantityBase: 5 });
    await service.database.query(`UPDATE reserve_standards SET floor_base = 60 WHERE depot_id = $1`, [giver.id]);
    expect((await offer({ lotId: third, quantityBase: 1 })).body.code).toBe('SUPPLIES_FLOOR_REACHED');
  });

  it('of two for the same goods stands once, also when both are made at once', async () => {
    await aStandard(service, giver.id, RICE, 50);
    const other = await aLotEndingIn(service, giver, 40, { itemCode: RICE, quantityBase: 50 });
    const answers = await Promise.all([
      offer({ quantityBase: 60 }),
      offer({ quantityBase: 60 }),
      offer({ lotId: other, quantityBase: 50 }),
    ]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it.each([
    ['more than is free', () => ({ quantityBase: 101 }), STOCK_MANAGER, 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE'],
    [
      'a last day that has passed',
      async () => ({ offeredUntil: await dayIn(service, -1) }),
      STOCK_MANAGER,
      'REQUEST_INVALID',
    ],
    [
      'a last day after the goods end',
      async () => ({ offeredUntil: await dayIn(service, 51) }),
      STOCK_MANAGER,
      'REQUEST_INVALID',
    ],
    [
      'goods that keep long',
      async () => ({ lotId: await aLot(service, giver, { itemCode: RICE, expiryDate: '2099-01-01' }) }),
      STOCK_MANAGER,
      'SUPPLIES_ROTATION_TRANSITION_FORBIDDEN',
    ],
    [
      'goods past their date',
      async () => ({ lotId: await aLotEndingIn(service, giver, -1, { itemCode: RICE }) }),
      STOCK_MANAGER,
      'SUPPLIES_LOT_NOT_ISSUABLE',
    ],
    ['the depot of others', () => ({}), NEIGHBOUR, 'SUPPLIES_DEPOT_NOT_FOUND'],
    ['people who only look', () => ({}), AUDITOR, 'AUTH_ROLE_MISSING'],
    ['keepers', () => ({}), KEEPER, 'AUTH_ROLE_MISSING'],
  ])('is refused for %s, and leaves no trace', async (_what, overrides, as, code) => {
    const changed = await Promise.resolve(overrides());
    const before = await ledgerCounts(service);
    expect((await offer(changed, as)).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
    expect(await offersOfGiver()).toEqual([]);
  });

  it('can be taken back by its own people', async () => {
    const offerId = await offered();
    const withdraw = (as: TestCaller) => post(service, `rotation/offers/${offerId}/withdrawal`, {}, as);
    expect((await withdraw(NEIGHBOUR)).body.code).toBe('SUPPLIES_ROTATION_OFFER_NOT_FOUND');
    expect((await withdraw(STOCK_MANAGER)).body).toMatchObject({ state: 'withdrawn' });
    expect((await accept(offerId)).body.code).toBe('SUPPLIES_ROTATION_OFFER_ENDED');
    expect((await withdraw(STOCK_MANAGER)).body.code).toBe('SUPPLIES_ROTATION_OFFER_ENDED');
  });
});

describe('taking an offer', () => {
  it('takes a part of it for a depot of the own, with life left on arrival', async () => {
    const offerId = await offered();
    const answer = await accept(offerId);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ quantityBase: 40, arrivesOn: addDays(today, 1), lifeLeftDays: 49 });
    expect(await offersOfGiver()).toMatchObject([
      { takenBase: 40, state: 'open', acceptances: [{ depotCode: taker.code, quantityBase: 40, state: 'accepted' }] },
    ]);
    await accept(offerId, { quantityBase: 20 });
    expect(await offersOfGiver()).toMatchObject([{ takenBase: 60, state: 'taken' }]);
  });

  it('for a declared demand counts towards it', async () => {
    const { body } = await declare();
    const offerId = await offered();
    expect((await accept(offerId, { demandId: body.demandId, quantityBase: 31 })).body.code).toBe(
      'SUPPLIES_ROTATION_DEMAND_ENDED',
    );
    expect((await accept(offerId, { demandId: body.demandId, quantityBase: 30 })).status).toBe(201);
    const { items } = await get<DemandsResponse>(service, 'rotation/demands?region=140931&limit=200');
    expect(items.find(({ id }) => id === body.demandId)).toMatchObject({ takenBase: 30, state: 'met' });
  });

  it('never takes more than is offered, also when many take at once', async () => {
    const offerId = await offered();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(offerId, { quantityBase: 25 })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect((await accept(offerId, { quantityBase: 11 })).body).toMatchObject({
      code: 'SUPPLIES_ROTATION_OFFER_EXCEEDED',
      facts: { openBase: 10 },
    });
  });

  it('is refused when the place would fall below its floor by now', async () => {
    const offerId = await offered();
    await aStandard(service, giver.id, RICE, 70);
    expect((await accept(offerId)).body).toMatchObject({ code: 'SUPPLIES_FLOOR_REACHED', facts: { spareBase: 30 } });
    expect((await accept(offerId, { quantityBase: 30 })).status).toBe(201);
  });

  it('is refused for goods that would not keep until their use, or to their arrival', async () => {
    const { body } = await declare({ neededFrom: addDays(today, 40), neededUntil: addDays(today, 55) });
    const offerId = await offered();
    expect((await accept(offerId, { demandId: body.demandId, quantityBase: 1 })).body.code).toBe(
      'SUPPLIES_ROTATION_OFFER_TOO_LATE',
    );
    await service.database.query(`UPDATE lots SET expiry_date = $2 WHERE id = $1`, [lotId, today]);
    expect((await accept(offerId)).body.code).toBe('SUPPLIES_ROTATION_OFFER_TOO_LATE');
    await expire(service, lotId);
    expect((await accept(offerId)).body.code).toBe('SUPPLIES_LOT_NOT_ISSUABLE');
  });

  it('is refused for the offering depot itself and for depots of others', async () => {
    const offerId = await offered();
    expect((await accept(offerId, { depotId: giver.id }, STOCK_MANAGER)).body.code).toBe('REQUEST_INVALID');
    expect((await accept(offerId, { depotId: giver.id })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    expect((await accept('00000000-0000-4000-8000-000000000001')).body.code).toBe('SUPPLIES_ROTATION_OFFER_NOT_FOUND');
  });

  it('can fall through on either side, and the pieces are offered again', async () => {
    const { body: demand } = await declare();
    const offerId = await offered();
    const { body } = await accept(offerId, { demandId: demand.demandId, quantityBase: 30 });
    const cancel = (as: TestCaller) => post(service, `rotation/acceptances/${body.acceptanceId}/cancellation`, {}, as);
    expect((await cancel({ ...STOCK_MANAGER, regionCode: '1404' })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    expect((await cancel(NEIGHBOUR)).status).toBe(200);
    expect((await cancel(STOCK_MANAGER)).body.code).toBe('SUPPLIES_ROTATION_OFFER_ENDED');
    expect(await offersOfGiver()).toMatchObject([{ takenBase: 0, state: 'open' }]);
    const { items } = await get<DemandsResponse>(service, 'rotation/demands?region=140931&limit=200');
    expect(items.find(({ id }) => id === demand.demandId)).toMatchObject({ takenBase: 0, state: 'open' });
  });
});

describe('goods that were taken', () => {
  const dispatch = (transferId: string, body: Record<string, unknown> = {}) =>
    post(service, `transfers/${transferId}/dispatch`, body, KEEPER);

  it('leave by a transfer that the offering keeper loads, and count under the rotation order', async () => {
    await sweep(service);
    const { body } = await accept(await offered());
    const transferId = String(body.transferId);
    const transfer = await get<TransferDetailResponse>(service, `transfers/${transferId}`);
    expect(transfer).toMatchObject({
      state: 'ordered',
      requestedBy: 'Neighbour',
      lines: [{ lotId, orderedBase: 40 }],
    });
    expect((await dispatch(transferId)).status).toBe(201);
    await sweep(service);
    expect(await offersOfGiver()).toMatchObject([{ acceptances: [{ state: 'transferred', transferId }] }]);
    const [{ id, leftBase }] = await ordersOf(service, giver);
    expect(leftBase).toBe(60);
    const { actions, state } = await orderOf(service, id);
    expect(state).toBe('in-progress');
    expect(actions).toMatchObject([{ way: 'transfer', quantityBase: 40, transferId, recordedBy: 'Neighbour' }]);
    const cancel = await post(service, `rotation/acceptances/${body.acceptanceId}/cancellation`, {}, NEIGHBOUR);
    expect(cancel.body.code).toBe('SUPPLIES_ROTATION_OFFER_ENDED');
  });

  it('of which fewer were loaded leave the rest to be offered and demanded again', async () => {
    const { body: demand } = await declare();
    const { body } = await accept(await offered(), { demandId: demand.demandId, quantityBase: 30 });
    await dispatch(String(body.transferId), { lots: [{ lotId, quantityBase: 10 }] });
    await sweep(service);
    expect(await offersOfGiver()).toMatchObject([{ takenBase: 10, acceptances: [{ quantityBase: 10 }] }]);
    const { items } = await get<DemandsResponse>(service, 'rotation/demands?region=140931&limit=200');
    expect(items.find(({ id }) => id === demand.demandId)).toMatchObject({ takenBase: 10, state: 'open' });
  });

  it('do not come once they are on the road, even before the sweep has seen it', async () => {
    const { body } = await accept(await offered());
    await dispatch(String(body.transferId));
    const cancel = await post(service, `rotation/acceptances/${body.acceptanceId}/cancellation`, {}, NEIGHBOUR);
    expect(cancel.body.code).toBe('SUPPLIES_ROTATION_OFFER_ENDED');
  });

  it('call their transfer off when the acceptance falls through, and are offered again when the transfer does', async () => {
    const offerId = await offered();
    const { body } = await accept(offerId);
    await post(service, `rotation/acceptances/${body.acceptanceId}/cancellation`, {}, NEIGHBOUR);
    const called = await get<TransferDetailResponse>(service, `transfers/${body.transferId}`);
    expect(called.state).toBe('cancelled');
    const { body: second } = await accept(offerId);
    await post(service, `transfers/${second.transferId}/cancellation`, { reason: '车辆不足' }, KEEPER);
    await sweep(service);
    expect(await offersOfGiver()).toMatchObject([
      { takenBase: 0, acceptances: [{ state: 'fallen-through' }, { state: 'fallen-through' }] },
    ]);
  });
});

describe('a transfer between depots of the own', () => {
  it('is counted under the order of its lot, once, and only when it has left', async () => {
    await sweep(service);
    const [{ id: orderId }] = await ordersOf(service, giver);
    const own = await aDepot(service);
    const lines = [{ itemCode: RICE, lotId, quantityBase: 100 }];
    const order = { fromDepotId: giver.id, toDepotId: own.id, reason: '轮换', lines };
    const { body } = await post<{ transferId: string }>(service, 'transfers', order);
    const link = () => post(service, `rotation/orders/${orderId}/transfers`, { transferId: body.transferId });
    expect((await link()).body.code).toBe('SUPPLIES_TRANSFER_LOT_UNKNOWN');
    await post(service, `transfers/${body.transferId}/dispatch`, {}, KEEPER);
    expect((await link()).body).toMatchObject({ quantityBase: 100, state: 'awaiting-replenishment' });
    expect((await link()).body.code).toBe('SUPPLIES_ROTATION_TRANSFER_LINKED');
    expect((await post(service, `rotation/orders/${orderId}/closing`, {})).body).toMatchObject({
      ways: [{ way: 'transfer', quantityBase: 100 }],
    });
    expect((await link()).body.code).toBe('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN');
  });

  it('of another depot is not', async () => {
    await sweep(service);
    const [{ id: orderId }] = await ordersOf(service, giver);
    const answer = await post(service, `rotation/orders/${orderId}/transfers`, { transferId: lotId });
    expect(answer.body.code).toBe('SUPPLIES_TRANSFER_NOT_FOUND');
  });
});

describe('a demand', () => {
  it.each([
    ['a day that has passed', { neededFrom: '2020-01-01' }, NEIGHBOUR, 'REQUEST_INVALID'],
    ['an end before its beginning', { neededUntil: '2020-01-01' }, NEIGHBOUR, 'REQUEST_INVALID'],
    ['no quantity', { quantityBase: 0 }, NEIGHBOUR, 'REQUEST_INVALID'],
    ['goods that are not in the catalogue', { itemCode: 'ZZZ-999' }, NEIGHBOUR, 'SUPPLIES_ITEM_UNKNOWN'],
    ['the depot of others', {}, STOCK_MANAGER, 'SUPPLIES_DEPOT_NOT_FOUND'],
  ])('is refused for %s', async (_what, overrides, as, code) => {
    expect((await declare(overrides, as)).body.code).toBe(code);
  });

  it('can be taken back by its own people, once', async () => {
    const { body } = await declare();
    const withdraw = (as: TestCaller) => post(service, `rotation/demands/${body.demandId}/withdrawal`, {}, as);
    expect((await withdraw(STOCK_MANAGER)).body.code).toBe('SUPPLIES_ROTATION_DEMAND_NOT_FOUND');
    expect((await withdraw(NEIGHBOUR)).body).toMatchObject({ state: 'withdrawn' });
    expect((await withdraw(NEIGHBOUR)).body.code).toBe('SUPPLIES_ROTATION_DEMAND_ENDED');
    expect((await matches()).items).toEqual([]);
  });
});
