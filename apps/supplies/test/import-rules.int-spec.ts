import { randomUUID } from 'node:crypto';
import type { TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import {
  BRINGER,
  IMPORTS,
  aWorkbook,
  act,
  checked,
  committed,
  csv,
  errorsOf,
  importCounts,
  importOf,
  inspected,
  map,
  namesOf,
  send,
  settled,
  xlsx,
} from './support/import-work';
import { brokenInvariants } from './support/invariants';
import { AUDITOR, KEEPER, TENT, aDepot, ledgerCounts, startSupplies, stockOf } from './support/world';

let service: TestService;

beforeAll(async () => {
  service = await startSupplies();
});
afterAll(async () => {
  expect(invariants.length).toBeGreaterThan(0);
  expect(await brokenInvariants(service.database)).toEqual([]);
  await service.stop();
});

const STOCK_HEADINGS = ['仓库', '物资名称', '数量', '单位', '批号', '生产日期', '有效期至'];
const LEDGER_HEADINGS = ['日期', '业务类型', '仓库', '物资编码', '批号', '数量', '单据号'];

describe('names of a department’s own', () => {
  it('that are unsure wait for a person, whose word is remembered for the next sheet', async () => {
    const depot = await aDepot(service);
    const sheet = (batch: string): string =>
      csv(
        STOCK_HEADINGS,
        [depot.code, '救灾专用帐篷', 4, '顶', batch, '', ''],
        [depot.code, '桌椅', 9, '套', batch, '', ''],
      );
    const work = await checked(service, { kind: 'opening-stock', bytes: sheet('N-1') });
    expect(work).toMatchObject({ namesUnsure: 2, rows: { valid: 0, refused: 2 } });
    const names = await namesOf(service, work.id);
    expect(names).toMatchObject([
      { name: '救灾专用帐篷', basis: 'unsure', itemCode: null, candidates: [{ code: TENT, nameZh: '帐篷' }] },
      { name: '桌椅', basis: 'unsure', itemCode: null },
    ]);
    expect(names[0].candidates[0].confidence).toBeLessThan(0.92);
    const nothing = await act(service, work.id, 'commit');
    expect([nothing.status, nothing.body.code]).toEqual([409, 'SUPPLIES_IMPORT_NOTHING_TO_POST']);

    const decide = (number: number, itemCode: string | null) =>
      service.request('PUT', `${IMPORTS}/${work.id}/matches/${number}`, { as: BRINGER, body: { itemCode } });
    expect((await decide(names[0].number, TENT)).body).toMatchObject({ state: 'mapped', itemCode: TENT });
    expect((await decide(names[1].number, null)).body).toMatchObject({ itemCode: null });
    expect((await decide(99, TENT)).status).toBe(404);
    expect((await decide(names[0].number, 'ZZZ-999')).body).toMatchObject({ code: 'SUPPLIES_ITEM_UNKNOWN' });
    await act(service, work.id, 'check');
    expect((await settled(service, work.id)).rows).toMatchObject({ valid: 1, refused: 1 });
    expect(await errorsOf(service, work.id)).toEqual(['3 itemName item-left-out']);

    const next = await checked(service, { kind: 'opening-stock', bytes: sheet('N-2') });
    expect(next).toMatchObject({ namesUnsure: 0, rows: { valid: 1 }, mapping: { basis: 'remembered' } });
  });

  it('may come as a sheet of their own', async () => {
    const depot = await aDepot(service);
    const work = await committed(service, {
      kind: 'item-names',
      bytes: csv(
        ['原名称', '物资编码'],
        ['WZ-0001', TENT],
        ['指挥帐', 'lrs-015'],
        ['矿泉水', 'ZZZ-001'],
        ['指挥 帐', TENT],
      ),
    });
    expect(work).toMatchObject({ state: 'committed', rows: { posted: 2, refused: 2 } });
    expect(await errorsOf(service, work.id)).toEqual(['4 itemCode item-unknown', '5 itemName row-twice']);
    const stock = await checked(service, {
      kind: 'opening-stock',
      bytes: csv(['仓库', '物资编码', '数量'], [depot.code, 'WZ-0001', 3], [depot.code, '指挥帐', 2]),
    });
    expect(stock.rows).toMatchObject({ valid: 2, refused: 0 });
  });
});

describe('nothing comes in twice', () => {
  it('the same file answers the import that it became', async () => {
    const depot = await aDepot(service);
    const file = { kind: 'opening-stock', bytes: csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 5]) };
    const first = await committed(service, file);
    const before = [await ledgerCounts(service), await importCounts(service)];
    const again = await send(service, { ...file, name: 'renamed.csv' });
    expect(again).toMatchObject({ status: 201, body: { id: first.id, state: 'committed', repeated: true } });
    const [ledger, files] = [await ledgerCounts(service), await importCounts(service)];
    expect([{ ...ledger, idempotency_keys: '' }, files]).toEqual([{ ...before[0], idempotency_keys: '' }, before[1]]);
    const other = await send(service, { ...file, kind: 'movements' });
    expect(other.body).toMatchObject({ repeated: false });
    await settled(service, other.body.id);
    await act(service, other.body.id, 'cancellation');
  });

  it('rows that came with an earlier file are known in a longer one, also when the same row comes twice', async () => {
    const depot = await aDepot(service);
    const row = ['2026-5-1', '入库', depot.code, TENT, 'T-1', 5, ''];
    const first = await committed(service, { kind: 'movements', bytes: csv(LEDGER_HEADINGS, row, row) });
    expect(first.rows.posted).toBe(2);
    const use = ['2026-5-2', '领用', depot.code, TENT, 'T-1', 12, ''];
    const longer = await checked(service, { kind: 'movements', bytes: csv(LEDGER_HEADINGS, row, row, row, use) });
    expect(longer.rows).toMatchObject({ read: 4, repeated: 2, valid: 2, refused: 0 });
    await act(service, longer.id, 'commit');
    expect((await settled(service, longer.id)).rows.posted).toBe(2);
    expect((await stockOf(service, depot.id)).available).toBe(3);
  });

  it('the same request is answered once, another file under its key is not', async () => {
    const depot = await aDepot(service);
    const key = randomUUID();
    const file = { kind: 'opening-stock', bytes: csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 6]), key };
    const [one, two] = [await send(service, file), await send(service, file)];
    expect(two.body).toEqual(one.body);
    const before = await importCounts(service);
    const other = await send(service, { ...file, bytes: `${file.bytes}\n` });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await importCounts(service)).toEqual(before);
    await settled(service, one.body.id);
    await act(service, one.body.id, 'cancellation');
  });

  it('two that send the same file at once have one import', async () => {
    const depot = await aDepot(service);
    const bytes = csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 7]);
    const answers = await Promise.all([1, 2, 3].map(() => send(service, { kind: 'opening-stock', bytes })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
    await settled(service, answers[0].body.id);
    await act(service, answers[0].body.id, 'cancellation');
  });
});

