import type { Cell } from './cell';
import { MergedCells, parseRange } from './merges';

const over = (ranges: string[], mapped = [1, 2, 3], summed = [3]) =>
  new MergedCells(
    ranges.map((range) => parseRange(range) ?? fail(range)),
    new Set(mapped),
    new Set(summed),
  );
const fail = (range: string): never => {
  throw new Error(range);
};
const rows = (merged: MergedCells, ...cells: Cell[][]): (readonly Cell[])[] =>
  cells.map((row, index) => merged.fill({ number: index + 2, cells: row }).cells);

it('a range is a block of rows and columns', () => {
  expect(parseRange('B2:AA7')).toEqual({ top: 2, bottom: 7, left: 2, right: 27 });
  expect([parseRange('B2'), parseRange('2:B7'), parseRange(''), parseRange('B2:B99999999')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('a depot that is written once for several rows belongs to all of them, and to no other', () => {
  expect(
    rows(
      over(['A2:A4']),
      ['D1', '帐篷', 5],
      [null, '大米', 6],
      [null, '毛毯', 7],
      ['D2', '大米', 8],
      [null, '毛毯', 9],
    ),
  ).toEqual([
    ['D1', '帐篷', 5],
    ['D1', '大米', 6],
    ['D1', '毛毯', 7],
    ['D2', '大米', 8],
    [null, '毛毯', 9],
  ]);
});

it('a quantity over several rows is nobody’s', () => {
  const fault = { fault: 'merged-quantity' };
  expect(rows(over(['C2:C3']), ['D1', '帐篷', 5], ['D1', '大米', null], ['D1', '毛毯', 7])).toEqual([
    ['D1', '帐篷', fault],
    ['D1', '大米', fault],
    ['D1', '毛毯', 7],
  ]);
});

it('what is merged over two columns that mean something means neither', () => {
  const fault = { fault: 'merged-columns' };
  expect(rows(over(['A2:B2']), ['小计', null, 5])).toEqual([[fault, fault, 5]]);
});

it('what is merged with a column that means nothing stays what it is', () => {
  expect(rows(over(['B2:D2'], [1, 2], []), ['D1', '帐篷', null, null])).toEqual([['D1', '帐篷', null, null]]);
});

it('empty blocks and blocks elsewhere change nothing', () => {
  expect(rows(over(['A2:A3', 'F2:H9'], [1, 2, 3]), [null, '帐篷', 5], [null, '大米', 6])).toEqual([
    [null, '帐篷', 5],
    [null, '大米', 6],
  ]);
});

it('rows may be missing in between: the block goes on', () => {
  const merged = over(['A2:A9']);
  merged.fill({ number: 2, cells: ['D1'] });
  expect(merged.fill({ number: 7, cells: [] }).cells).toEqual(['D1']);
  expect(merged.fill({ number: 10, cells: [] }).cells).toEqual([]);
});
