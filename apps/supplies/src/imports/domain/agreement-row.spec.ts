import { readAgreementRow, type AgreementSheetRow } from './agreement-row';
import type { FieldCells } from './mapping';
import type { RowFault } from './row-faults';
import type { Directory } from './stock-row';

const DIRECTORY: Directory = {
  depot: () => 'depot-unknown',
  item: (code, name) =>
    code === 'LIV-002' || name === '大米'
      ? { code: 'LIV-002', perishable: true, counting: { unit: '袋', packs: new Map([['吨', 40]]) } }
      : 'item-undecided',
};
const ROW: FieldCells = {
  document: 'HT-2026-01',
  counterparty: '河曲县粮油公司',
  itemName: '大米',
  quantity: 500,
  responseHours: '24小时内',
  validFrom: '2026-1-1',
  validTo: '2026年12月31日',
};
const read = (overrides: FieldCells = {}) =>
  readAgreementRow({ ...ROW, ...overrides }, { scope: '140930', since1904: false }, DIRECTORY);
const faults = (row: AgreementSheetRow | readonly RowFault[]): string[] =>
  Array.isArray(row) ? (row as readonly RowFault[]).map(({ field, code }) => `${field} ${code}`) : [];

it('an agreement serves the region of whoever brings it, unless it names others', () => {
  expect(read()).toEqual({
    documentNumber: 'HT-2026-01',
    mode: 'agreement',
    serves: ['140930'],
    counterpartyName: '河曲县粮油公司',
    itemCode: 'LIV-002',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    responseHours: 24,
    quantityBase: 500,
  });
  expect(read({ serves: '140930100、140930201' })).toMatchObject({ serves: ['140930100', '140930201'] });
});

it('hours, days, packs, prices and telephones are read as they are written', () => {
  const extra = {
    quantity: 2,
    unit: '吨',
    unitPrice: '¥1,234.5',
    contactName: '王经理',
    contactPhone: '0350-７２２0000',
  };
  expect(read({ responseHours: '2天', ...extra })).toMatchObject({
    responseHours: 48,
    quantityBase: 80,
    unitPriceFen: 123_450,
    contactName: '王经理',
    contactPhone: '0350-7220000',
  });
  expect(read({ responseHours: 4 })).toMatchObject({ responseHours: 4 });
});

it('social and household reserve are declared in the same way', () => {
  expect(read({ mode: '社会储备' })).toMatchObject({ mode: 'social' });
  expect(read({ mode: '家庭' })).toMatchObject({ mode: 'household' });
});

it.each<[string, FieldCells, string]>([
  ['an enterprise reserve', { mode: '企业代储' }, 'mode mode-not-imported'],
  ['an unknown mode', { mode: '口头' }, 'mode mode-unknown'],
  ['an unknown item', { itemName: '面粉' }, 'itemName item-undecided'],
  ['no quantity', { quantity: '' }, 'quantity quantity-not-a-number'],
  ['an end before the beginning', { validTo: '2025-12-31' }, 'validTo ends-before-begin'],
  ['a time in words', { responseHours: '尽快' }, 'responseHours hours-invalid'],
  ['more than a year', { responseHours: 9_000 }, 'responseHours hours-invalid'],
  ['a region of others', { serves: '140931' }, 'serves region-invalid'],
  ['a price with three decimals', { unitPrice: '1.234' }, 'unitPrice price-invalid'],
  ['a telephone in words', { contactPhone: '请发短信' }, 'contactPhone phone-invalid'],
  ['a merged quantity', { quantity: { fault: 'merged-quantity' } }, 'quantity merged-quantity'],
])('%s is refused', (_what, overrides, fault) => {
  expect(faults(read(overrides))).toEqual([fault]);
});
