import { randomUUID } from 'node:crypto';
import type { TestService } from '@ledger/testing';
import { LI, aCount, open, readCount, record, submit } from './support/counting';
import { brokenInvariants } from './support/invariants';
import {
  AUDITOR,
  DISPATCHER,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  issued,
  ledgerCounts,
  startSupplies,
  stockOf,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;
let lot: string;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
  lot = await aLot(service, depot, { quantityBase: 100 });
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

describe('a count is opened', () => {
  it('at a position of the ledger, blind, with everything the depot holds', async () => {
    await aLot(service, depot, { itemCode: RICE, quantityBase: 40, expiryDate: '2001-01-01' });
    const { status, body } = await open(service, { depotId: depot.id, kind: 'full' });
    expect([status, body]).toEqual([201, expect.objectContaining({ state: 'counting', blind: true, lines: 2 })]);
    const count = await readCount(service, body.countId, AUDITOR);
    const [{ sequence }] = await service.database.query<{ sequence: string }>(
      'SELECT max(sequence) AS sequence FROM movements',
    );
    expect(count).toMatchObject({ kind: 'full', openedSequence: Number(sequence), openedBy: 'Manager' });
    expect(count.lineItems.map(({ place, itemCode }) => [place, itemCode])).toEqual([
      ['quarantine', RICE],
      ['shelf', TENT],
    ]);
    const figures = count.lineItems.flatMap((line) => [line.expectedBase, line.balanceBase, line.varianceBase]);
    expect(new Set(figures)).toEqual(new Set([null]));
  });

  it('with expected quantities when it is not blind', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full', blind: false });
    expect(count.lineItems[0]).toMatchObject({ expectedBase: 100, countedBase: null });
  });

  it('for chosen lots, items or a zone of the depot', async () => {
    const rice = await aLot(service, depot, { itemCode: RICE, quantityBase: 40, expiryDate: '2099-01-01' });
    const byLot = await aCount(service, { depotId: depot.id, kind: 'cycle', lotIds: [lot] });
    expect(byLot.lineItems.map(({ lotId }) => lotId)).toEqual([lot]);
    const byItem = await aCount(service, { depotId: depot.id, kind: 'cycle', itemCodes: [RICE] });
    expect(byItem.lineItems.map(({ lotId }) => lotId)).toEqual([rice]);
    const other = await aDepot(service);
    const cold = await aLot(service, other, { itemCode: RICE, quantityBase: 7, expiryDate: '2099-01-01' });
    await aLot(service, other, { quantityBase: 7 });
    await placeInZone(other, cold);
    const byZone = await aCount(service, { depotId: other.id, kind: 'cycle', zone: 'COLD' });
    expect(byZone.lineItems).toEqual([expect.objectContaining({ lotId: cold, bins: 'C-01' })]);
  });

  it.each([
    ['a depot that does not exist', { depotId: randomUUID(), kind: 'full' }, 'SUPPLIES_DEPOT_NOT_FOUND'],
    ['no choice for a cycle count', { kind: 'cycle' }, 'REQUEST_INVALID'],
    ['two choices', { kind: 'cycle', itemCodes: [TENT], due: true }, 'REQUEST_INVALID'],
    ['a choice for a full count', { kind: 'full', itemCodes: [TENT] }, 'REQUEST_INVALID'],
    ['an unknown kind', { kind: 'partial' }, 'REQUEST_INVALID'],
    ['an item that is not there', { kind: 'cycle', itemCodes: [RICE] }, 'SUPPLIES_COUNT_EMPTY'],
    ['a zone that is not there', { kind: 'cycle', zone: 'NOWHERE' }, 'SUPPLIES_COUNT_EMPTY'],
  ])('but not for %s', async (_what, body, code) => {
    const before = await ledgerCounts(service);
    const answer = await open(service, { depotId: depot.id, ...body });
    expect(answer.body).toMatchObject({ code });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('but not for a closed depot; what is being counted there stops, and may be given up', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    await service.database.query(`UPDATE depots SET state = 'closed' WHERE id = $1`, [depot.id]);
    const before = await ledgerCounts(service);
    const lines = [{ lineId: count.lineItems[0].id, countedBase: 100 }];
    for (const answer of [
      await open(service, { depotId: depot.id, kind: 'full' }),
      await record(service, count.id, lines),
    ]) {
      expect(answer.body).toMatchObject({ code: 'SUPPLIES_DEPOT_CLOSED', status: 409 });
    }
    expect(await ledgerCounts(service)).toEqual(before);
    const given = await service.request('POST', `/api/v1/supplies/counts/${count.id}/cancellation`, {
      as: STOCK_MANAGER,
      body: { reason: 'the depot is closed' },
    });
    expect(given.body).toMatchObject({ state: 'cancelled' });
  });

  it('but not by somebody of another county or without the role', async () => {
    const body = { depotId: depot.id, kind: 'full' };
    expect((await open(service, body, { ...STOCK_MANAGER, regionCode: '140931' })).body).toMatchObject({
      code: 'SUPPLIES_DEPOT_NOT_FOUND',
      status: 404,
    });
    expect((await open(service, body, DISPATCHER)).body).toMatchObject({ code: 'AUTH_ROLE_MISSING' });
  });

  it('but not for goods that are in another open count', async () => {
    await aCount(service, { depotId: depot.id, kind: 'cycle', lotIds: [lot] });
    const answer = await open(service, { depotId: depot.id, kind: 'full' });
    expect(answer.body).toMatchObject({ code: 'SUPPLIES_COUNT_OVERLAPS', facts: { lines: 1 } });
    const [{ count }] = await service.database.query<{ count: string }>(
      'SELECT count(*) FROM counts WHERE depot_id = $1',
      [depot.id],
    );
    expect(count).toBe('1');
  });
});

describe('keepers record', () => {
  it('in pieces from several phones, and the parts add up', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lineId = count.lineItems[0].id;
    const first = await record(service, count.id, [{ lineId, countedBase: 60, complete: false }]);
    expect(first.body.lines).toEqual([{ lineId, state: 'partial', countedBase: 60 }]);
    expect((await submit(service, count.id)).body).toMatchObject({
      code: 'SUPPLIES_COUNT_INCOMPLETE',
      facts: { openLines: 1 },
    });
    const second = await record(service, count.id, [{ lineId, countedBase: 40 }], LI);
    expect(second.body.lines).toEqual([{ lineId, state: 'counted', countedBase: 100 }]);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'closed', movementIds: [] });
  });

  it('once, however often the phone sends', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const [lines, key] = [[{ lineId: count.lineItems[0].id, countedBase: 60, complete: false }], randomUUID()];
    const answers = [await record(service, count.id, lines, KEEPER, { key })];
    answers.push(await record(service, count.id, lines, KEEPER, { key }));
    expect(answers[1]).toMatchObject({ status: 201, body: answers[0].body });
    const [{ records }] = await service.database.query<{ records: string }>(
      'SELECT count(*) AS records FROM count_records WHERE count_id = $1',
      [count.id],
    );
    expect(records).toBe('1');
  });

  it('a line once; whoever mistyped corrects it, nobody else', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lineId = count.lineItems[0].id;
    await record(service, count.id, [{ lineId, countedBase: 1_000 }]);
    expect((await record(service, count.id, [{ lineId, countedBase: 100 }], LI)).body).toMatchObject({
      code: 'SUPPLIES_COUNT_LINE_COUNTED',
      status: 409,
    });
    const correction = [{ lineId, countedBase: 100, correction: true }];
    expect((await record(service, count.id, correction, LI)).body).toMatchObject({
      code: 'SUPPLIES_COUNT_LINE_COUNTED',
    });
    expect((await record(service, count.id, correction)).body.lines).toEqual([
      { lineId, state: 'counted', countedBase: 100 },
    ]);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'closed' });
  });

  it('the same line at the same moment: one is taken, the other is told', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lines = [{ lineId: count.lineItems[0].id, countedBase: 100 }];
    const answers = await Promise.all([KEEPER, LI, KEEPER, LI].map((who) => record(service, count.id, lines, who)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
      201,
      'SUPPLIES_COUNT_LINE_COUNTED',
      'SUPPLIES_COUNT_LINE_COUNTED',
      'SUPPLIES_COUNT_LINE_COUNTED',
    ]);
  });

  it.each([
    ['a line of no count', () => [{ lineId: randomUUID(), countedBase: 1 }]],
    ['neither a line nor found goods', () => [{ countedBase: 1 }]],
    [
      'a line twice',
      (lineId: string) => [
        { lineId, countedBase: 1 },
        { lineId, countedBase: 1 },
      ],
    ],
    ['a quantity below zero', (lineId: string) => [{ lineId, countedBase: -1 }]],
    ['half a piece', (lineId: string) => [{ lineId, countedBase: 0.5 }]],
    ['more than any store holds', (lineId: string) => [{ lineId, countedBase: 1_000_000_001 }]],
    ['nothing at all', () => []],
    ['no pieces found', () => [{ found: { itemCode: TENT, batchNumber: 'X' }, countedBase: 0 }]],
  ])('but not %s', async (_what, lines) => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const before = await ledgerCounts(service);
    expect((await record(service, count.id, lines(count.lineItems[0].id))).body).toMatchObject({
      code: 'REQUEST_INVALID',
      status: 400,
    });
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('but not for a moment before the count began, nor one that has not come', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lines = [{ lineId: count.lineItems[0].id, countedBase: 100 }];
    for (const countedAt of ['2020-01-01T00:00:00Z', '2199-01-01T00:00:00Z']) {
      expect((await record(service, count.id, lines, KEEPER, { countedAt })).body).toMatchObject({
        code: 'REQUEST_INVALID',
        errors: [{ pointer: '/countedAt' }],
      });
    }
  });

  it('but not in a count of another county', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const stranger = { ...KEEPER, regionCode: '140931' };
    const lines = [{ lineId: count.lineItems[0].id, countedBase: 100 }];
    expect((await record(service, count.id, lines, stranger)).body).toMatchObject({ code: 'SUPPLIES_COUNT_NOT_FOUND' });
    const read = await service.request<Problem>('GET', `/api/v1/supplies/counts/${count.id}`, { as: stranger });
    expect(read.body).toMatchObject({ code: 'SUPPLIES_COUNT_NOT_FOUND', status: 404 });
  });
});

