import type { FieldCells } from './mapping';
import { contentOf, readStockRow, type Directory, type StockRow, type StockSheet } from './stock-row';
import type { RowFault } from './row-faults';

const DEPOT = '0197f0c0-0000-7000-8000-000000000001';
const AVAILABLE = `depot:${DEPOT}:available`;
const QUARANTINE = `depot:${DEPOT}:quarantine`;

const ITEMS: Readonly<Record<string, { perishable: boolean; unit: string; packs: [string, number][] }>> = {
  'LRS-015': { perishable: false, unit: '顶', packs: [] },
  'LIV-002': { perishable: true, unit: '袋', packs: [['吨', 40]] },
};
const NAMES: Readonly<Record<string, string>> = { 帐篷: 'LRS-015', 大米: 'LIV-002' };

const DEPOTS: Readonly<Record<string, 'open' | 'suspended' | 'closed'>> = {
  D1: 'open',
  suspended: 'suspended',
  closed: 'closed',
};

const DIRECTORY: Directory = {
  depot: (text) => (DEPOTS[text] ? { id: DEPOT, regionCode: '140930', state: DEPOTS[text] } : 'depot-unknown'),
  item: (code, name) => {
    const known = code || NAMES[name];
    if (!known) return 'item-undecided';
    const item = ITEMS[known];
    if (!item) return 'item-unknown';
    const { perishable, unit, packs } = item;
    return { code: known, perishable, counting: { unit, packs: new Map(packs) } };
  },
};

const SHEET: StockSheet = { kind: 'movements', today: '2026-07-01', since1904: false };
const STOCK: StockSheet = { ...SHEET, kind: 'opening-stock' };
const RECEIPT: FieldCells = { depot: 'D1', itemCode: 'LRS-015', quantity: '12', movement: '入库', day: '2026-6-1' };

const read = (overrides: FieldCells, base: FieldCells = RECEIPT, sheet = SHEET): StockRow | readonly RowFault[] =>
  readStockRow({ ...base, ...overrides }, sheet, DIRECTORY);
const without = (field: keyof FieldCells): FieldCells =>
  Object.fromEntries(Object.entries(RECEIPT).filter(([name]) => name !== field));
const faults = (row: StockRow | readonly RowFault[]): string[] =>
  Array.isArray(row) ? (row as readonly RowFault[]).map(({ field, code }) => `${field} ${code}`) : [];

it('a receipt brings a lot of the region of its depot', () => {
  expect(read({ batchNumber: 'B-1', productionDate: '2026/5/1', document: 'R-7', note: ' 新购  一批 ' })).toEqual({
    movementKind: 'receipt',
    bringsLot: true,
    needsSecondPerson: false,
    depotId: DEPOT,
    ownerRegionCode: '140930',
    itemCode: 'LRS-015',
    batchNumber: 'B-1',
    productionDate: '2026-05-01',
    expiryDate: null,
    origin: 'purchase',
    from: 'supplier',
    to: AVAILABLE,
    quantityBase: 12,
    day: '2026-06-01',
    document: 'R-7',
    note: '新购 一批',
  });
});

it.each<[string, string, string, string, boolean]>([
  ['捐赠入库', 'receipt', 'donor', AVAILABLE, false],
  ['领用', 'use', AVAILABLE, 'consumed', false],
  ['Issue', 'use', AVAILABLE, 'consumed', false],
  ['归还入库', 'return', 'consumed', AVAILABLE, false],
  ['轮换出库', 'rotate', AVAILABLE, 'rotated-out', false],
  ['报废', 'scrap', AVAILABLE, 'scrapped', true],
  ['盘盈', 'count', 'count-difference', AVAILABLE, true],
  ['盘亏', 'count', AVAILABLE, 'count-difference', true],
  ['封存', 'quarantine', AVAILABLE, QUARANTINE, false],
])('%s is a %s from %s to %s', (movement, movementKind, from, to, needsSecondPerson) => {
  expect(read({ movement })).toMatchObject({ movementKind, from, to, needsSecondPerson });
});

it('goods in and goods out may have columns of their own', () => {
  const base: FieldCells = { depot: 'D1', itemName: '帐篷', day: '2026-6-1' };
  expect(read({ quantityIn: 5 }, base)).toMatchObject({ movementKind: 'receipt', quantityBase: 5 });
  expect(read({ quantityOut: 4 }, base)).toMatchObject({ movementKind: 'use', quantityBase: 4 });
  expect(read({ quantityOut: 4, movement: '报废' }, base)).toMatchObject({ movementKind: 'scrap' });
  expect(read({ quantityOut: 4, movement: '抗洪抢险' }, base)).toMatchObject({ movementKind: 'use' });
  expect(faults(read({ quantityIn: 5, quantityOut: 4 }, base))).toContain('quantityOut quantity-twice');
  expect(faults(read({ quantityIn: 5, movement: '报废' }, base))).toContain('movement movement-unknown');
});

it('opening stock is in stock today, needs no movement and no day', () => {
  const cells: FieldCells = { depot: 'D1', itemName: '帐篷', quantity: 3 };
  expect(read({}, cells, STOCK)).toMatchObject({ movementKind: 'receipt', day: '2026-07-01', to: AVAILABLE });
});

it('quantities in another pack are converted', () => {
  expect(read({ itemCode: 'LIV-002', quantity: 1.5, unit: '吨', expiryDate: '2027-1-1' })).toMatchObject({
    quantityBase: 60,
  });
});

