import { accuracyPercent } from './accuracy';

it.each([
  [0, 0, null],
  [3, 2, 66.66],
  [4, 4, 100],
  [100_000, 99_999, 99.99],
  [7, 0, 0],
])('of %i lines %i exact are %s per cent', (lines, exact, percent) => {
  expect(accuracyPercent(lines, exact)).toBe(percent);
});
