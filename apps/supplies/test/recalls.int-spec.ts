import { randomUUID } from 'node:crypto';
import { LotQualityChanged, MovementPosted } from '@ledger/contracts';
import { isTransientFault } from '@ledger/platform';
import { aCause, type TestAnswer, type TestService } from '@ledger/testing';
import { ReleaseStockUseCase } from '../src/reservations/release-stock';
import { ReserveStockUseCase } from '../src/reservations/reserve-stock';
import type { LotTraceResponse, QualityChangeResponse } from '../src/warehouse/dto/lot-quality.dto';
import { brokenInvariants } from './support/invariants';
import { giveBack, handOut, reverse } from './support/site-work';
import {
  SECOND_MANAGER,
  aLine,
  getFrom,
  hold,
  inspect,
  postTo,
  recall,
  release,
  receiveToInspect,
} from './support/warehouse-work';
import {
  APPROVER,
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  aLot,
  aRelease,
  aReserve,
  confirm,
  delivered,
  expire,
  issued,
  ledgerCounts,
  ordered,
  startSupplies,
  stockOf,
  type Problem,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies({ environment: { databasePoolSize: 40 } });
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const RICE_KEEPS = { itemCode: RICE, expiryDate: '2099-01-01' };
const receiptOf = (at: TestDepot, lines: readonly object[]) => ({ depotId: at.id, origin: 'purchase', lines });
const withdraw = (lotId: string, as = APPROVER) =>
  postTo<QualityChangeResponse>(service, `lots/${lotId}/recall-withdrawal`, { reason: 'another batch was meant' }, as);

describe('a hold', () => {
  it('takes every free piece of the lot out of free stock, and its release puts them back', async () => {
    const lotId = await aLot(service, depot);
    const answer = await hold(service, lotId);
    expect(answer.status).toBe(201);
    expect(answer.body.moved).toEqual([expect.objectContaining({ depotId: depot.id, lotId, quantityBase: 100 })]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 100 });
    const freed = await release(service, lotId);
    expect(freed.body.lots).toEqual([expect.objectContaining({ lotId, quality: 'good' })]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, quarantine: 0 });
  });

  it('puts back what it moved, and nothing that lay in quarantine for another reason', async () => {
    const line = aLine({ quantityBase: 20 });
    const toInspect = await receiveToInspect(service, depot, [line]);
    await postTo(service, 'receipts', receiptOf(depot, [{ ...line, quantityBase: 30 }]), KEEPER);
    const { lotId, inspectionId } = toInspect.body.lots[0];
    await hold(service, lotId);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 50 });
    await release(service, lotId);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 30, quarantine: 20 });
    expect((await inspect(service, inspectionId, 20, 0)).status).toBe(201);
  });

  it('of a lot that is past its date by the end leaves the pieces where they are', async () => {
    const lotId = await aLot(service, depot, RICE_KEEPS);
    await hold(service, lotId);
    await expire(service, lotId);
    expect((await release(service, lotId)).body).toMatchObject({ moved: [], lots: [{ quality: 'good' }] });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 100 });
  });

  it('may come again, and each time only what that hold moved goes back', async () => {
    const lotId = await aLot(service, depot);
    for (let time = 0; time < 3; time++) {
      await hold(service, lotId);
      await release(service, lotId);
    }
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, quarantine: 0 });
  });
});

