import { randomUUID } from 'node:crypto';
import type { TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import {
  BRINGER,
  SECOND,
  aWorkbook,
  act,
  checked,
  committed,
  csv,
  errorsOf,
  inspected,
  map,
  settled,
  xlsx,
} from './support/import-work';
import { brokenInvariants } from './support/invariants';
import { RICE, TENT, aDepot, balanceOf, ledgerCounts, startSupplies, stockOf } from './support/world';

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

describe('a department’s stock list', () => {
  it('comes in from a workbook with its dates, and is looked at before anything is posted', async () => {
    const depot = await aDepot(service);
    const bytes = await xlsx((book) => {
      const sheet = book.addWorksheet('库存');
      sheet.addRow(['河曲县应急物资库存表']);
      sheet.addRow(STOCK_HEADINGS);
      sheet.addRow([depot.code, '帐篷', 12, '顶', 'A-1', new Date(Date.UTC(2026, 0, 31)), null]);
      sheet.getCell('F3').numFmt = 'yyyy-mm-dd';
      sheet.addRow([depot.code, '大米', { formula: '20+5', result: 25 }, '袋', '', '2026/1/5', '2099年6月30日']);
      sheet.addRow(['合计', null, { formula: 'SUM(C3:C4)', result: 37 }]);
    });
    const before = await ledgerCounts(service);
    const work = await checked(service, aWorkbook('opening-stock', bytes));
    expect(work).toMatchObject({
      state: 'checked',
      rows: { read: 2, ignored: 1, refused: 0, valid: 2, posted: 0 },
      mapping: { headerRow: 2, basis: 'person' },
      summary: { movements: [{ kind: 'receipt', rows: 2 }], depots: 1, items: 2, newLots: 2 },
    });
    const { movements, postings, lots, balances } = await ledgerCounts(service);
    expect({ movements, postings, lots, balances }).toEqual({
      movements: before.movements,
      postings: before.postings,
      lots: before.lots,
      balances: before.balances,
    });

    await act(service, work.id, 'commit', { body: { allOrNothing: true } });
    expect(await settled(service, work.id)).toMatchObject({ state: 'committed', rows: { posted: 2 }, progress: null });
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 37 });
    const rows = await service.database.query(
      `SELECT lot.item_code, lot.batch_number, lot.production_date::text, lot.expiry_date::text, movement.recorded_by
       FROM lots AS lot JOIN postings AS posting ON posting.lot_id = lot.id
       JOIN movements AS movement ON movement.id = posting.movement_id WHERE posting.depot_id = $1 ORDER BY 1 DESC`,
      [depot.id],
    );
    expect(rows).toEqual([
      {
        item_code: TENT,
        batch_number: 'A-1',
        production_date: '2026-01-31',
        expiry_date: null,
        recorded_by: BRINGER.displayName,
      },
      {
        item_code: RICE,
        batch_number: 'NB-20260105-20990630',
        production_date: '2026-01-05',
        expiry_date: '2099-06-30',
        recorded_by: BRINGER.displayName,
      },
    ]);
  });

  it('may have merged cells: the depot is written once for all its rows, a quantity may not be', async () => {
    const depot = await aDepot(service);
    const bytes = await xlsx((book) => {
      const sheet = book.addWorksheet('库存');
      sheet.addRow(['仓库', '物资名称', '数量']);
      for (const quantity of [5, 6, 7, 8]) sheet.addRow([depot.code, '帐篷', quantity]);
      sheet.mergeCells('A2:A5');
      sheet.mergeCells('C4:C5');
    });
    const work = await checked(service, aWorkbook('opening-stock', bytes));
    expect(work.rows).toMatchObject({ valid: 2, refused: 2 });
    expect(await errorsOf(service, work.id)).toEqual(['4 quantity merged-quantity', '5 quantity merged-quantity']);
  });

  it('hides no row behind a formula: one without a result is an error', async () => {
    const depot = await aDepot(service);
    const bytes = await xlsx((book) => {
      const sheet = book.addWorksheet('库存');
      sheet.addRow(['仓库', '物资名称', '数量']);
      sheet.addRow([depot.code, '帐篷', { formula: 'X1*2' } as never]);
      sheet.addRow([depot.code, '帐篷', { formula: '2*2', result: 4 }]);
    });
    const work = await checked(service, aWorkbook('opening-stock', bytes));
    expect(await errorsOf(service, work.id)).toEqual(['2 quantity formula-without-result']);
    expect(work.rows.valid).toBe(1);
  });

  it('is taken from the sheet that somebody chooses; hidden ones are shown as such and not read', async () => {
    const depot = await aDepot(service);
    const bytes = await xlsx((book) => {
      const rows = (name: string, quantity: number, state?: 'hidden'): void => {
        const sheet = book.addWorksheet(name, { state });
        sheet.addRow(['仓库', '物资名称', '数量', '备注']);
        sheet.addRow([depot.code, '帐篷', quantity]);
      };
      rows('旧表', 1, 'hidden');
      rows('一库', 2);
      rows('二库', 3);
    });
    const work = await inspected(service, aWorkbook('opening-stock', bytes));
    expect(work.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['旧表', true],
      ['一库', false],
      ['二库', false],
    ]);
    expect(work.mapping).toMatchObject({ sheet: '一库', basis: 'guessed' });
    await map(service, work, { sheet: '二库' });
    await act(service, work.id, 'check');
    await settled(service, work.id);
    await act(service, work.id, 'commit');
    await settled(service, work.id);
    expect((await stockOf(service, depot.id)).available).toBe(3);
  });

  it('in another pack is converted where the catalogue has the pack, and refused where it has not', async () => {
    const depot = await aDepot(service);
    await service.database.query(
      `INSERT INTO item_packs (id, item_code, name, base_units) VALUES (gen_random_uuid(), $1, '吨', 40)`,
      [RICE],
    );
    const rows = [0.5, 0.01].map((quantity) => [depot.code, '大米', quantity, '吨', 'P-1', '', '2099-1-1']);
    const work = await checked(service, {
      kind: 'opening-stock',
      bytes: csv(STOCK_HEADINGS, ...rows, [depot.code, '帐篷', 3, '箱', 'P-2', '', '']),
    });
    expect(await errorsOf(service, work.id)).toEqual(['3 quantity quantity-fraction', '4 unit unit-unknown']);
    await act(service, work.id, 'commit');
    await settled(service, work.id);
    expect((await stockOf(service, depot.id)).available).toBe(20);
  });
});

