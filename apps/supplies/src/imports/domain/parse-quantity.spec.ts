import { parseQuantity, quantityBase, type Counting } from './parse-quantity';
import type { Cell } from './cell';

const TENTS: Counting = { unit: '顶', packs: new Map() };
const WATER: Counting = { unit: '瓶', packs: new Map([['箱', 24]]) };

const read = (cell: Cell, unit = '', counting = TENTS) => {
  const written = parseQuantity(cell);
  return typeof written === 'string' ? written : quantityBase(written, unit, counting);
};

it.each<[Cell, number]>([
  ['12', 12],
  [' 12 ', 12],
  ['１２', 12],
  ['+12', 12],
  ['12.0', 12],
  ['12.000', 12],
  ['1,200', 1_200],
  ['1，200', 1_200],
  ['12顶', 12],
  ['12 顶', 12],
  [12, 12],
  [12.0000000001, 12],
  ['1000000000', 1_000_000_000],
])('%p is %p pieces', (cell, pieces) => {
  expect(read(cell)).toBe(pieces);
});

it.each<[Cell, string]>([
  ['', 'quantity-not-a-number'],
  [null, 'quantity-not-a-number'],
  ['若干', 'quantity-not-a-number'],
  ['十二', 'quantity-not-a-number'],
  ['12-15', 'quantity-not-a-number'],
  ['1 2', 'quantity-not-a-number'],
  ['12,00', 'quantity-not-a-number'],
  ['1e3', 'quantity-not-a-number'],
  ['0x10', 'quantity-not-a-number'],
  [NaN, 'quantity-not-a-number'],
  [Infinity, 'quantity-not-a-number'],
  [1e300, 'quantity-not-a-number'],
  [true, 'quantity-not-a-number'],
  [{ fault: 'formula-without-result' }, 'quantity-not-a-number'],
  ['0', 'quantity-zero'],
  [0, 'quantity-zero'],
  [-0, 'quantity-zero'],
  ['-5', 'quantity-negative'],
  [-5, 'quantity-negative'],
  ['1.5', 'quantity-fraction'],
  [1.5, 'quantity-fraction'],
  ['0.0000001', 'quantity-fraction'],
  ['1000000001', 'quantity-too-large'],
  ['9007199254740993', 'quantity-too-large'],
  ['99999999999999999999', 'quantity-too-large'],
  ['12箱', 'unit-unknown'],
])('%p is refused as %s', (cell, fault) => {
  expect(read(cell)).toBe(fault);
});

it.each<[Cell, string, number | string]>([
  ['3', '箱', 72],
  ['3箱', '', 72],
  ['1.5', '箱', 36],
  [0.125, '箱', 3],
  ['3', '瓶', 3],
  ['3瓶', '箱', 72],
  ['0.1', '箱', 'quantity-fraction'],
  ['50000000', '箱', 'quantity-too-large'],
  ['3', '托', 'unit-unknown'],
])('%p in the unit "%s" is %p bottles when a case holds 24', (cell, unit, expected) => {
  expect(read(cell, unit, WATER)).toBe(expected);
});