describe('a recall', () => {
  it('reaches the lot in all depots at once, one movement each', async () => {
    const other = await aDepot(service, { regionCode: '140930101' });
    const lotId = await aLot(service, depot, { quantityBase: 60 });
    await service.database.query('UPDATE lots SET owner_region_code = $2 WHERE id = $1', [lotId, '140930']);
    await moveByHand(lotId, other, 25);
    const answer = await recall(service, lotId);
    expect(answer.body.moved.map(({ depotId, quantityBase }) => [depotId, quantityBase]).sort()).toEqual(
      [
        [depot.id, 35],
        [other.id, 25],
      ].sort(),
    );
    expect(new Set(answer.body.moved.map(({ movementId }) => movementId)).size).toBe(2);
    expect(answer.body.trace.notices).toEqual([
      expect.objectContaining({
        action: 'recall',
        noticeNumber: 'R-17',
        noticeSource: 'the producer',
        reason: 'mould',
      }),
    ]);
    const [event] = (await service.published(LotQualityChanged)).filter((each) => each.lotId === lotId);
    expect(event).toMatchObject({ action: 'recall', quality: 'recalled', itemCode: TENT, noticeNumber: 'R-17' });
    const kinds = (await service.published(MovementPosted)).filter(({ movementId }) =>
      answer.body.moved.some((moved) => moved.movementId === movementId),
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['quarantine', 'quarantine']);
  });

  it('shows where the pieces are that it cannot move: promised, on the road, at sites, with people', async () => {
    const lotId = await aLot(service, depot, { ...RICE_KEEPS, quantityBase: 100 });
    const promised = await ordered(service, depot, { itemCode: RICE, quantityBase: 10 });
    const onTheRoad = await issued(service, depot, { itemCode: RICE, quantityBase: 20 });
    const there = await delivered(service, depot, { itemCode: RICE, quantityBase: 30 }, { received: 28, damaged: 2 });
    const given = await handOut(service, there, 12);
    expect(given.status).toBe(201);
    const { body } = await recall(service, lotId);
    expect(body.moved).toEqual([expect.objectContaining({ quantityBase: 40 })]);
    expect(body.trace).toMatchObject({
      depots: [{ depotCode: depot.code, availableBase: 0, reservedBase: 10, quarantineBase: 40 }],
      reservations: [{ reservationId: promised.reserve.reservationId, quantityBase: 10 }],
      shipments: [{ shipmentId: onTheRoad.order.shipmentId, siteName: '楼子营村安置点', quantityBase: 20 }],
      sites: [{ siteId: there.order.site.siteId, usableBase: 16, damagedBase: 2 }],
      handouts: [{ siteId: there.order.site.siteId, quantityBase: 12, peopleReached: 36, exact: true }],
      left: [{ account: 'consumed', quantityBase: 12 }],
    });
    const read = await getFrom<LotTraceResponse>(service, `lots/${lotId}/trace`, AUDITOR);
    expect(read.body).toEqual(body.trace);
  });

  it('shows hand-outs of goods that come back as possible, because they are handed out by item', async () => {
    const lotId = await aLot(service, depot);
    const there = await delivered(service, depot, { quantityBase: 30 });
    await handOut(service, there, 5);
    const { body } = await getFrom<LotTraceResponse>(service, `lots/${lotId}/trace`);
    expect(body.handouts).toEqual([expect.objectContaining({ quantityBase: 5, exact: false })]);
    expect(body.sites).toEqual([expect.objectContaining({ usableBase: 30 })]);
  });

  it('of a batch takes its lots of every origin, and tells how many belong to others', async () => {
    const batchNumber = `B-${randomUUID()}`;
    const lotIds: string[] = [];
    for (const [at, origin] of [
      [depot, 'purchase'],
      [depot, 'donation'],
      [await aDepot(service, { regionCode: '610822' }), 'purchase'],
    ] as const) {
      const body = { ...receiptOf(at, [aLine({ batchNumber })]), origin };
      const keeper = { ...KEEPER, regionCode: at.regionCode };
      const answer = await postTo<{ lots: { lotId: string }[] }>(service, 'receipts', body, keeper);
      lotIds.push(answer.body.lots[0].lotId);
    }
    const { body } = await recall(service, lotIds[0], STOCK_MANAGER, { scope: 'batch' });
    expect(body.lots.map(({ lotId }) => lotId).sort()).toEqual(lotIds.slice(0, 2).sort());
    expect(body.lotsOfOthers).toBe(1);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 20 });
  });

  it('stops issue on the way out, and a promise that ends gives its pieces to quarantine', async () => {
    const lotId = await aLot(service, depot);
    const { order, reserve } = await ordered(service, depot, { quantityBase: 10 });
    await recall(service, lotId);
    expect((await confirm(service, order)).body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
    await service.database.transaction((tx) =>
      service.running.app.get(ReleaseStockUseCase).execute(tx, aRelease(reserve), aCause()),
    );
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 0, quarantine: 100 });
  });

  it('sends later receipts and returns of the lot to quarantine', async () => {
    const line = aLine({ quantityBase: 40 });
    const first = await postTo<{ lots: { lotId: string }[] }>(service, 'receipts', receiptOf(depot, [line]), KEEPER);
    const there = await delivered(service, depot, { quantityBase: 10 });
    await recall(service, first.body.lots[0].lotId);
    const second = await postTo<{ lots: object[] }>(service, 'receipts', receiptOf(depot, [line]), KEEPER);
    expect(second.body.lots).toEqual([expect.objectContaining({ state: 'quarantine' })]);
    expect((await giveBack(service, depot, there, { usable: 10 })).status).toBe(201);
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 0, quarantine: 80 });
  });

  it('is withdrawn by somebody else, which leaves the lot held, and released after that', async () => {
    const lotId = await aLot(service, depot);
    const both = { ...STOCK_MANAGER, roles: ['stock-manager', 'approver'] as const };
    await recall(service, lotId, { ...both, roles: [...both.roles] });
    expect((await release(service, lotId)).body).toMatchObject({
      code: 'SUPPLIES_LOT_QUALITY_CONFLICT',
      facts: { quality: 'recalled' },
    });
    expect((await withdraw(lotId, { ...both, roles: [...both.roles] })).body.code).toBe('SUPPLIES_RECALL_BY_RECALLER');
    expect((await withdraw(lotId, STOCK_MANAGER)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await withdraw(lotId)).body).toMatchObject({ lots: [{ quality: 'held' }], moved: [] });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 100 });
    expect((await release(service, lotId, SECOND_MANAGER)).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, quarantine: 0 });
  });

  it('of a held lot keeps in mind what the hold moved', async () => {
    const lotId = await aLot(service, depot);
    await hold(service, lotId);
    await recall(service, lotId);
    await withdraw(lotId);
    await release(service, lotId);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 100, quarantine: 0 });
  });

  it.each([
    ['twice', recall, recall],
    ['after it was recalled, by a hold', recall, hold],
    ['when it is good, by a release', release, release],
  ])('is refused %s', async (_what, first, second) => {
    const lotId = await aLot(service, depot);
    await first(service, lotId);
    const before = await ledgerCounts(service);
    expect((await second(service, lotId)).body.code).toBe('SUPPLIES_LOT_QUALITY_CONFLICT');
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it.each([
    ['without a notice number', { noticeNumber: '' }],
    ['without a source', { noticeSource: undefined }],
    ['without a reason', { reason: '' }],
    ['of a scope nobody knows', { scope: 'everything' }],
  ])('is refused %s', async (_what, overrides) => {
    const lotId = await aLot(service, depot);
    expect((await recall(service, lotId, STOCK_MANAGER, overrides)).body.code).toBe('REQUEST_INVALID');
  });

  it('is not for strangers, for people below the owner, nor for other departments', async () => {
    const lotId = await aLot(service, depot);
    const strangers = [
      { ...STOCK_MANAGER, regionCode: '140931' },
      { ...STOCK_MANAGER, regionCode: '140930101' },
      { ...STOCK_MANAGER, organisationId: randomUUID(), organisationKind: 'water' as const },
    ];
    for (const stranger of strangers) {
      expect((await recall(service, lotId, stranger)).body).toMatchObject({
        code: 'SUPPLIES_LOT_NOT_FOUND',
        status: 404,
      });
    }
    expect((await recall(service, lotId, KEEPER)).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await getFrom(service, `lots/${lotId}/trace`, { ...AUDITOR, regionCode: '140931' })).status).toBe(404);
  });

  it('is for those whose region covers every depot that has pieces of the lot, too', async () => {
    const lotId = await aLot(service, depot);
    await service.database.query(`UPDATE lots SET owner_region_code = '610822' WHERE id = $1`, [lotId]);
    expect((await recall(service, lotId)).status).toBe(201);
  });
});

