import { randomUUID } from 'node:crypto';
import { WorkOverdue } from '@ledger/contracts';
import { waitFor, type TestService } from '@ledger/testing';
import type { InspectionResponse, InspectionsResponse } from '../src/warehouse/dto/inspection.dto';
import type { InspectionPolicyResponse } from '../src/warehouse/dto/warehouse-rule.dto';
import { brokenInvariants } from './support/invariants';
import { reverse } from './support/site-work';
import {
  SECOND_KEEPER,
  aLine,
  getFrom,
  hold,
  inspect,
  postTo,
  receiveToInspect,
  type InspectionAnswer,
} from './support/warehouse-work';
import {
  AUDITOR,
  KEEPER,
  RICE,
  STOCK_MANAGER,
  TENT,
  aDepot,
  expire,
  ledgerCounts,
  startSupplies,
  stockOf,
  type TestDepot,
} from './support/world';

let service: TestService;
let depot: TestDepot;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(() => service.stop());
beforeEach(async () => {
  depot = await aDepot(service);
});
afterEach(async () => {
  expect(await brokenInvariants(service.database)).toEqual([]);
});

const read = async (id: string | null) => (await getFrom<InspectionResponse>(service, `inspections/${id}`)).body;

async function anInspection(overrides: object = {}): Promise<{ id: string; lotId: string; receiptId: string }> {
  const { body } = await receiveToInspect(service, depot, [aLine(overrides)]);
  return { id: String(body.lots[0].inspectionId), lotId: body.lots[0].lotId, receiptId: body.movementId };
}

describe('goods that come in to be inspected', () => {
  it('lie in quarantine with an open inspection for every lot', async () => {
    const answer = await receiveToInspect(service, depot, [
      aLine(),
      aLine({ itemCode: RICE, expiryDate: '2099-01-01' }),
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body.lots.map(({ state }) => state)).toEqual(['quarantine', 'quarantine']);
    expect(await stockOf(service, depot.id)).toEqual({ available: 0, reserved: 0, quarantine: 20 });
    const open = await getFrom<InspectionsResponse>(service, `inspections?depotId=${depot.id}&state=open`, AUDITOR);
    expect(open.body.total).toBe(2);
    expect(open.body.items.map(({ itemCode }) => itemCode).sort()).toEqual([RICE, TENT].sort());
    expect(open.body.items[0]).toMatchObject({ quantityBase: 10, openedBy: 'Keeper', overdue: false });
  });

  it.each([
    ['no piece', { quantityBase: 0 }, 'REQUEST_INVALID'],
    ['a negative number of pieces', { quantityBase: -3 }, 'REQUEST_INVALID'],
    ['a part of a piece', { quantityBase: 2.5 }, 'REQUEST_INVALID'],
    ['more pieces than numbers', { quantityBase: Number.MAX_SAFE_INTEGER + 1 }, 'REQUEST_INVALID'],
    [
      'an end before the beginning',
      { productionDate: '2026-05-02', expiryDate: '2026-05-01' },
      'SUPPLIES_DATES_INVALID',
    ],
  ])('are refused for %s and open no inspection', async (_what, overrides, code) => {
    const before = await ledgerCounts(service);
    expect((await receiveToInspect(service, depot, [aLine(overrides)])).body).toMatchObject({ code });
    expect(await ledgerCounts(service)).toEqual(before);
    const open = await getFrom<InspectionsResponse>(service, `inspections?depotId=${depot.id}`);
    expect(open.body.total).toBe(0);
  });

  it('are free at once where nobody asks for an inspection, as before', async () => {
    const body = { depotId: depot.id, origin: 'purchase', lines: [aLine()] };
    const answer = await postTo<{ lots: object[] }>(service, 'receipts', body, KEEPER);
    expect(answer.body.lots).toEqual([expect.objectContaining({ state: 'available', inspectionId: null })]);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 10, quarantine: 0 });
  });
});

