import fc from 'fast-check';
import { canonicalGtin } from './gtin';

describe('a barcode number', () => {
  it.each([
    ['4006381333931', '04006381333931'],
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['10614141000415', '10614141000415'],
  ])('%s is a number, in full %s', (text, full) => expect(canonicalGtin(text)).toBe(full));

  it.each(['4006381333930', '', '0', '400638133393', '４００６３８１３３３９３１', '4006381333931 ', '14006381333931'])(
    '%j is none',
    (text) => expect(canonicalGtin(text)).toBeUndefined(),
  );

  it('with one digit read wrongly is none, whichever digit it is', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(
        fc.array(digit, { minLength: 13, maxLength: 13 }),
        fc.nat(13),
        fc.integer({ min: 1, max: 9 }),
        (body, at, by) => {
          const full = Array.from({ length: 10 }, (_, check) => `${body.join('')}${check}`).filter(canonicalGtin);
          expect(full.length).toBe(1);
          const wrong = [...full[0]].map((char, index) => (index === at ? (Number(char) + by) % 10 : char)).join('');
          expect(canonicalGtin(wrong)).toBeUndefined();
        },
      ),
    );
  });
});
