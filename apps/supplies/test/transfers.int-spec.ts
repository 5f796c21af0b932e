import { randomUUID } from 'node:crypto';
import { WorkOverdue } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { TransfersResponse } from '../src/transfers/dto/transfer.dto';
import { aGift, aStoredDonation } from './support/gifts';
import { brokenInvariants } from './support/invariants';
import { reverse } from './support/site-work';
import { TransferWork } from './support/transfer-work';
import { SECOND_KEEPER, getFrom, hold, postTo, receiveToInspect, recall } from './support/warehouse-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aStandard,
  balanceOf,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let county: TestDepot;
let township: TestDepot;
let work: TransferWork;
let lotId: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  county = await aDepot(service);
  township = await aDepot(service, { regionCode: '140930101' });
  work = new TransferWork(service, county, township);
  lotId = await aLot(service, county, { quantityBase: 50 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a transfer', () => {
  it('is ordered, leaves, is on the road, and arrives', async () => {
    const ordered = await work.order([{ itemCode: TENT, quantityBase: 20 }]);
    expect(ordered.body).toMatchObject({ state: 'ordered' });
    const { transferId } = ordered.body;
    expect(await stockOf(service, county.id)).toMatchObject({ available: 50 });
    const sent = await work.dispatch(transferId, { carriedBy: '晋H-演0001 王师傅' });
    expect(sent.body).toMatchObject({ state: 'dispatched' });
    expect(await stockOf(service, county.id)).toMatchObject({ available: 30 });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(20);
    const arrived = await work.receive(transferId, lotId, { received: 20 });
    expect(arrived.body).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, township.id)).toMatchObject({ available: 20, quarantine: 0 });
    expect(await work.read(transferId)).toMatchObject({
      state: 'closed',
      fromDepotCode: county.code,
      toDepotCode: township.code,
      carriedBy: '晋H-演0001 王师傅',
      requestedBy: 'Manager',
      dispatchedBy: 'Keeper',
      inTransitBase: 0,
      lines: [{ itemCode: TENT, orderedBase: 20, lotId: null }],
      lots: [{ lotId, sentBase: 20, receivedBase: 20, damagedBase: 0, inTransitBase: 0, settledBase: 0 }],
      receipts: [{ recordedBy: 'Keeper', lines: [{ receivedBase: 20 }] }],
    });
  });

  it('sends the earliest to expire first, or the lots that the keeper loads', async () => {
    const late = await aLot(service, county, { itemCode: RICE, quantityBase: 10, expiryDate: '2099-01-01' });
    const soon = await aLot(service, county, { itemCode: RICE, quantityBase: 10, expiryDate: '2090-01-01' });
    const line = { itemCode: RICE, quantityBase: 12 };
    const first = (await work.order([line])).body.transferId;
    await work.dispatch(first);
    expect((await work.read(first)).lots.map((lot) => [lot.lotId, lot.sentBase])).toEqual([
      [soon, 10],
      [late, 2],
    ]);
    const second = (await work.order([line])).body.transferId;
    const lots = [{ lotId: late, quantityBase: 5 }];
    expect((await work.dispatch(second, { lots })).status).toBe(201);
    expect((await work.read(second)).lots.map((lot) => [lot.lotId, lot.sentBase])).toEqual([[late, 5]]);
  });

  it('comes in several deliveries; what is short stays on the road and may still come', async () => {
    const transferId = await work.sent(20);
    expect((await work.receive(transferId, lotId, { received: 8 })).body).toMatchObject({ state: 'dispatched' });
    const second = await work.receive(transferId, lotId, { received: 7, damaged: 2, short: 3 });
    expect(second.body).toMatchObject({ state: 'dispatched' });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(3);
    expect((await work.receive(transferId, lotId, { received: 3 })).body).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, township.id)).toEqual({ available: 18, reserved: 0, quarantine: 2 });
    expect((await work.read(transferId)).lots).toEqual([
      expect.objectContaining({ receivedBase: 18, damagedBase: 2, inTransitBase: 0 }),
    ]);
  });

  it('of which nothing came is recorded without a movement', async () => {
    const transferId = await work.sent(20);
    const answer = await work.receive(transferId, lotId, { short: 20 });
    expect(answer.body).toMatchObject({ state: 'dispatched', movementId: null });
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(20);
  });

  it('with more than was sent brings the surplus in as a difference of counts, with a note', async () => {
    const transferId = await work.sent(20);
    const counts = { received: 20, surplus: 2 };
    expect((await work.receive(transferId, lotId, { received: 22 })).body.code).toBe(
      'SUPPLIES_TRANSFER_EXCEEDS_DISPATCH',
    );
    expect((await work.receive(transferId, lotId, counts)).body.code).toBe('REQUEST_INVALID');
    const before = await balanceOf(service, 'count-difference');
    expect((await work.receive(transferId, lotId, counts, { note: 'two more in the last box' })).status).toBe(201);
    expect(await stockOf(service, township.id)).toMatchObject({ available: 22 });
    expect((await balanceOf(service, 'count-difference')) - before).toBe(-2);
    expect((await work.read(transferId)).lots).toEqual([expect.objectContaining({ sentBase: 20, surplusBase: 2 })]);
  });

  it('reaches another region, whose keeper receives it without any say at the sender', async () => {
    const elsewhere = await aDepot(service, { regionCode: '610822' });
    const far = new TransferWork(service, county, elsewhere);
    const transferId = await far.sent(5);
    const ours = { ...KEEPER, regionCode: '140930' };
    expect((await far.receive(transferId, lotId, { received: 5 }, {}, ours)).body.code).toBe(
      'SUPPLIES_TRANSFER_NOT_FOUND',
    );
    expect((await far.receive(transferId, lotId, { received: 5 })).status).toBe(201);
    expect(await stockOf(service, elsewhere.id)).toMatchObject({ available: 5 });
    for (const regionCode of ['140930', '610822']) {
      expect((await getFrom(service, `transfers/${transferId}`, { ...AUDITOR, regionCode })).status).toBe(200);
    }
    expect((await getFrom(service, `transfers/${transferId}`, { ...AUDITOR, regionCode: '140931' })).status).toBe(404);
  });

  it('is called off before it leaves, and not after', async () => {
    const first = await work.ordered(20);
    expect((await work.cancel(first)).body).toMatchObject({ state: 'cancelled' });
    expect((await work.dispatch(first)).body.code).toBe('SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN');
    const second = await work.sent(20);
    expect((await work.cancel(second)).body.code).toBe('SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN');
  });

  it('puts goods aside that were recalled or went past their date on the road', async () => {
    const rice = await aLot(service, county, { itemCode: RICE, quantityBase: 10, expiryDate: '2099-01-01' });
    const tents = await work.sent(20);
    const food = (await work.order([{ itemCode: RICE, quantityBase: 10 }])).body.transferId;
    await work.dispatch(food);
    const { trace } = (await recall(service, lotId)).body;
    expect(trace.transfers).toEqual([
      expect.objectContaining({ transferId: tents, toDepotCode: township.code, quantityBase: 20 }),
    ]);
    await expire(service, rice);
    await work.receive(tents, lotId, { received: 20 });
    await work.receive(food, rice, { received: 10 });
    expect(await stockOf(service, township.id)).toMatchObject({ available: 0, quarantine: 30 });
  });

  it('keeps what the depot has to keep, unless a stock manager says otherwise', async () => {
    await aStandard(service, county.id, TENT, 40);
    const kept = await work.ordered(11);
    expect((await work.dispatch(kept)).body).toMatchObject({
      code: 'SUPPLIES_FLOOR_REACHED',
      facts: { itemCode: TENT, aboveFloorBase: 10, floorBase: 40 },
    });
    const line = { itemCode: TENT, quantityBase: 11 };
    expect((await work.order([line], { mayBreakFloor: true }, KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    const allowed = (await work.order([line], { mayBreakFloor: true })).body.transferId;
    expect((await work.dispatch(allowed)).status).toBe(201);
  });

  it('of numbered gear moves the piece with its number', async () => {
    const line = { itemCode: TENT, batchNumber: randomUUID(), quantityBase: 1, serialNumbers: [randomUUID()] };
    const received = await postTo<{ lots: { lotId: string }[] }>(
      service,
      'receipts',
      { depotId: county.id, origin: 'purchase', lines: [line] },
      KEEPER,
    );
    const piece = received.body.lots[0].lotId;
    const transferId = await work.sent(1, piece);
    const two = { received: 1, surplus: 1 };
    expect((await work.receive(transferId, piece, two, { note: 'x' })).body.code).toBe(
      'SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED',
    );
    expect((await work.receive(transferId, piece, { received: 1 })).status).toBe(201);
    expect((await work.read(transferId)).lots).toEqual([
      expect.objectContaining({ serialNumber: line.serialNumbers[0], receivedBase: 1 }),
    ]);
  });

  it('that is late is announced to whoever has to act, and listed', async () => {
    const ordered = await work.ordered(5);
    const sent = await work.sent(5);
    for (const id of [ordered, sent]) {
      await service.database.query(`UPDATE transfers SET due_at = now() - interval '1 hour' WHERE id = $1`, [id]);
      await service.database.query(`UPDATE deadlines SET due_at = now() - interval '1 second' WHERE subject_id = $1`, [
        id,
      ]);
    }
    const told = async () =>
      (await service.published(WorkOverdue)).filter(({ subjectId }) => [ordered, sent].includes(subjectId));
    await waitFor('both reminders', async () => (await told()).length === 2);
    expect((await told()).map(({ work: what, depotId, owner }) => [what, depotId, owner]).sort()).toEqual(
      [
        ['transfer-dispatch', county.id, 'keeper'],
        ['transfer-arrival', township.id, 'keeper'],
      ].sort(),
    );
    const late = await getFrom<TransfersResponse>(service, `transfers?overdue=true&depotId=${township.id}`);
    expect(late.body.items.map(({ id }) => id).sort()).toEqual([ordered, sent].sort());
    const coming = { ...KEEPER, regionCode: '140930101' };
    const incoming = await getFrom<TransfersResponse>(service, `transfers?direction=in&depotId=${township.id}`, coming);
    expect(incoming.body.total).toBe(2);
    const outgoing = await getFrom<TransfersResponse>(
      service,
      `transfers?direction=out&depotId=${township.id}`,
      coming,
    );
    expect(outgoing.body.total).toBe(0);
  });

  it('is no movement that can be reversed: it goes on, or is settled', async () => {
    const transferId = await work.ordered(5);
    const out = (await work.dispatch(transferId)).body.movementId;
    expect((await reverse(service, out)).body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
    const into = (await work.receive(transferId, lotId, { received: 5 })).body.movementId;
    expect((await reverse(service, into)).body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
  });
});

describe('a transfer order', () => {
  const line = (overrides: object = {}) => ({ itemCode: TENT, quantityBase: 5, ...overrides });

  it.each([
    ['no pieces', { quantityBase: 0 }, 'REQUEST_INVALID'],
    ['a negative number of pieces', { quantityBase: -1 }, 'REQUEST_INVALID'],
    ['a part of a piece', { quantityBase: 0.5 }, 'REQUEST_INVALID'],
    ['more pieces than numbers', { quantityBase: Number.MAX_SAFE_INTEGER + 2 }, 'REQUEST_INVALID'],
    ['an item nobody knows', { itemCode: 'XXX-999' }, 'SUPPLIES_ITEM_UNKNOWN'],
    ['a lot nobody knows', { lotId: randomUUID() }, 'SUPPLIES_LOT_NOT_FOUND'],
  ])('is refused for %s and leaves no trace', async (_what, overrides, code) => {
    const before = await ledgerCounts(service);
    expect((await work.order([line(overrides)])).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused for a lot of another item, a lot of another depot, and for the same depot', async () => {
    expect((await work.order([line({ itemCode: RICE, lotId })])).body).toMatchObject({
      code: 'SUPPLIES_LOT_OF_OTHER_ITEM',
      status: 422,
      errors: [{ pointer: '/lines/0/lotId', reason: `is a lot of ${TENT}` }],
    });
    const there = await aLot(service, township);
    expect((await work.order([line({ lotId: there })])).body.code).toBe('SUPPLIES_LOT_NOT_FOUND');
    expect((await new TransferWork(service, county, county).order([line()])).body.code).toBe('REQUEST_INVALID');
    expect((await work.order([line()], { toDepotId: randomUUID() })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
  });

  it('is for those who act at the sending depot', async () => {
    const strangers = [
      { ...STOCK_MANAGER, regionCode: '140930101' },
      { ...STOCK_MANAGER, organisationId: randomUUID(), organisationKind: 'water' as const },
    ];
    for (const stranger of strangers) {
      expect((await work.order([line()], {}, stranger)).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    }
    expect((await work.order([line()], {}, AUDITOR)).body.code).toBe('AUTH_ROLE_MISSING');
    const transferId = await work.ordered(5);
    const township_ = { ...KEEPER, regionCode: '140930101' };
    expect((await work.dispatch(transferId, {}, township_)).body.code).toBe('SUPPLIES_TRANSFER_NOT_FOUND');
    expect((await work.cancel(transferId, { ...STOCK_MANAGER, regionCode: '140930101' })).body.code).toBe(
      'SUPPLIES_TRANSFER_NOT_FOUND',
    );
  });

  it('does not reach a closed depot, and one that closes meanwhile does not receive', async () => {
    const transferId = await work.sent(5);
    await service.database.query(`UPDATE depots SET state = 'closed' WHERE id = $1`, [township.id]);
    expect((await work.order([line()])).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
    expect((await work.receive(transferId, lotId, { received: 5 })).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
    expect((await work.settle(transferId, lotId, { atReceiver: 5 })).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
    expect((await work.settle(transferId, lotId, { atSender: 5 })).body).toMatchObject({ transferState: 'closed' });
    expect(await stockOf(service, county.id)).toMatchObject({ available: 50 });
  });
});

describe('a dispatch', () => {
  it('is refused for goods that are past their date, held, in quarantine or not there', async () => {
    const rice = await aLot(service, county, { itemCode: RICE, quantityBase: 10, expiryDate: '2099-01-01' });
    const old = (await work.order([{ itemCode: RICE, lotId: rice, quantityBase: 5 }])).body.transferId;
    await expire(service, rice);
    const before = await ledgerCounts(service);
    expect((await work.dispatch(old)).body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_ISSUABLE',
      facts: { lotId: rice, reason: 'expired' },
    });
    expect(await ledgerCounts(service)).toEqual(before);
    expect((await work.dispatch(await work.ordered(51))).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    const held = await work.ordered(5, lotId);
    await hold(service, lotId);
    expect((await work.dispatch(held)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    const waiting = (await receiveToInspect(service, county)).body.lots[0].lotId;
    expect((await work.dispatch(await work.ordered(5, waiting))).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
  });

  it('loads no more than was ordered, and no lot that was not', async () => {
    const transferId = await work.ordered(5);
    const load = (lots: object[]) => work.dispatch(transferId, { lots });
    expect((await load([{ lotId, quantityBase: 6 }])).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect((await load([{ lotId: randomUUID(), quantityBase: 1 }])).body.code).toBe('SUPPLIES_TRANSFER_LOT_UNKNOWN');
    expect((await load([{ lotId, quantityBase: 0 }])).body.code).toBe('REQUEST_INVALID');
    expect((await load([])).body.code).toBe('REQUEST_INVALID');
  });

  it('takes goods that were given for a region to that region only, and never unasked elsewhere', async () => {
    const purpose = { kind: 'region', regionCode: '140930101' };
    const gift = (await aStoredDonation(service, aGift(county, { purpose }))).lotId;
    const elsewhere = new TransferWork(service, county, await aDepot(service, { regionCode: '140930102' }));
    expect((await elsewhere.dispatch(await elsewhere.ordered(1, gift))).body).toMatchObject({
      code: 'SUPPLIES_DONATION_PURPOSE_BREACH',
      facts: { lotId: gift },
    });
    expect((await work.dispatch(await work.ordered(1, gift))).status).toBe(201);
  });

  it('happens once, and never sends a piece twice, however many send', async () => {
    const one = await work.ordered(20);
    const answers = await Promise.all(Array.from({ length: 6 }, () => work.dispatch(one)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = await Promise.all(Array.from({ length: 5 }, () => work.ordered(20)));
    const sent = await Promise.all(others.map((id) => work.dispatch(id)));
    expect(sent.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await stockOf(service, county.id)).toMatchObject({ available: 10 });
  });
});

describe('a delivery', () => {
  it('that two keepers record at once is taken in once', async () => {
    const transferId = await work.sent(20);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        work.receive(transferId, lotId, { received: 20 }, {}, index % 2 ? KEEPER : SECOND_KEEPER),
      ),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 'done' : body.code));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['done', 'SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN']));
    expect(await stockOf(service, township.id)).toMatchObject({ available: 20 });
  });

  it.each([
    ['more than is on the road', { received: 21 }, 'SUPPLIES_TRANSFER_EXCEEDS_DISPATCH'],
    ['more missing than is on the road', { received: 15, short: 6 }, 'SUPPLIES_TRANSFER_EXCEEDS_DISPATCH'],
    ['surplus while pieces are on the road', { received: 19, surplus: 1 }, 'SUPPLIES_TRANSFER_SURPLUS_UNFOUNDED'],
    ['nothing', {}, 'REQUEST_INVALID'],
    ['a negative count', { received: -1 }, 'REQUEST_INVALID'],
    ['a broken count', { received: 1.5 }, 'REQUEST_INVALID'],
  ])('is refused for %s and leaves no trace', async (_what, counts, code) => {
    const transferId = await work.sent(20);
    const before = await ledgerCounts(service);
    expect((await work.receive(transferId, lotId, counts, { note: 'x' })).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused for a lot that was not sent, before it left, and from the future', async () => {
    const transferId = await work.ordered(20);
    expect((await work.receive(transferId, lotId, { received: 1 })).body.code).toBe(
      'SUPPLIES_TRANSFER_TRANSITION_FORBIDDEN',
    );
    await work.dispatch(transferId);
    const other = await aLot(service, county);
    expect((await work.receive(transferId, other, { received: 1 })).body.code).toBe('SUPPLIES_TRANSFER_LOT_UNKNOWN');
    const receivedAt = '2099-01-01T00:00:00Z';
    expect((await work.receive(transferId, lotId, { received: 1 }, { receivedAt })).body.code).toBe('REQUEST_INVALID');
  });

  it('that does not fit into a full depot stays on the road', async () => {
    const transferId = await work.sent(20);
    await service.database.query(`UPDATE depots SET capacity_rule = 'hard', capacity_grams = 45000 WHERE id = $1`, [
      township.id,
    ]);
    expect((await work.receive(transferId, lotId, { received: 20 })).body.code).toBe('SUPPLIES_DEPOT_FULL');
    expect(await balanceOf(service, `transit:${transferId}`)).toBe(20);
  });
});
