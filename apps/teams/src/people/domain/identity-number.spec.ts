import fc from 'fast-check';
import { checkDigitOf, isIdentityNumber, maskedIdentityNumber, normalisedIdentityNumber } from './identity-number';

/** 110105 is the code that the public example of the standard uses. */
const EXAMPLE = '11010519491231002X';

it('takes the public example of the standard', () => {
  expect(isIdentityNumber(EXAMPLE)).toBe(true);
});

it.each([
  ['a wrong check digit', '110105194912310021'],
  ['a day that does not exist', `11010519490230002${checkDigitOf('11010519490230002')}`],
  ['a month that does not exist', `11010519491331002${checkDigitOf('11010519491331002')}`],
  ['an old number of 15 places', '110105491231002'],
  ['a small x that was not normalised', '11010519491231002x'],
  ['nothing', ''],
])('refuses %s', (_, number) => {
  expect(isIdentityNumber(number)).toBe(false);
});

it('finds every single wrong digit', () => {
  fc.assert(
    fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const digit = (Number(EXAMPLE[place]) + shift) % 10;
      expect(isIdentityNumber(`${EXAMPLE.slice(0, place)}${digit}${EXAMPLE.slice(place + 1)}`)).toBe(false);
    }),
  );
});

it('is shown without its middle, and written in one spelling', () => {
  expect(maskedIdentityNumber(EXAMPLE)).toBe('110*************2X');
  expect(normalisedIdentityNumber('110105 19491231 002x')).toBe(EXAMPLE);
});
