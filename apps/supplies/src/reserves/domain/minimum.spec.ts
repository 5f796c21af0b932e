import fc from 'fast-check';
import { minimumChange } from './minimum';
import { aConfirmation, aContract } from './testing/builders';

const holding = (stockBase: number, minimumBase = 200) =>
  aContract({ mode: 'enterprise', minimumBase, confirmation: aConfirmation({ stockBase }) });

describe('an enterprise', () => {
  it.each([
    ['falls below its minimum by one piece', holding(199), false, 'fell'],
    ['stays below, and nothing is said again', holding(10), true, 'same'],
    ['is back at its minimum', holding(200), true, 'recovered'],
    ['stays at its minimum', holding(200), false, 'same'],
    ['falls because its minimum was raised', holding(500, 501), false, 'fell'],
  ] as const)('%s', (_what, contract, wasBelow, change) => {
    expect(minimumChange(contract, wasBelow)).toBe(change);
  });

  it('falls by what it delivers to us', () => {
    const contract = holding(500);
    const confirmation = aConfirmation({ stockBase: 500, takenSinceBase: 301 });
    expect(minimumChange({ ...contract, confirmation }, false)).toBe('fell');
  });

  it.each([{ state: 'suspended' }, { state: 'draft' }, { mode: 'agreement' }] as const)(
    'is not judged as %p',
    (not) => {
      expect(minimumChange({ ...holding(1), ...not }, false)).toBe('same');
    },
  );

  it('is told of as many falls as there are ways down, whatever it confirms', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 })), (stocks) => {
        let wasBelow = false;
        let told = 0;
        for (const stock of stocks) {
          const change = minimumChange(holding(stock), wasBelow);
          if (change === 'fell') told++;
          if (change !== 'same') wasBelow = change === 'fell';
        }
        const levels = [200, ...stocks];
        const waysDown = stocks.filter((stock, index) => stock < 200 && levels[index] >= 200);
        expect(told).toBe(waysDown.length);
      }),
    );
  });
});
