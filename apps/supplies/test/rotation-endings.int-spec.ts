import { randomUUID } from 'node:crypto';
import { RotationOrderClosed, depotAccount } from '@ledger/contracts';
import { type TestCaller, type TestService } from '@ledger/testing';
import type { DraftReplenishmentResponse, ReplenishmentNeedsResponse } from '../src/rotation/dto/order.dto';
import type { LotResponse } from '../src/stock/dto/lot.dto';
import { brokenInvariants } from './support/invariants';
import { aFramework } from './support/purchases';
import {
  OTHER_MANAGER,
  QUILT,
  aLotEndingIn,
  aQuiltInTheCatalogue,
  aThreshold,
  alertsOf,
  anOrder,
  dayIn,
  endIn,
  get,
  moveLot,
  orderOf,
  ordersOf,
  post,
  postDirectly,
  sweep,
} from './support/rotation-work';
import {
  APPROVER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  aDepot,
  aLot,
  aStandard,
  balanceOf,
  ledgerCounts,
  startSupplies,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
  await aQuiltInTheCatalogue(service);
  await aThreshold(service, 'FEFO');
  await aThreshold(service, 'FIFO-APPRAISE');
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const riceOrder = (quantityBase = 100) => anOrder(service, depot, { itemCode: RICE, quantityBase });
const use = (orderId: string, quantityBase: number, way = 'use', as = KEEPER) =>
  post<{ movementId: string; state: string }>(service, `rotation/orders/${orderId}/uses`, { way, quantityBase }, as);
const close = (orderId: string, as: TestCaller = STOCK_MANAGER) =>
  post<{ state: string; ways: unknown[] }>(service, `rotation/orders/${orderId}/closing`, {}, as);
const freshRice = (quantityBase: number, where = depot) =>
  aLot(service, where, { itemCode: RICE, quantityBase, expiryDate: '2099-01-01' });

describe('closing', () => {
  it('is refused while goods that must go are left', async () => {
    const { orderId } = await riceOrder(10);
    const before = await ledgerCounts(service);
    const answer = await close(orderId);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'SUPPLIES_ROTATION_GOODS_LEFT', facts: { leftBase: 10 } });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused until the place is at its standard again, and says what is missing', async () => {
    await aStandard(service, depot.id, RICE, 80);
    await aLotEndingIn(service, depot, 59, { itemCode: RICE, quantityBase: 500 }); // there, but it has to go as well
    const { orderId } = await riceOrder(100);
    await use(orderId, 100);
    await freshRice(30);
    const answer = await close(orderId);
    expect(answer.body).toMatchObject({
      code: 'SUPPLIES_ROTATION_BELOW_STANDARD',
      facts: { floorBase: 80, usableBase: 30, missingBase: 50 },
    });
    expect((await orderOf(service, orderId)).replenishment).toMatchObject({ missingBase: 50, closable: false });
    await freshRice(50);
    expect((await orderOf(service, orderId)).replenishment).toMatchObject({ missingBase: 0, closable: true });
    expect((await close(orderId)).body).toMatchObject({ state: 'closed', ways: [{ way: 'use', quantityBase: 100 }] });
    const [event] = (await service.published(RotationOrderClosed)).filter((data) => data.orderId === orderId);
    expect(event).toMatchObject({ outcome: 'closed', ways: [{ way: 'use', quantityBase: 100 }] });
    expect((await close(orderId)).body.code).toBe('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN');
  });

  it('looks at this one place: plenty in another depot of the organisation does not help', async () => {
    const other = await aDepot(service);
    await freshRice(10_000, other);
    await aStandard(service, depot.id, RICE, 5);
    const { orderId } = await riceOrder(10);
    await use(orderId, 10);
    expect((await close(orderId)).body).toMatchObject({
      code: 'SUPPLIES_ROTATION_BELOW_STANDARD',
      facts: { missingBase: 5 },
    });
    const lotId = await freshRice(10, other);
    await moveLot(service, { from: other, to: depot, lotId, quantityBase: 5 });
    expect((await close(orderId)).status).toBe(200);
  });

  it('counts pieces that left by other ways than the order: what is gone is gone', async () => {
    const { orderId, lotId } = await riceOrder(10);
    const gone = { lotId, from: depotAccount(depot.id, 'available'), to: 'consumed', quantityBase: 10 } as const;
    await postDirectly(service, 'use', gone);
    await sweep(service);
    expect(await orderOf(service, orderId)).toMatchObject({ state: 'awaiting-replenishment', leftBase: 0 });
    expect((await close(orderId)).body).toMatchObject({ state: 'closed', ways: [] });
  });

  it('makes room for a new order when the lot comes back', async () => {
    const { orderId, lotId } = await riceOrder(10);
    const other = await aDepot(service);
    await moveLot(service, { from: depot, to: other, lotId, quantityBase: 10 });
    expect((await close(orderId)).status).toBe(200);
    await moveLot(service, { from: other, to: depot, lotId, quantityBase: 3 });
    await sweep(service);
    expect((await ordersOf(service, depot)).map(({ state, leftBase }) => [state, leftBase])).toEqual([
      ['open', 3],
      ['closed', 0],
    ]);
  });

  it('and only one of two people closes', async () => {
    const { orderId } = await riceOrder(10);
    await use(orderId, 10);
    const answers = await Promise.all([close(orderId), close(orderId, OTHER_MANAGER)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('leaves the need of its place to purchasing, with what it costs', async () => {
    await aStandard(service, depot.id, RICE, 80);
    const { orderId } = await riceOrder(100);
    await use(orderId, 100);
    await freshRice(30);
    const needsOf = () => get<ReplenishmentNeedsResponse>(service, `rotation/replenishment-needs?depotId=${depot.id}`);
    const price = { itemCode: RICE, regionCode: '140930', validFrom: await dayIn(service, 0), priceFen: 12_000 };
    await post(service, 'rotation/prices', { ...price, basis: 'estimate' });
    expect((await needsOf()).items).toEqual([
      expect.objectContaining({ floorBase: 80, usableBase: 30, missingBase: 50, costFen: 600_000, orders: 1 }),
    ]);
    await freshRice(50);
    expect((await needsOf()).items).toEqual([]);
  });
});

describe('the needs after rotation', () => {
  const draft = (as: TestCaller = STOCK_MANAGER) =>
    post<DraftReplenishmentResponse>(service, 'rotation/replenishment-needs/draft-orders', { depotId: depot.id }, as);

  it('become draft purchase orders, once, also when two ask at once', async () => {
    await aFramework(service, {}, { itemCode: RICE, unitPriceFen: 9_000 });
    await aStandard(service, depot.id, RICE, 80);
    const { orderId } = await riceOrder(100);
    await use(orderId, 100);
    await freshRice(30);
    const answers = await Promise.all([draft(), draft(OTHER_MANAGER)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const lines = answers.flatMap(({ body }) => body.orders.flatMap((order) => order.lines));
    expect(lines).toEqual([expect.objectContaining({ itemCode: RICE, quantityBase: 50 })]);
    expect(lines[0].need).toContain('50 short of the standard of 80 after rotation');
    expect((await draft(KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
  });

  it('are said to be unmet where no agreement sells the goods', async () => {
    await aStandard(service, depot.id, QUILT, 10);
    const { orderId } = await anOrder(service, depot, { itemCode: QUILT, quantityBase: 10 });
    await use(orderId, 10, 'drill');
    expect((await draft()).body).toMatchObject({ orders: [], unmet: [{ quantityBase: 10, why: 'no-framework' }] });
  });
});

describe('cancelling', () => {
  const ask = (orderId: string, as = STOCK_MANAGER) =>
    post(service, `rotation/orders/${orderId}/cancellation`, { reason: '该批次另有安排' }, as);
  const decide = (orderId: string, decision: string, as: TestCaller = OTHER_MANAGER) =>
    post(service, `rotation/orders/${orderId}/cancellation/decision`, { decision }, as);

  it('takes a reason and another person', async () => {
    const { orderId } = await riceOrder(10);
    expect((await decide(orderId, 'approve')).body.code).toBe('SUPPLIES_ROTATION_CANCEL_NOT_ASKED');
    const unreasoned = await post(service, `rotation/orders/${orderId}/cancellation`, {});
    expect(unreasoned.body.code).toBe('REQUEST_INVALID');
    expect((await ask(orderId)).status).toBe(201);
    expect((await decide(orderId, 'approve', STOCK_MANAGER)).body.code).toBe('SUPPLIES_ROTATION_SAME_PERSON');
    expect((await decide(orderId, 'approve')).body).toMatchObject({ state: 'cancelled' });
    expect(await orderOf(service, orderId)).toMatchObject({ state: 'cancelled', endedBy: 'Other' });
    const [event] = (await service.published(RotationOrderClosed)).filter((data) => data.orderId === orderId);
    expect(event.outcome).toBe('cancelled');
  });

  it('can be turned down, and the order goes on', async () => {
    const { orderId } = await riceOrder(10);
    await ask(orderId);
    expect((await decide(orderId, 'reject', APPROVER)).body).toMatchObject({ state: 'open' });
    expect((await decide(orderId, 'approve')).body.code).toBe('SUPPLIES_ROTATION_CANCEL_NOT_ASKED');
  });

  it('holds while the lot stands as it did, and the order comes again when it stands worse', async () => {
    const { orderId, lotId } = await riceOrder(10);
    await ask(orderId);
    await decide(orderId, 'approve');
    await sweep(service);
    expect((await ordersOf(service, depot)).map(({ state }) => state)).toEqual(['cancelled']);
    await endIn(service, lotId, 5);
    await sweep(service);
    expect((await ordersOf(service, depot)).map(({ state }) => state)).toEqual(['open', 'cancelled']);
  });

  it('is too late once goods have left under the order', async () => {
    const { orderId } = await riceOrder(10);
    await use(orderId, 1);
    expect((await ask(orderId)).body.code).toBe('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN');
  });
});

describe('an appraisal', () => {
  const appraisal = { appraiser: '五名专家（演示）', method: '每批抽检 10 床', finding: '絮料干燥、无霉变' };
  const quiltOrder = () => anOrder(service, depot, { itemCode: QUILT, quantityBase: 20 });
  const propose = (orderId: string, path: string, body: Record<string, unknown>, as = KEEPER) =>
    post<{ proposalId: string }>(service, `rotation/orders/${orderId}/${path}`, { ...appraisal, ...body }, as);
  const decide = (proposalId: string, decision: string, as: TestCaller = STOCK_MANAGER) =>
    post(service, `rotation/proposals/${proposalId}/decision`, { decision }, as);
  const extension = async () => ({ newExpiryDate: await dayIn(service, 700), document: 'APP-7' });

  it('lets a lot live longer on the word of two people; its alert is armed for the new date', async () => {
    const { orderId, lotId } = await quiltOrder();
    const { body } = await propose(orderId, 'extensions', await extension());
    expect((await alertsOf(service, depot)).items[0].standing).toBe('due');
    expect((await decide(body.proposalId, 'approve')).status).toBe(200);
    const lot = await get<LotResponse>(service, `lots/${lotId}`);
    expect(lot.expiryDate).toBe(await dayIn(service, 700));
    expect((await alertsOf(service, depot)).items).toEqual([]);
    const order = await orderOf(service, orderId);
    expect(order).toMatchObject({ state: 'awaiting-replenishment', leftBase: 0, replenishment: { closable: true } });
    expect(order.actions).toEqual([expect.objectContaining({ way: 'extend', quantityBase: 20, document: 'APP-7' })]);
    const [row] = await service.database.query('SELECT appraiser, method FROM lot_extensions WHERE lot_id = $1', [
      lotId,
    ]);
    expect(row).toEqual({ appraiser: appraisal.appraiser, method: appraisal.method });
    expect((await close(orderId)).status).toBe(200);
    expect((await alertsOf(service, depot, `&day=${await dayIn(service, 650)}`)).items).toHaveLength(1);
  });

  it('is decided by another person, once', async () => {
    const { orderId } = await quiltOrder();
    const { body } = await propose(orderId, 'extensions', await extension(), STOCK_MANAGER);
    expect((await decide(body.proposalId, 'approve')).body.code).toBe('SUPPLIES_ROTATION_SAME_PERSON');
    expect((await decide(body.proposalId, 'reject', OTHER_MANAGER)).body).toMatchObject({ state: 'rejected' });
    expect((await decide(body.proposalId, 'approve', OTHER_MANAGER)).body.code).toBe(
      'SUPPLIES_ROTATION_PROPOSAL_DECIDED',
    );
    expect((await decide(randomUUID(), 'approve')).body.code).toBe('SUPPLIES_ROTATION_PROPOSAL_NOT_FOUND');
    expect((await decide(body.proposalId, 'approve', KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
  });

  it('is decided by the region that owns the lot', async () => {
    const { orderId, lotId } = await quiltOrder();
    await service.database.query(`UPDATE lots SET owner_region_code = '1409' WHERE id = $1`, [lotId]);
    const { body } = await propose(orderId, 'extensions', await extension());
    expect((await decide(body.proposalId, 'approve')).body.code).toBe('AUTH_REGION_OUT_OF_SCOPE');
    const owner = { ...OTHER_MANAGER, regionCode: '1409' };
    expect((await decide(body.proposalId, 'approve', owner)).status).toBe(200);
  });

  it('never makes rice younger than its printed date', async () => {
    const { orderId } = await riceOrder(10);
    const { body } = await propose(orderId, 'extensions', await extension());
    expect(body.code).toBe('SUPPLIES_EXTENSION_FORBIDDEN');
  });

  it('gives no date that is no extension', async () => {
    const { orderId } = await quiltOrder();
    const early = { newExpiryDate: await dayIn(service, 30), document: 'APP-8' };
    expect((await propose(orderId, 'extensions', early)).body.code).toBe('SUPPLIES_DATES_INVALID');
    const unproved = { newExpiryDate: await dayIn(service, 300) };
    expect((await propose(orderId, 'extensions', unproved)).body.code).toBe('REQUEST_INVALID');
  });

  it('scraps pieces on the word of two people, and leaves the rest to other ways out', async () => {
    const scrapped = await balanceOf(service, 'scrapped');
    const { orderId } = await quiltOrder();
    const { body } = await propose(orderId, 'scraps', { quantityBase: 8, finding: '霉变' });
    expect(await balanceOf(service, 'scrapped')).toBe(scrapped);
    expect((await decide(body.proposalId, 'approve')).body).toMatchObject({ state: 'approved' });
    expect(await balanceOf(service, 'scrapped')).toBe(scrapped + 8);
    await use(orderId, 12, 'drill');
    const order = await orderOf(service, orderId);
    expect(order).toMatchObject({ state: 'awaiting-replenishment' });
    expect(order.proposals).toEqual([expect.objectContaining({ way: 'scrap', state: 'approved', finding: '霉变' })]);
  });

  it('cannot scrap more than is there when it is decided', async () => {
    const { orderId } = await quiltOrder();
    const { body } = await propose(orderId, 'scraps', { quantityBase: 20 });
    await use(orderId, 1, 'drill');
    const before = await ledgerCounts(service);
    expect((await decide(body.proposalId, 'approve')).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect(await ledgerCounts(service)).toEqual(before);
  });
});