describe('an inspection', () => {
  it('puts everything away when everything is good', async () => {
    const { id } = await anInspection();
    const answer = await inspect(service, id, 10, 0);
    expect(answer.body).toMatchObject({ state: 'passed', acceptedBase: 10, rejectedBase: 0 });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 10, quarantine: 0 });
    expect(await read(id)).toMatchObject({ state: 'passed', closedBy: 'Keeper', reversed: false });
  });

  it('leaves what is rejected in quarantine, with the reason', async () => {
    const { id } = await anInspection();
    expect((await inspect(service, id, 7, 3)).body).toMatchObject({ state: 'partly' });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 7, quarantine: 3 });
    expect(await read(id)).toMatchObject({ acceptedBase: 7, rejectedBase: 3, rejectionReason: 'torn seams' });
  });

  it('moves nothing when everything is rejected', async () => {
    const { id } = await anInspection();
    expect((await inspect(service, id, 0, 10)).body).toMatchObject({ state: 'failed', movementId: null });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 10 });
  });

  it.each([
    ['fewer pieces than came', { acceptedBase: 9, rejectedBase: 0 }, 'SUPPLIES_INSPECTION_INCOMPLETE'],
    ['more pieces than came', { acceptedBase: 11, rejectedBase: 0 }, 'SUPPLIES_INSPECTION_INCOMPLETE'],
    ['a rejection without a reason', { acceptedBase: 9, rejectedBase: 1 }, 'REQUEST_INVALID'],
    ['a negative count', { acceptedBase: -1, rejectedBase: 11, rejectionReason: 'x' }, 'REQUEST_INVALID'],
    ['a broken count', { acceptedBase: 9.5, rejectedBase: 0.5, rejectionReason: 'x' }, 'REQUEST_INVALID'],
    ['a count beyond all numbers', { acceptedBase: 2 ** 60, rejectedBase: 0 }, 'REQUEST_INVALID'],
  ])('is refused for %s and leaves no trace', async (_what, body, code) => {
    const { id } = await anInspection();
    const before = await ledgerCounts(service);
    expect((await postTo(service, `inspections/${id}/result`, body, KEEPER)).body.code).toBe(code);
    expect(await ledgerCounts(service)).toEqual(before);
    expect(await read(id)).toMatchObject({ state: 'open' });
  });

  it('accepts nothing that is past its date, or held', async () => {
    const old = await anInspection({ itemCode: RICE, expiryDate: '2099-01-01' });
    await expire(service, old.lotId);
    const held = await anInspection();
    await hold(service, held.lotId);
    for (const [{ id }, reason] of [
      [old, 'expired'],
      [held, 'held'],
    ] as const) {
      expect((await inspect(service, id, 10, 0)).body).toMatchObject({
        code: 'SUPPLIES_LOT_NOT_ISSUABLE',
        facts: { reason },
      });
      expect((await inspect(service, id, 0, 10)).status).toBe(201);
    }
  });

  it('is recorded once, however many keepers look', async () => {
    const { id } = await anInspection();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        inspect(service, id, 10 - index, index, index % 2 ? KEEPER : SECOND_KEEPER),
      ),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 'done' : body.code));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['done', 'SUPPLIES_INSPECTION_CLOSED']));
  });

  it('is done by the receiver, unless the depot wants two people', async () => {
    const policy = { twoPeople: true, withinHours: 24, reason: 'county depot' };
    const put = await service.request<InspectionPolicyResponse>(
      'PUT',
      `/api/v1/supplies/depots/${depot.id}/inspection-policy`,
      { as: STOCK_MANAGER, body: policy },
    );
    expect(put.status).toBe(200);
    const known = await getFrom<InspectionPolicyResponse>(service, `depots/${depot.id}/inspection-policy`, AUDITOR);
    expect(known.body).toMatchObject({ ...policy, isDefault: false, setBy: 'Manager' });
    const { id } = await anInspection();
    expect((await inspect(service, id, 10, 0)).body).toMatchObject({
      code: 'SUPPLIES_INSPECTION_BY_RECEIVER',
      status: 403,
    });
    expect((await inspect(service, id, 10, 0, SECOND_KEEPER)).status).toBe(201);
  });

  it('is nobody else’s business: another region, another department, other roles', async () => {
    const { id } = await anInspection();
    const strangers = [
      { ...KEEPER, regionCode: '140931' },
      { ...KEEPER, organisationId: randomUUID(), organisationKind: 'water' as const },
    ];
    for (const stranger of strangers) {
      expect((await inspect(service, id, 10, 0, stranger)).body).toMatchObject({
        code: 'SUPPLIES_INSPECTION_NOT_FOUND',
        status: 404,
      });
    }
    expect((await getFrom(service, `inspections/${id}`, { ...AUDITOR, regionCode: '140931' })).status).toBe(404);
    expect((await inspect(service, id, 10, 0, AUDITOR)).body.code).toBe('AUTH_ROLE_MISSING');
  });

  it('that is late is announced, and again the next day to the stock manager', async () => {
    const { id } = await anInspection();
    const makeDue = () =>
      service.database.query(`UPDATE deadlines SET due_at = now() - interval '1 second' WHERE subject_id = $1`, [id]);
    const told = async () => (await service.published(WorkOverdue)).filter(({ subjectId }) => subjectId === id);
    await service.database.query(`UPDATE inspections SET due_at = now() - interval '1 hour' WHERE id = $1`, [id]);
    await makeDue();
    await waitFor('the first reminder', async () => (await told()).length === 1);
    const list = await getFrom<InspectionsResponse>(service, `inspections?depotId=${depot.id}&overdue=true`);
    expect(list.body.items).toEqual([expect.objectContaining({ id, overdue: true })]);
    await makeDue();
    await waitFor('the second reminder', async () => (await told()).length === 2);
    expect((await told()).map(({ work, owner, reminder }) => [work, owner, reminder])).toEqual([
      ['inspection', 'keeper', 1],
      ['inspection', 'stock-manager', 2],
    ]);
  });
});