describe('goods that move while they are counted', () => {
  it('do not spoil it: the variance is against the balance at that moment', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    await issued(service, depot, { quantityBase: 30 });
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 70 }]);
    await issued(service, depot, { quantityBase: 20 });
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'closed' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 50 });
  });

  it('do not spoil what a phone without a network sends later', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const [{ now }] = await service.database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    const countedAt = new Date(now.getTime() + 1).toISOString();
    await issued(service, depot, { quantityBase: 30 });
    await record(service, count.id, [{ lineId: count.lineItems[0].id, countedBase: 100 }], KEEPER, { countedAt });
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'closed' });
  });

  it('at the very moment of counting are either in the balance or after it', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lineId = count.lineItems[0].id;
    const use = () =>
      service.request('POST', '/api/v1/supplies/movements', {
        as: KEEPER,
        body: { kind: 'use', depotId: depot.id, lines: [{ lotId: lot, quantityBase: 1 }] },
      });
    const part = () => record(service, count.id, [{ lineId, countedBase: 1, complete: false }]);
    const answers = await Promise.all(Array.from({ length: 12 }, () => [use(), part()]).flat());
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const rows = await service.database.query<{ balance: string; replayed: string }>(
      `SELECT record.balance_base AS balance,
              (SELECT sum(CASE WHEN posting.to_account LIKE 'depot:%' THEN posting.quantity_base
                               ELSE -posting.quantity_base END)
               FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
               WHERE posting.lot_id = $2 AND movement.posted_at <= record.counted_at) AS replayed
       FROM count_records AS record WHERE record.line_id = $1`,
      [lineId, lot],
    );
    expect(rows).toHaveLength(12);
    expect(rows.map(({ balance }) => balance)).toEqual(rows.map(({ replayed }) => replayed));
  });

  it('between two parts of a line make somebody else count it again', async () => {
    const count = await aCount(service, { depotId: depot.id, kind: 'full' });
    const lineId = count.lineItems[0].id;
    await record(service, count.id, [{ lineId, countedBase: 60, complete: false }]);
    await issued(service, depot, { quantityBase: 30 });
    await record(service, count.id, [{ lineId, countedBase: 10 }]);
    expect((await submit(service, count.id)).body).toMatchObject({ state: 'recounting', recountLineIds: [lineId] });
  });
});

async function placeInZone(place: TestDepot, lotId: string): Promise<void> {
  const [zone, bin] = [randomUUID(), randomUUID()];
  await service.database.query(`INSERT INTO depot_zones (id, depot_id, code, name) VALUES ($1, $2, 'COLD', '冷库')`, [
    zone,
    place.id,
  ]);
  await service.database.query(`INSERT INTO depot_bins (id, depot_id, zone_id, label) VALUES ($1, $2, $3, 'C-01')`, [
    bin,
    place.id,
    zone,
  ]);
  await service.database.query(
    `INSERT INTO depot_bin_lots (bin_id, lot_id, quantity_base, placed_by, placed_by_id, placed_at)
     VALUES ($1, $2, 7, 'Keeper', $3, now())`,
    [bin, lotId, randomUUID()],
  );
}
