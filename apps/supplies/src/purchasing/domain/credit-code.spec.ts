import fc from 'fast-check';
import { checkDigit, isCreditCode } from './credit-code';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const character = fc.constantFrom(...ALPHABET);
const body = fc
  .tuple(
    fc.array(character, { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...'0123456789'), { minLength: 6, maxLength: 6 }),
    fc.array(character, { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.flat().join(''));

describe('a unified social credit code', () => {
  // The worked example that manuals of the standard use.
  it('is taken with its right check digit', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true);
  });

  it.each([
    ['another check digit', '91350100M000100Y44'],
    ['17 characters', '91350100M000100Y4'],
    ['19 characters', '91350100M000100Y430'],
    ['small letters', '91350100m000100y43'],
    ['a letter that is never used', '91350100I000100Y43'],
    ['letters in the region', '9135A100M000100Y43'],
    ['nothing', ''],
  ])('is refused with %s', (_what, code) => {
    expect(isCreditCode(code)).toBe(false);
  });

  it('has exactly one check digit', () => {
    fc.assert(
      fc.property(body, (text) => {
        const good = [...ALPHABET].filter((digit) => isCreditCode(text + digit));
        expect(good).toEqual([checkDigit(text)]);
      }),
    );
  });

  it('shows every single wrong character', () => {
    fc.assert(
      fc.property(body, fc.nat({ max: 17 }), character, (text, place, wrong) => {
        const code = text + checkDigit(text);
        fc.pre(code[place] !== wrong);
        expect(isCreditCode(code.slice(0, place) + wrong + code.slice(place + 1))).toBe(false);
      }),
    );
  });
});