describe('movements of a recall', () => {
  it('are undone by the release of the lot and in no other way', async () => {
    const lotId = await aLot(service, depot);
    const { moved } = (await hold(service, lotId)).body;
    expect((await reverse(service, moved[0].movementId)).body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
    await release(service, lotId);
    expect((await reverse(service, moved[0].movementId)).body.code).toBe('SUPPLIES_MOVEMENT_NOT_REVERSIBLE');
  });

  it('keep a reversal from making held pieces free', async () => {
    const lotId = await aLot(service, depot);
    const aside = await putAside(lotId, 5);
    await hold(service, lotId);
    expect((await reverse(service, aside)).body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_ISSUABLE',
      facts: { reason: 'held' },
    });
  });
});

describe('a recall in the middle of work', () => {
  it.each([1, 2, 3, 4])('and an issue of the same lot agree on which of them came first: round %i', async () => {
    const lotId = await aLot(service, depot);
    const { order } = await ordered(service, depot, { quantityBase: 10 });
    const [issue, recalled] = await Promise.all([
      patiently(() => confirm(service, order)),
      patiently(() => recall(service, lotId)),
    ]);
    expect(recalled.status).toBe(201);
    const onTheRoad = recalled.body.trace.shipments.map(({ shipmentId }) => shipmentId);
    expect(onTheRoad).toEqual(issue.status === 200 ? [order.shipmentId] : []);
    if (issue.status !== 200) expect(issue.body).toMatchObject({ code: 'SUPPLIES_LOT_NOT_ISSUABLE' });
  });

  it.each([1, 2, 3])('never leaves a free piece, whoever else moves the lot: round %i', async () => {
    const line = { ...aLine({ quantityBase: 3 }) };
    const receive = () => postTo<{ lots: { lotId: string }[] }>(service, 'receipts', receiptOf(depot, [line]), KEEPER);
    const first = await receive();
    const { lotId } = first.body.lots[0];
    await Promise.all(Array.from({ length: 20 }, () => receive()));
    const promises = Array.from({ length: 8 }, () => aReserve([{ depotId: depot.id, quantityBase: 2 }]));
    const held = promises.slice(0, 4);
    await Promise.all(held.map(reserve));
    const there = await delivered(service, depot, { quantityBase: 8 });
    const work: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 10 }, () => () => patiently(receive)),
      ...promises.slice(4).map((command) => () => reserve(command)),
      ...held.map((command) => () => releaseOf(command)),
      () => patiently(() => giveBack(service, depot, there, { usable: 8 })),
      () => patiently(() => postTo(service, `movements/${receiptId(first)}/reversal`, { reason: 'x' }, STOCK_MANAGER)),
    ];
    const middle = Math.floor(work.length / 2);
    const recalled = () => patiently(() => recall(service, lotId));
    const answers = await Promise.all([...work.slice(0, middle), recalled, ...work.slice(middle)].map((run) => run()));
    expect(answers[middle]).toMatchObject({ status: 201 });
    expect(await brokenInvariants(service.database)).toEqual([]);
    const [row] = await service.database.query<{ free: string | null }>(
      `SELECT sum(quantity_base) AS free FROM balances WHERE lot_id = $1 AND account LIKE '%:available'`,
      [lotId],
    );
    expect(Number(row.free ?? 0)).toBe(0);
  });
});

