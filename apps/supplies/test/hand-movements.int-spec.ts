import { randomUUID } from 'node:crypto';
import { MovementPosted } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import type { RecordedMovementResponse, RecordedMovementsResponse } from '../src/stock/dto/hand-movement.dto';
import { brokenInvariants } from './support/invariants';
import {
  AUDITOR,
  KEEPER,
  TENT,
  aDepot,
  aLot,
  balanceOf,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
beforeEach(async () => {
  depot = await aDepot(service);
});
afterAll(() => service.stop());

type Answer = RecordedMovementResponse & Problem;
const record = (body: object, as: TestCaller = KEEPER, key?: string) =>
  service.request<Answer>('POST', '/api/v1/supplies/movements', { as, body, key });
const recordAll = (movements: object[]) =>
  service.request<RecordedMovementsResponse & Problem>('POST', '/api/v1/supplies/movements:batch', {
    as: KEEPER,
    body: { movements },
  });
const use = (lotId: string, quantityBase = 1) => ({ kind: 'use', depotId: depot.id, lines: [{ lotId, quantityBase }] });

describe('a movement by hand', () => {
  it('takes goods for peacetime use, receives more of a lot, and puts pieces aside', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    expect((await record(use(lotId, 3))).status).toBe(201);
    expect((await record({ ...use(lotId, 5), kind: 'receipt' })).status).toBe(201);
    expect((await record({ ...use(lotId, 4), kind: 'quarantine', note: 'wet' })).status).toBe(201);
    expect(await stockOf(service, depot.id)).toEqual({ available: 8, reserved: 0, quarantine: 4 });
    expect(await brokenInvariants(service.database)).toEqual([]);
  });

  it('is announced in the form of its event', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    const { body } = await record(use(lotId, 2));
    const events = await service.published(MovementPosted);
    const event = MovementPosted.schema.parse(events.find(({ movementId }) => movementId === body.movementId));
    expect(event).toEqual({
      movementId: body.movementId,
      kind: 'use',
      allocationId: null,
      reversesMovementId: null,
      postedAt: body.postedAt,
      postings: [
        {
          ...{ lotId, itemCode: TENT, expiryDate: null },
          ...{ from: `depot:${depot.id}:available`, to: 'consumed', quantityBase: 2 },
        },
      ],
    });
  });

  it('gives a repeated request its first answer, also while the first is under way', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => record(use(lotId, 4), KEEPER, key)));
    expect(new Set(answers.map(({ body }) => body.movementId)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect((await stockOf(service, depot.id)).available).toBe(6);
    const other = await record(use(lotId, 1), KEEPER, key);
    expect(other.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('of many at once fails alone when it asks for more than is left', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 50 });
    const wishes = Array.from({ length: 64 }, (_, index) => (index % 16 === 5 ? 1_000 : 1));
    const answers = await Promise.all(wishes.map((quantityBase) => record(use(lotId, quantityBase))));
    const codes = answers.map(({ status, body }) => (status === 201 ? 'recorded' : body.code));
    expect(codes.filter((code) => code === 'recorded')).toHaveLength(50);
    expect(codes.filter((code) => code === 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE')).toHaveLength(14);
    wishes.forEach((wish, index) => expect(wish === 1_000 && codes[index] === 'recorded').toBe(false));
    expect((await stockOf(service, depot.id)).available).toBe(0);
    expect(await brokenInvariants(service.database)).toEqual([]);
  });

  it.each([
    ['nothing', { lines: [] }, 400],
    ['no quantity', { lines: [{ quantityBase: 0 }] }, 400],
    ['less than nothing', { lines: [{ quantityBase: -1 }] }, 400],
    ['half a piece', { lines: [{ quantityBase: 0.5 }] }, 400],
    ['more than can be counted', { lines: [{ quantityBase: 9_007_199_254_740_993 }] }, 400],
    ['a number written as text', { lines: [{ quantityBase: '1' }] }, 400],
    ['an unknown kind', { kind: 'gift' }, 400],
    ['a kind that has a flow of its own', { kind: 'issue' }, 400],
    ['goods put aside for no reason', { kind: 'quarantine' }, 400],
    ['a depot that does not exist', { depotId: randomUUID() }, 404],
    ['a lot that does not exist', { lines: [{ lotId: randomUUID(), quantityBase: 1 }] }, 404],
    ['more than is there', { lines: [{ quantityBase: 11 }] }, 409],
  ])('with %s is refused and leaves no trace', async (_what, overrides, status) => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    const before = await ledgerCounts(service);
    const wanted = { ...use(lotId), ...overrides };
    const answer = await record({ ...wanted, lines: wanted.lines.map((line) => ({ lotId, ...line })) });
    expect(answer.status).toBe(status);
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('takes no expired goods', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    await expire(service, lotId);
    expect((await record(use(lotId))).body).toMatchObject({ status: 409, code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
  });

  it('is for keepers of the place, and brings nothing into a closed one', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 10 });
    expect((await record(use(lotId), AUDITOR)).status).toBe(403);
    expect((await record(use(lotId), { ...KEEPER, regionCode: '610822' })).body.code).toBe('SUPPLIES_DEPOT_NOT_FOUND');
    await service.database.query(`UPDATE depots SET state = 'closed' WHERE id = $1`, [depot.id]);
    expect((await record({ ...use(lotId), kind: 'receipt' })).body.code).toBe('SUPPLIES_DEPOT_CLOSED');
    expect((await record(use(lotId))).status).toBe(201);
  });
});

describe('a list of movements', () => {
  it('takes effect in its order', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 1 });
    const answer = await recordAll([{ ...use(lotId, 5), kind: 'receipt' }, use(lotId, 6)]);
    expect(answer.status).toBe(201);
    const [first, second] = answer.body.movements;
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect((await stockOf(service, depot.id)).available).toBe(0);
  });

  it('is refused whole when one of them comes too early', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 1 });
    const before = await ledgerCounts(service);
    const answer = await recordAll([use(lotId, 6), { ...use(lotId, 5), kind: 'receipt' }]);
    expect(answer.body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
    expect(await ledgerCounts(service)).toEqual(before);
    expect(await balanceOf(service, `depot:${depot.id}:available`)).toBe(1);
  });

  it('holds a hundred at most', async () => {
    const lotId = await aLot(service, depot, { quantityBase: 200 });
    expect((await recordAll(Array.from({ length: 100 }, () => use(lotId)))).status).toBe(201);
    expect((await recordAll(Array.from({ length: 101 }, () => use(lotId)))).status).toBe(400);
    expect((await recordAll([])).status).toBe(400);
  });
});
