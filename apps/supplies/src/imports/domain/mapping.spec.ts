import type { Cell, SheetRow } from './cell';
import { cellsByField, fingerprintOf, findHeadings, guessMapping, mappingFaults, type Mapping } from './mapping';
import type { ImportKind } from './import-kinds';

const sheet = (...rows: Cell[][]): SheetRow[] => rows.map((cells, index) => ({ number: index + 1, cells }));
const guess = (kind: ImportKind, ...rows: Cell[][]): Mapping =>
  guessMapping(null, findHeadings(sheet(...rows), kind), kind);

const CHINESE = ['序号', '仓库名称', '物资名称', '规格型号', '单位', '库存数量', '生产日期', '有效期至', '备注'];

describe('headings are understood', () => {
  it('in Chinese', () => {
    expect(guess('opening-stock', CHINESE).columns).toEqual({
      depot: 2,
      itemName: 3,
      unit: 5,
      quantity: 6,
      productionDate: 7,
      expiryDate: 8,
      note: 9,
    });
  });

  it('in English', () => {
    const headings = ['Date', 'Type', 'Warehouse', 'Item code', 'Item', 'Qty', 'Batch No.', 'Expiry Date'];
    expect(guess('movements', headings).columns).toEqual({
      day: 1,
      movement: 2,
      depot: 3,
      itemCode: 4,
      itemName: 5,
      quantity: 6,
      batchNumber: 7,
      expiryDate: 8,
    });
  });

  it('with explanations, blanks and full-width letters', () => {
    const headings = ['存放 仓库', '物资名称（全称）', '数 量(顶)', '批　号', 'ＬＯＴ'];
    expect(guess('opening-stock', headings).columns).toEqual({ depot: 1, itemName: 2, quantity: 3, batchNumber: 4 });
  });

  it('where goods in and out have columns of their own', () => {
    const headings = ['日期', '凭证号', '摘要', '收入数量', '发出数量', '结存'];
    expect(guess('movements', headings).columns).toMatchObject({
      day: 1,
      document: 2,
      note: 3,
      quantityIn: 4,
      quantityOut: 5,
    });
  });

  it('below a title, the printing date and an empty row', () => {
    const rows: Cell[][] = [['河曲县应急物资库存表'], ['打印日期：2026-07-01', '', '单位：县应急局'], [], CHINESE];
    expect(guess('opening-stock', ...rows)).toMatchObject({ headerRow: 4, columns: { depot: 2, quantity: 6 } });
  });

  it('for depots', () => {
    const headings = ['仓库编码', '仓库名称', '行政区划代码', '仓库类型', '经度', '纬度'];
    expect(guess('depots', headings).columns).toEqual({
      code: 1,
      nameZh: 2,
      regionCode: 3,
      depotKind: 4,
      longitude: 5,
      latitude: 6,
    });
  });
});

it('no column gets two meanings and no meaning two columns', () => {
  const { columns } = guess('opening-stock', ['数量', '数量', '名称', '名称', '库房', '单位']);
  expect(columns).toEqual({ quantity: 1, itemName: 3, depot: 5, unit: 6 });
});

it('a sheet whose headings say nothing leaves everything to a person', () => {
  expect(guess('opening-stock', [], ['甲', '乙', '丙'])).toEqual({ sheet: null, headerRow: 2, columns: {}, fixed: {} });
  expect(guess('opening-stock')).toMatchObject({ headerRow: 0, columns: {} });
});

it('figures are no headings', () => {
  expect(findHeadings(sheet([1, 2, 3], ['仓库', '物资名称', '数量']), 'opening-stock').row).toBe(2);
});

describe('sheets are known again', () => {
  const of = (...texts: string[]): string => fingerprintOf({ row: 1, texts });

  it('by their headings, in whatever row and however spaced', () => {
    expect(of('仓 库', '数量（顶）', '')).toBe(fingerprintOf({ row: 9, texts: ['仓库', '数量'] }));
  });

  it('not when columns changed places, came or went', () => {
    const known = of('仓库', '数量', '单位');
    expect([of('数量', '仓库', '单位'), of('仓库', '数量'), of('仓库', '', '数量', '单位')]).not.toContain(known);
  });
});

describe('a mapping', () => {
  const good: Mapping = { sheet: null, headerRow: 1, columns: { depot: 1, itemName: 2, quantity: 3 }, fixed: {} };

  it('needs everything that a row cannot do without', () => {
    expect(mappingFaults(good, 'opening-stock')).toEqual([]);
    expect(mappingFaults({ ...good, columns: { itemName: 2 } }, 'opening-stock').map(({ field }) => field)).toEqual([
      'depot',
      'quantity',
    ]);
    expect(mappingFaults(good, 'movements').map(({ field }) => field)).toEqual(['movement', 'day']);
  });

  it('may say for all rows what no column says', () => {
    const columns = { itemName: 2, quantity: 3 };
    expect(mappingFaults({ ...good, columns, fixed: { depot: 'D1' } }, 'opening-stock')).toEqual([]);
  });

  it.each<[string, Partial<Mapping>, string]>([
    ['a field of another kind', { columns: { ...good.columns, regionCode: 4 } }, 'regionCode'],
    ['one column for two fields', { columns: { ...good.columns, note: 3 } }, 'note'],
    ['a column and a fixed text', { fixed: { depot: 'D1' } }, 'depot'],
  ])('may not name %s', (_what, overrides, field) => {
    expect(mappingFaults({ ...good, ...overrides }, 'opening-stock').map((fault) => fault.field)).toEqual([field]);
  });

  it('sorts the cells of a row by what they mean, and leaves blank ones out', () => {
    const cells = cellsByField({ ...good, columns: { itemName: 2, quantity: 3, note: 9 }, fixed: { depot: 'D1' } });
    expect(cells({ number: 2, cells: ['x', '帐篷', 5] })).toEqual({ depot: 'D1', itemName: '帐篷', quantity: 5 });
    expect(cells({ number: 3, cells: ['x', ' ', null] })).toEqual({ depot: 'D1' });
  });
});