describe('goods without a batch number', () => {
  it('are told apart by their dates', () => {
    expect(read({ expiryDate: '2027-1-1' })).toMatchObject({ batchNumber: 'NB-0-20270101' });
    expect(read({ productionDate: '2026-1-1' })).toMatchObject({ batchNumber: 'NB-20260101-0' });
    expect(read({})).toMatchObject({ batchNumber: 'NB' });
  });

  it('are found by what lies in the depot when they go out', () => {
    expect(read({ movement: '领用' })).toMatchObject({ batchNumber: null, origin: null });
  });
});

describe('history is judged by its own day', () => {
  const rice: FieldCells = { ...RECEIPT, itemCode: 'LIV-002', expiryDate: '2026-03-31' };

  it('goods that came in good and were used in time are posted so', () => {
    expect(read({ day: '2026-1-1' }, rice)).toMatchObject({ to: AVAILABLE });
    expect(read({ day: '2026-3-31', movement: '领用' }, rice)).toMatchObject({ movementKind: 'use' });
  });

  it('goods that came in after their date go to quarantine, and nobody may have used them', () => {
    expect(read({ day: '2026-4-1' }, rice)).toMatchObject({ to: QUARANTINE });
    expect(faults(read({ day: '2026-4-1', movement: '领用' }, rice))).toEqual(['expiryDate lot-expired']);
    expect(read({ day: '2026-4-1', movement: '报废' }, rice)).toMatchObject({ movementKind: 'scrap' });
  });
});

it.each([
  ['suspended', '入库', false],
  ['suspended', '归还', true],
  ['suspended', '领用', true],
  ['closed', '入库', false],
  ['closed', '盘盈', false],
  ['closed', '封存', false],
  ['closed', '领用', true],
  ['closed', '报废', true],
])('in a depot that is %s, %s is possible: %s', (depot, movement, possible) => {
  expect(faults(read({ depot, movement }))).toEqual(possible ? [] : ['depot depot-closed']);
});

it.each<[string, FieldCells, string]>([
  ['an unknown depot', { depot: 'D2' }, 'depot depot-unknown'],
  ['an unknown item', { itemCode: 'ZZZ-999' }, 'itemCode item-unknown'],
  ['an undecided name', { itemCode: '', itemName: '方便面' }, 'itemName item-undecided'],
  ['no quantity', { quantity: 'x' }, 'quantity quantity-not-a-number'],
  ['nothing', { quantity: 0 }, 'quantity quantity-zero'],
  ['less than nothing', { quantity: '-1' }, 'quantity quantity-negative'],
  ['half a piece', { quantity: 1.5 }, 'quantity quantity-fraction'],
  ['more than can be', { quantity: '9007199254740993' }, 'quantity quantity-too-large'],
  ['another unit', { unit: '箱' }, 'unit unit-unknown'],
  ['a unit beside the number', { quantity: '5箱' }, 'quantity unit-unknown'],
  ['no day', { day: '去年' }, 'day day-invalid'],
  ['tomorrow', { day: '2026-07-02' }, 'day day-in-future'],
  ['a movement nobody knows', { movement: '处理' }, 'movement movement-unknown'],
  ['a transfer', { movement: '调拨出库' }, 'movement movement-between-depots'],
  ['an unknown origin', { origin: '天上' }, 'origin origin-unknown'],
  [
    'an expiry before the production',
    { productionDate: '2026-5-1', expiryDate: '2026-4-1' },
    'expiryDate expiry-before-production',
  ],
  ['goods made after they came in', { productionDate: '2026-6-2' }, 'productionDate production-in-future'],
  ['ageing goods without a date', { itemCode: 'LIV-002' }, 'expiryDate expiry-required'],
  ['a formula without a result', { quantity: { fault: 'formula-without-result' } }, 'quantity formula-without-result'],
  ['a merged quantity', { quantity: { fault: 'merged-quantity' } }, 'quantity merged-quantity'],
  ['an error for a depot', { depot: { fault: 'cell-error' } }, 'depot cell-error'],
  ['an endless batch number', { batchNumber: 'B'.repeat(61) }, 'batchNumber text-too-long'],
  ['a text no database takes', { note: 'a\u0000b' }, 'note text-unstorable'],
])('a row with %s is refused for that and nothing else', (_what, overrides, fault) => {
  expect(faults(read(overrides))).toEqual([fault]);
});

it.each(['depot', 'itemCode', 'quantity', 'movement', 'day'] as const)('a row without %s is refused', (field) => {
  const expected = field === 'itemCode' ? 'itemName' : field;
  expect(faults(read({}, without(field)))).toEqual([`${expected} required-missing`]);
});

it('all faults of a row are found at once, and their values are cut off', () => {
  const row = read({ depot: '不存在的仓库'.repeat(20), quantity: 'x', day: 'y' });
  expect(faults(row)).toEqual(['depot depot-unknown', 'quantity quantity-not-a-number', 'day day-invalid']);
  expect((row as readonly RowFault[])[0].value.length).toBeLessThanOrEqual(40);
});

it('two rows are the same when everything but their remarks is', () => {
  const content = (overrides: FieldCells): string => contentOf(read(overrides) as StockRow, 'movements');
  expect(content({ note: 'a' })).toBe(content({ note: 'b', quantity: 12, day: { day: '2026-06-01' } }));
  const others: FieldCells[] = [
    { quantity: 13 },
    { day: '2026-6-2' },
    { document: 'R-8' },
    { batchNumber: 'B' },
    { movement: '捐赠' },
  ];
  expect(new Set([content({}), ...others.map(content)]).size).toBe(6);
});

it('opening stock is the same when the file comes another day, past the date of the goods', () => {
  const cells: FieldCells = { depot: 'D1', itemName: '大米', quantity: 3, expiryDate: '2026-07-05' };
  const on = (today: string): string => contentOf(read({}, cells, { ...STOCK, today }) as StockRow, 'opening-stock');
  expect(on('2026-07-06')).toBe(on('2026-07-01'));
});