describe('an inspection of goods in quarantine', () => {
  const open = (lotId: string, quantityBase: number) =>
    postTo<InspectionAnswer>(
      service,
      'inspections',
      { depotId: depot.id, lotId, quantityBase, reason: 'repaired' },
      KEEPER,
    );

  it('gives rejected pieces a second chance', async () => {
    const { id, lotId } = await anInspection();
    await inspect(service, id, 7, 3);
    const second = await open(lotId, 3);
    expect(second.status).toBe(201);
    expect((await inspect(service, second.body.inspectionId, 3, 0)).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 10, quarantine: 0 });
  });

  it('takes no piece that waits for another inspection', async () => {
    const { id, lotId } = await anInspection();
    expect((await open(lotId, 1)).body).toMatchObject({
      code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
      facts: { availableBase: 0, boundBase: 10 },
    });
    await inspect(service, id, 0, 10);
    const answers = await Promise.all(Array.from({ length: 6 }, () => open(lotId, 4)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  });

  it('keeps its pieces until it is done, whoever wants them', async () => {
    const line = aLine();
    const { lotId } = (await receiveToInspect(service, depot, [line])).body.lots[0];
    const receipt = { depotId: depot.id, origin: 'purchase', lines: [line] };
    await postTo(service, 'receipts', receipt, KEEPER);
    const aside = { kind: 'quarantine', depotId: depot.id, lines: [{ lotId, quantityBase: 10 }], note: 'wet' };
    const { movementId } = (await postTo<{ movementId: string }>(service, 'movements', aside, KEEPER)).body;
    expect((await open(lotId, 5)).status).toBe(201);
    expect((await reverse(service, movementId)).body).toMatchObject({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' });
  });

  it('is refused for a lot that was never there', async () => {
    expect((await open(randomUUID(), 1)).body.code).toBe('SUPPLIES_LOT_NOT_FOUND');
  });

  it('says that goods on the shelf have to be put into quarantine first', async () => {
    const receipt = { depotId: depot.id, origin: 'purchase', lines: [aLine()] };
    const { lots } = (await postTo<{ lots: { lotId: string }[] }>(service, 'receipts', receipt, KEEPER)).body;
    expect((await open(lots[0].lotId, 1)).body).toMatchObject({
      code: 'SUPPLIES_LOT_NOT_FOUND',
      detail: expect.stringContaining('put them there'),
    });
  });
});

describe('what is undone', () => {
  it('takes the open inspections of a receipt with it', async () => {
    const { id, receiptId } = await anInspection();
    expect((await reverse(service, receiptId)).status).toBe(201);
    expect(await read(id)).toMatchObject({ state: 'withdrawn', closedBy: 'Manager' });
    expect((await inspect(service, id, 10, 0)).body.code).toBe('SUPPLIES_INSPECTION_CLOSED');
    const left = await service.database.query('SELECT 1 FROM deadlines WHERE subject_id = $1', [id]);
    expect(left).toEqual([]);
  });

  it('does not take a receipt whose goods were put away', async () => {
    const { id, receiptId } = await anInspection();
    await inspect(service, id, 10, 0);
    expect((await reverse(service, receiptId)).body.code).toBe('SUPPLIES_QUANTITY_EXCEEDS_BALANCE');
  });

  it('shows a put-away as undone and lets the goods be inspected again', async () => {
    const { id, lotId } = await anInspection();
    const { movementId } = (await inspect(service, id, 7, 3)).body;
    expect((await reverse(service, movementId)).status).toBe(201);
    expect(await read(id)).toMatchObject({ state: 'partly', acceptedBase: 7, reversed: true });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 0, quarantine: 10 });
    const body = { depotId: depot.id, lotId, quantityBase: 10, reason: 'counted wrongly' };
    const again = await postTo<InspectionAnswer>(service, 'inspections', body, KEEPER);
    expect((await inspect(service, again.body.inspectionId, 8, 2)).status).toBe(201);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 8, quarantine: 2 });
  });
});