describe('what columns mean', () => {
  it('may be said by hand, with what no column says, and is remembered', async () => {
    const depot = await aDepot(service);
    const sheet = (quantity: number): string => csv(['甲', '乙', '丙'], ['x', TENT, quantity]);
    const work = await inspected(service, { kind: 'opening-stock', bytes: sheet(3) });
    expect(work).toMatchObject({ state: 'inspected', mapping: { columns: [], basis: 'guessed' } });
    const early = await act(service, work.id, 'check');
    expect([early.status, early.body.code]).toEqual([409, 'SUPPLIES_IMPORT_STATE']);
    const incomplete = await map(service, work, { columns: [{ field: 'itemCode', column: 2 }] });
    expect(incomplete.body).toMatchObject({ code: 'SUPPLIES_IMPORT_MAPPING_INVALID' });
    expect(incomplete.body.errors?.map(({ pointer }) => pointer)).toEqual(['/columns/depot', '/columns/quantity']);
    const columns = [
      { field: 'itemCode', column: 2 },
      { field: 'quantity', column: 3 },
    ] as const;
    await map(service, work, { columns, fixed: [{ field: 'depot', text: depot.code }] });
    await act(service, work.id, 'check');
    expect((await settled(service, work.id)).rows).toMatchObject({ valid: 1 });

    const next = await inspected(service, { kind: 'opening-stock', bytes: sheet(4) });
    expect(next).toMatchObject({
      state: 'mapped',
      mapping: { basis: 'remembered', columns, fixed: [{ field: 'depot', text: depot.code }] },
    });
    const others = await inspected(service, {
      kind: 'opening-stock',
      bytes: sheet(4),
      as: { ...BRINGER, organisationId: randomUUID() },
    });
    expect(others.state).toBe('inspected');
  });

  it('another sheet of the workbook, a column twice or a field of another kind is refused', async () => {
    const bytes = await xlsx((book) => book.addWorksheet('一').addRow(['仓库', '品名', '数量']));
    const work = await inspected(service, aWorkbook('opening-stock', bytes));
    const columns = work.mapping?.columns ?? [];
    const before = await importCounts(service);
    for (const changes of [
      { sheet: '二' },
      { columns: [...columns, { field: 'note', column: 1 } as const] },
      { columns: [...columns, { field: 'latitude', column: 9 } as const] },
      { columns: [...columns, columns[0]] },
    ]) {
      const answer = await map(service, work, changes);
      expect([answer.status, answer.body.code]).toEqual([422, 'SUPPLIES_IMPORT_MAPPING_INVALID']);
    }
    expect(await importCounts(service)).toEqual(before);
    expect((await importOf(service, work.id)).state).toBe('inspected');
  });
});

