import { LotBook } from './lot-book';
import type { StockRow } from './stock-row';

const DEPOT = '0197f0c0-0000-7000-8000-000000000001';
const OTHER = '0197f0c0-0000-7000-8000-000000000002';

const receipt = (overrides: Partial<StockRow> = {}): StockRow => ({
  movementKind: 'receipt',
  bringsLot: true,
  needsSecondPerson: false,
  depotId: DEPOT,
  ownerRegionCode: '140930',
  itemCode: 'LRS-015',
  batchNumber: 'B-1',
  productionDate: '2026-01-01',
  expiryDate: '2027-01-01',
  origin: 'purchase',
  from: 'supplier',
  to: `depot:${DEPOT}:available`,
  quantityBase: 10,
  day: '2026-06-01',
  document: '',
  note: '',
  ...overrides,
});
const other = (row: Partial<StockRow>): StockRow =>
  receipt({ bringsLot: false, origin: null, productionDate: null, expiryDate: null, ...row });
const use = (overrides: Partial<StockRow> = {}): StockRow =>
  other({ movementKind: 'use', from: `depot:${DEPOT}:available`, to: 'consumed', ...overrides });
const giveBack = (overrides: Partial<StockRow> = {}): StockRow =>
  other({ movementKind: 'return', from: 'consumed', to: `depot:${DEPOT}:available`, ...overrides });

function enter(...rows: StockRow[]) {
  const book = new LotBook();
  return { book, last: rows.map((row) => book.enter(row)).at(-1) };
}
const fault = (code: string) => [{ field: 'batchNumber', code, value: 'B-1' }];

it('a ledger that brings before it takes can be told from itself', () => {
  const { book, last } = enter(
    receipt(),
    use({ quantityBase: 4 }),
    giveBack({ quantityBase: 3 }),
    use({ quantityBase: 9 }),
  );
  expect(book.isSelfContained).toBe(true);
  expect(last).toMatchObject({ origin: 'purchase' });
  expect(book.brought()).toMatchObject([{ itemCode: 'LRS-015', batchNumber: 'B-1', origin: 'purchase' }]);
});

it.each<[string, StockRow[]]>([
  ['takes goods that were there before', [use()]],
  ['takes goods of another depot', [receipt(), use({ depotId: OTHER })]],
  ['takes more than it brought', [receipt(), use({ quantityBase: 11 })]],
  ['takes more than it left', [receipt(), use({ quantityBase: 6 }), use({ quantityBase: 5 })]],
  ['gives back more than it took', [receipt(), use({ quantityBase: 1 }), giveBack({ quantityBase: 2 })]],
  ['takes without saying which batch', [receipt(), use({ batchNumber: null })]],
  ['takes of a batch that was bought and donated', [receipt(), receipt({ origin: 'donation', from: 'donor' }), use()]],
  ['takes of another origin than it brought', [receipt(), use({ origin: 'donation' })]],
  ['takes what it put into quarantine', [receipt({ to: `depot:${DEPOT}:quarantine` }), use()]],
])('one that %s is left to the books', (_what, rows) => {
  expect(enter(...rows).book.isSelfContained).toBe(false);
});

it('a batch has the dates it first came with', () => {
  expect(enter(receipt(), receipt({ expiryDate: '2028-01-01' })).last).toEqual(fault('lot-conflict'));
  expect(enter(receipt(), receipt({ expiryDate: null })).last).toEqual(fault('lot-conflict'));
  expect(enter(receipt(), use({ expiryDate: '2028-01-01' })).last).toEqual(fault('lot-conflict'));
  expect(enter(receipt(), use({ expiryDate: '2027-01-01' })).last).toMatchObject({ movementKind: 'use' });
  expect(enter(receipt(), receipt({ origin: 'donation', expiryDate: '2028-01-01' })).last).toHaveProperty('origin');
});

it('nothing was used after its date', () => {
  const day = '2027-01-02';
  expect(enter(receipt(), use({ day })).last).toEqual(fault('lot-expired'));
  expect(enter(receipt(), use({ day: '2027-01-01' })).last).toMatchObject({ movementKind: 'use' });
  expect(enter(receipt(), use({ day, movementKind: 'scrap', to: 'scrapped' })).last).toMatchObject({ to: 'scrapped' });
});