describe('a department’s ledger of movements', () => {
  it('is posted in its own order and judged by its own days', async () => {
    const depot = await aDepot(service);
    const rows = [
      ['2024-3-1', '采购入库', depot.code, RICE, 'R-1', 100, 'RK-1'],
      ['2024-6-1', '领用', depot.code, RICE, 'R-1', 30, 'CK-1'],
      ['2024-7-1', '归还', depot.code, RICE, 'R-1', 10, 'RK-2'],
      ['2025-2-1', '轮换', depot.code, RICE, 'R-1', 80, 'CK-2'],
    ];
    const dated = [...LEDGER_HEADINGS, '有效期至'];
    const work = await committed(service, {
      kind: 'movements',
      bytes: csv(dated, ...rows.map((row) => [...row, row[1] === '采购入库' ? '2025-3-1' : ''])),
    });
    expect(work).toMatchObject({ state: 'committed', rows: { read: 4, valid: 4, posted: 4 } });
    expect((await stockOf(service, depot.id)).available).toBe(0);
    expect(await balanceOf(service, 'rotated-out')).toBe(80);
    const movements = await service.database.query<{ kind: string; note: string }>(
      'SELECT kind, note FROM movements WHERE depot_id = $1 ORDER BY sequence',
      [depot.id],
    );
    expect(movements.map(({ kind }) => kind)).toEqual(['receipt', 'use', 'return', 'rotate']);
    expect(movements[0].note).toBe('2024-03-01 · RK-1 · 台账.csv #2');
  });

  it('that runs backwards is put in order first', async () => {
    const depot = await aDepot(service);
    const work = await committed(service, {
      kind: 'movements',
      bytes: csv(
        LEDGER_HEADINGS,
        ['2026-5-3', '领用', depot.code, TENT, 'Z-1', 4, ''],
        ['2026-5-2', '领用', depot.code, TENT, 'Z-1', 6, ''],
        ['2026-5-1', '入库', depot.code, TENT, 'Z-1', 10, ''],
      ),
    });
    expect(work.rows).toMatchObject({ refused: 0, posted: 3 });
    const kinds = await service.database.query<{ kind: string }>(
      'SELECT kind FROM movements WHERE depot_id = $1 ORDER BY sequence',
      [depot.id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['receipt', 'use', 'use']);
  });

  it('may take what was in the depot before, but no more than there is, nor give back more than was taken', async () => {
    const depot = await aDepot(service);
    await committed(service, {
      kind: 'opening-stock',
      bytes: csv(['仓库', '物资编码', '数量', '批号'], [depot.code, TENT, 10, 'Q-1']),
    });
    const work = await checked(service, {
      kind: 'movements',
      bytes: csv(
        LEDGER_HEADINGS,
        ['2026-5-1', '领用', depot.code, TENT, 'Q-1', 8, ''],
        ['2026-5-2', '领用', depot.code, TENT, 'Q-1', 5, 'too much'],
        ['2026-5-3', '领用', depot.code, TENT, 'Q-1', 2, ''],
        ['2026-5-4', '归还', depot.code, TENT, 'Q-1', 11, 'too much'],
        ['2026-5-5', '归还', depot.code, TENT, 'Q-1', 10, ''],
        ['2026-5-6', '领用', depot.code, TENT, 'Q-2', 1, 'unknown batch'],
        ['2026-5-7', '领用', depot.code, TENT, '', 9, 'the only batch there is'],
      ),
    });
    expect(await errorsOf(service, work.id)).toEqual([
      '3 quantity quantity-exceeds-balance',
      '5 quantity return-exceeds-use',
      '7 batchNumber lot-unknown',
    ]);
    await act(service, work.id, 'commit');
    expect((await settled(service, work.id)).rows).toMatchObject({ valid: 4, posted: 4, refused: 3 });
    expect((await stockOf(service, depot.id)).available).toBe(1);
  });

  it('cannot have used what was past its date, held, or of two batches without saying which', async () => {
    const depot = await aDepot(service);
    await committed(service, {
      kind: 'opening-stock',
      bytes: csv(
        ['仓库', '物资编码', '数量', '批号', '有效期至'],
        [depot.code, RICE, 10, 'E-1', '2099-1-1'],
        [depot.code, RICE, 10, 'E-2', '2099-1-1'],
        [depot.code, TENT, 10, 'E-3', ''],
      ),
    });
    await service.database.query(`UPDATE lots SET quality = 'held' WHERE batch_number = 'E-3'`);
    await service.database.query(`UPDATE lots SET expiry_date = '2026-01-01' WHERE batch_number = 'E-2'`);
    const work = await checked(service, {
      kind: 'movements',
      bytes: csv(
        LEDGER_HEADINGS,
        ['2026-1-2', '领用', depot.code, RICE, 'E-2', 1, ''],
        ['2026-1-1', '领用', depot.code, RICE, 'E-2', 1, ''],
        ['2026-1-1', '领用', depot.code, TENT, 'E-3', 1, ''],
        ['2026-1-1', '领用', depot.code, RICE, '', 1, ''],
        ['2026-1-1', '入库', depot.code, TENT, 'E-3', 1, ''],
      ),
    });
    expect(await errorsOf(service, work.id)).toEqual([
      '2 batchNumber lot-expired',
      '4 batchNumber lot-held',
      '5 batchNumber lot-ambiguous',
    ]);
    await act(service, work.id, 'commit');
    await settled(service, work.id);
    expect(await stockOf(service, depot.id)).toMatchObject({ available: 29, quarantine: 1 });
    await service.database.query(`UPDATE lots SET quality = 'good' WHERE batch_number = 'E-3'`);
  });

  it('with scrap or differences of counts takes a second person to post', async () => {
    const depot = await aDepot(service);
    const work = await checked(service, {
      kind: 'movements',
      bytes: csv(
        LEDGER_HEADINGS,
        ['2026-5-1', '入库', depot.code, TENT, 'F-1', 10, ''],
        ['2026-5-2', '报废', depot.code, TENT, 'F-1', 3, ''],
      ),
    });
    expect(work.needsSecondPerson).toBe(true);
    const before = await ledgerCounts(service);
    const alone = await act(service, work.id, 'commit');
    expect([alone.status, alone.body.code]).toEqual([403, 'SUPPLIES_IMPORT_SAME_PERSON']);
    expect(await ledgerCounts(service)).toEqual(before);
    await act(service, work.id, 'commit', { as: SECOND });
    expect(await settled(service, work.id)).toMatchObject({ state: 'committed', committedBy: SECOND.displayName });
    expect((await stockOf(service, depot.id)).available).toBe(7);
  });
});

describe('depots from a sheet', () => {
  const HEADINGS = ['仓库编码', '仓库名称', '行政区划代码', '仓库类型', '纬度', '经度'];

  it('are entered like those that somebody enters one by one; known ones are left as they are', async () => {
    const known = await aDepot(service);
    const foreign = await aDepot(service, { organisationId: randomUUID() });
    const code = `HQ-${randomUUID().slice(0, 8).toUpperCase()}`;
    const work = await committed(service, {
      kind: 'depots',
      bytes: csv(
        HEADINGS,
        [code, '沙坪乡储备点', '140930201000', '储备点', 39.2, 111.5],
        [known.code, '库', '140930', '仓库', 39.4, 111.1],
        [foreign.code, '库', '140930', '仓库', 39.4, 111.1],
        ['X-1', '邻县库', '140931', '仓库', 39.4, 111.1],
        [code, '又一次', '140930', '仓库', 39.4, 111.1],
      ),
    });
    expect(work.rows).toMatchObject({ posted: 1, repeated: 1, refused: 3 });
    expect(await errorsOf(service, work.id)).toEqual([
      '4 code code-taken',
      '5 regionCode region-invalid',
      '6 code row-twice',
    ]);
    const [row] = await service.database.query(
      'SELECT tier, kind, region_code, synthetic FROM depots WHERE code = $1',
      [code],
    );
    expect(row).toEqual({ tier: 'township', kind: 'point', region_code: '140930201', synthetic: false });
  });
});

describe('agreements with suppliers from a sheet', () => {
  const HEADINGS = [
    '协议编号',
    '供应商',
    '储备方式',
    '物资名称',
    '数量',
    '单位',
    '响应时限',
    '签订日期',
    '终止日期',
    '单价',
    '联系电话',
  ];
  const paper = (number: string, ...rest: (string | number)[]) => [number, '河曲县粮油公司', ...rest, '0350-7220000'];

  it('become contracts in force, which the reserve counts; known papers are left as they are', async () => {
    const number = `XY-${randomUUID().slice(0, 8)}`;
    const rows = [
      paper(number, '协议储备', '大米', 500, '袋', '24小时', '2026-1-1', '2099-12-31', '120.50'),
      paper(number, '', '帐篷', 20, '顶', '2天', '2026-1-1', '2099-12-31', ''),
      paper(`${number}-2`, '企业代储', '大米', 500, '袋', '4小时', '2026-1-1', '2099-12-31', ''),
      paper(number, '', '大米', 10, '袋', '4小时', '2026-1-1', '2099-12-31', ''),
    ];
    const work = await committed(service, { kind: 'agreements', bytes: csv(HEADINGS, ...rows) });
    expect(work).toMatchObject({ state: 'committed', rows: { posted: 2, refused: 2 } });
    expect(await errorsOf(service, work.id)).toEqual(['4 mode mode-not-imported', '5 document row-twice']);
    const contracts = await service.database.query(
      `SELECT item_code, state, response_hours, quantity_base::int, unit_price_fen::int, organisation_id
       FROM reserve_contracts WHERE document_number = $1 ORDER BY item_code`,
      [number],
    );
    expect(contracts).toMatchObject([
      { item_code: RICE, state: 'active', response_hours: 24, quantity_base: 500, unit_price_fen: 12_050 },
      { item_code: TENT, state: 'active', response_hours: 48, quantity_base: 20, unit_price_fen: null },
    ]);

    const longer = [...rows.slice(0, 2), paper(`${number}-3`, '', '帐篷', 5, '顶', 4, '2026-1-1', '2099-12-31', '')];
    const next = await committed(service, { kind: 'agreements', bytes: csv(HEADINGS, ...longer) });
    expect(next.rows).toMatchObject({ posted: 1, repeated: 2, refused: 0 });
  });
});