describe('who may do it', () => {
  it('only depots within reach are touched, and nobody learns of others', async () => {
    const own = await aDepot(service);
    const beyond = await aDepot(service, { regionCode: '140931' });
    const foreign = await aDepot(service, { organisationId: randomUUID() });
    const bytes = csv(['仓库', '物资编码', '数量'], ...[own, beyond, foreign].map(({ code }) => [code, TENT, 5]));
    const work = await checked(service, { kind: 'opening-stock', bytes });
    expect(await errorsOf(service, work.id)).toEqual(['3 depot depot-unknown']);

    const as = { ...BRINGER, organisationId: randomUUID(), organisationKind: 'health' } as const;
    const mapped = await inspected(service, { kind: 'opening-stock', bytes, as });
    await map(service, mapped, {}, as);
    await act(service, mapped.id, 'check', { as });
    await settled(service, mapped.id);
    expect(await errorsOf(service, mapped.id)).toEqual([
      '2 depot depot-unknown',
      '3 depot depot-unknown',
      '4 depot depot-unknown',
    ]);
  });

  it('imports of another region are not found; those of another organisation are read and not touched', async () => {
    const depot = await aDepot(service);
    const bytes = csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 8]);
    const work = await checked(service, { kind: 'opening-stock', bytes });
    const elsewhere = { ...BRINGER, regionCode: '140931' };
    const others = { ...BRINGER, organisationId: randomUUID(), organisationKind: 'health' } as const;
    for (const path of ['', '/errors', '/errors.csv', '/matches']) {
      const answer = await service.request('GET', `${IMPORTS}/${work.id}${path}`, { as: elsewhere });
      expect(answer).toMatchObject({ status: 404, body: { code: 'SUPPLIES_IMPORT_NOT_FOUND' } });
    }
    expect((await service.request('GET', `${IMPORTS}/${work.id}`, { as: others })).status).toBe(200);
    expect((await service.request('GET', `${IMPORTS}/${work.id}`, { as: AUDITOR })).status).toBe(200);
    const before = await ledgerCounts(service);
    for (const as of [elsewhere, others]) {
      for (const action of ['check', 'commit', 'cancellation'] as const) {
        expect(await act(service, work.id, action, { as })).toMatchObject({ status: 404 });
      }
      expect(await map(service, work, {}, as)).toMatchObject({ status: 404 });
    }
    expect(await ledgerCounts(service)).toEqual(before);
    expect(await importOf(service, work.id)).toMatchObject({ state: 'checked' });
  });

  it('a keeper prepares and a stock manager posts; an auditor only reads', async () => {
    const depot = await aDepot(service);
    const bytes = csv(['仓库', '物资编码', '数量'], [depot.code, TENT, 9]);
    const work = await checked(service, { kind: 'opening-stock', bytes, as: KEEPER });
    expect((await act(service, work.id, 'commit', { as: KEEPER })).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await send(service, { kind: 'opening-stock', bytes, as: AUDITOR })).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await act(service, work.id, 'cancellation', { as: AUDITOR })).body.code).toBe('AUTH_ROLE_MISSING');
    expect((await act(service, work.id, 'commit')).status).toBe(200);
    expect((await settled(service, work.id)).state).toBe('committed');
    for (const action of ['check', 'commit', 'cancellation'] as const) {
      expect((await act(service, work.id, action)).body).toMatchObject({ code: 'SUPPLIES_IMPORT_STATE' });
    }
  });
});

it('the list of errors comes as a file that opens in a spreadsheet and starts no formula', async () => {
  const bytes = csv(['仓库', '物资编码', '数量'], ['=HYPERLINK("http://x")', TENT, 'x'], ['没有', TENT, 5]);
  const work = await checked(service, { kind: 'opening-stock', bytes });
  const response = await fetch(`${service.url}${IMPORTS}/${work.id}/errors.csv`, {
    headers: { authorization: `Bearer ${await service.token(BRINGER)}` },
  });
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const text = Buffer.from(await response.arrayBuffer()).toString();
  expect(text.startsWith('\uFEFF行 row,')).toBe(true);
  expect(text.trim().split('\n')).toHaveLength(4);
  expect(text).toContain('2,quantity,quantity-not-a-number,不是数字,is no number,x');
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
});

it('what can be brought in, and what its columns may be called, can be asked', async () => {
  const { body } = await service.request<{
    items: { kind: string; fields: { field: string; headings: string[] }[] }[];
  }>('GET', `${IMPORTS}/kinds`, { as: KEEPER });
  const movements = body.items.find(({ kind }) => kind === 'movements');
  expect(movements?.fields.find(({ field }) => field === 'quantityIn')?.headings).toContain('收入数量');
});

it('imports are listed, the latest first', async () => {
  const answer = await service.request<{ items: { kind: string }[]; total: number }>(
    'GET',
    `${IMPORTS}?kind=item-names&limit=1`,
    { as: BRINGER },
  );
  expect(answer.body.items).toHaveLength(1);
  expect(answer.body.items[0].kind).toBe('item-names');
  expect((await service.request('GET', `${IMPORTS}?kind=weather`, { as: BRINGER })).status).toBe(400);
});
