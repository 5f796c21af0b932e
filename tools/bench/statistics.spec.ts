import { quantile, summarise } from './statistics';

it('the median of an even number of values lies between the two in the middle', () => {
  expect(summarise([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 });
  expect(summarise([7])).toEqual({ median: 7, least: 7, most: 7 });
});

it('quantiles go from the least to the most', () => {
  const sorted = [10, 20, 30, 40, 50];
  expect([0, 0.25, 0.95, 1].map((share) => quantile(sorted, share))).toEqual([10, 20, 48, 50]);
});
