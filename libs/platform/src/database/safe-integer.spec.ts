import fc from 'fast-check';
import { safeInteger } from './safe-integer';

it('gives back every safe integer, from a number and from its text', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(safeInteger(value)).toBe(value);
      expect(safeInteger(String(value))).toBe(value);
    }),
  );
});

it.each(['9007199254740992', '-9007199254740992', '1.5', '', 'NaN', '1e400', 'ten', '12 pieces'])(
  'refuses "%s", which would be another number',
  (text) => {
    expect(() => safeInteger(text)).toThrow(RangeError);
  },
);

it.each([Number.NaN, Infinity, 0.1, 2 ** 53])('refuses the number %p', (number) => {
  expect(() => safeInteger(number)).toThrow(RangeError);
});
