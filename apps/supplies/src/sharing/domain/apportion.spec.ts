import fc from 'fast-check';
import { apportion } from './apportion';

it.each([
  [100, [50, 30, 20], [50, 30, 20]],
  [10, [1, 1, 1], [4, 3, 3]],
  [1, [50, 50], [1, 0]],
  [0, [50, 50], [0, 0]],
  [7, [0, 100], [0, 7]],
])('%i by %j is %j', (total, weights, expected) => {
  expect(apportion(total, weights)).toEqual(expected);
});

it('the parts sum to the whole, and none is off by a piece or more', () => {
  const weights = fc
    .array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some((one) => one > 0));
  fc.assert(
    fc.property(fc.nat(1_000_000_000), weights, (total, list) => {
      const parts = apportion(total, list);
      const whole = list.reduce((sum, weight) => sum + weight, 0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      parts.forEach((part, index) => expect(Math.abs(part - (total * list[index]) / whole)).toBeLessThan(1.001));
    }),
  );
});