const receiptId = (answer: TestAnswer<object>): string => (answer.body as { movementId: string }).movementId;

const reserve = (command: ReturnType<typeof aReserve>): Promise<void> =>
  patiently(() =>
    service.database.transaction((tx) =>
      service.running.app.get(ReserveStockUseCase).execute(tx, command, aCause(command.allocationId)),
    ),
  );

const releaseOf = (command: ReturnType<typeof aReserve>): Promise<void> =>
  patiently(() =>
    service.database.transaction((tx) =>
      service.running.app.get(ReleaseStockUseCase).execute(tx, aRelease(command), aCause(command.allocationId)),
    ),
  );

/** Whoever is told to come back later does so. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await work();
      if ((answer as { status?: number } | undefined)?.status !== 503 || attempt === 20) return answer;
    } catch (error) {
      if (attempt === 20 || !isTransientFault(error)) throw error;
    }
  }
}

/** Pieces of a lot in a second depot, as a transfer leaves them. */
async function moveByHand(lotId: string, to: TestDepot, quantityBase: number): Promise<void> {
  const order = await postTo<{ transferId: string } & Problem>(
    service,
    'transfers',
    { fromDepotId: depot.id, toDepotId: to.id, reason: 'nearer', lines: [{ itemCode: TENT, lotId, quantityBase }] },
    STOCK_MANAGER,
  );
  const { transferId } = order.body;
  await postTo(service, `transfers/${transferId}/dispatch`, {}, KEEPER);
  const lines = [{ lotId, receivedBase: quantityBase, damagedBase: 0, shortBase: 0, surplusBase: 0 }];
  await postTo(service, `transfers/${transferId}/receipts`, { lines }, KEEPER);
}

/** Puts pieces aside by hand; returns the movement. */
async function putAside(lotId: string, quantityBase: number): Promise<string> {
  const body = { kind: 'quarantine', depotId: depot.id, lines: [{ lotId, quantityBase }], note: 'wet' };
  return (await postTo<{ movementId: string }>(service, 'movements', body, KEEPER)).body.movementId;
}