describe('gear with serial numbers', () => {
  const numbered = (serialNumbers: readonly string[], overrides: object = {}) =>
    aLine({ quantityBase: serialNumbers.length, serialNumbers, ...overrides });
  const receive = (lines: object[]) =>
    postTo<{ movementId: string; lots: { lotId: string; serialNumber: string; quantityBase: number }[] }>(
      service,
      'receipts',
      { depotId: depot.id, origin: 'purchase', lines },
      KEEPER,
    );
  const numbers = (count: number) => Array.from({ length: count }, () => randomUUID());

  it('is a lot of one for every number', async () => {
    const serials = numbers(3);
    const answer = await receive([numbered(serials), aLine()]);
    expect(answer.body.lots.map(({ serialNumber, quantityBase }) => [serialNumber, quantityBase])).toEqual([
      ...serials.map((serial) => [serial, 1]),
      [null, 10],
    ]);
    expect(new Set(answer.body.lots.map(({ lotId }) => lotId)).size).toBe(4);
  });

  it('is in the books once, however many receive it', async () => {
    const line = numbered(numbers(1));
    const answers = await Promise.all(Array.from({ length: 6 }, () => receive([line])));
    const codes = answers.map(({ status, body }) => (status === 201 ? 'done' : body.code));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['done', 'SUPPLIES_SERIAL_NUMBER_KNOWN']));
  });

  it('may come back after its receipt was undone, and then the reversal stands', async () => {
    const line = numbered(numbers(1));
    const first = await receive([line]);
    await reverse(service, first.body.movementId);
    const second = await receive([line]);
    expect(second.status).toBe(201);
    expect(second.body.lots[0].lotId).toBe(first.body.lots[0].lotId);
  });

  it.each([
    ['one number for two pieces', { quantityBase: 2, serialNumbers: ['A'] }],
    ['a number twice', { quantityBase: 2, serialNumbers: ['A', 'A'] }],
    ['an empty number', { quantityBase: 1, serialNumbers: [''] }],
    ['no number', { quantityBase: 1, serialNumbers: [] }],
  ])('is refused with %s', async (_what, overrides) => {
    const before = await ledgerCounts(service);
    expect((await receive([aLine(overrides)])).body.code).toBe('REQUEST_INVALID');
    expect(await ledgerCounts(service)).toEqual(before);
  });

  it('is refused when the number is known of another batch', async () => {
    const [serial] = numbers(1);
    await receive([numbered([serial])]);
    expect((await receive([numbered([serial])])).body.code).toBe('SUPPLIES_LOT_CONFLICT');
  });
});
