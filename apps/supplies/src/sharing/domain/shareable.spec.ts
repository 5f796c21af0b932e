import fc from 'fast-check';
import { shareableBase, type ShareableFacts } from './shareable';

const facts = (overrides: Partial<ShareableFacts> = {}): ShareableFacts => ({
  ...{ aboveFloorBase: 100, sharePercent: 50, maxBase: null, owedBase: 0, promisedBase: 0, promisedToAllBase: 0 },
  ...overrides,
});

it.each([
  ['half of what lies above the floor', {}, 50],
  ['a part of a piece is none', { aboveFloorBase: 101 }, 50],
  ['at most the agreed number', { maxBase: 20 }, 20],
  ['less what is promised already', { promisedBase: 20, promisedToAllBase: 20 }, 30],
  ['nothing more when the half is out', { aboveFloorBase: 50, owedBase: 50 }, 0],
  ['nothing that was promised to another neighbour', { promisedToAllBase: 80 }, 20],
  ['nothing at the floor', { aboveFloorBase: 0, owedBase: 10 }, 0],
] as const)('%s', (_what, overrides, expected) => {
  expect(shareableBase(facts(overrides))).toBe(expected);
});

it('calling twice gives no more than calling once, and never reaches below the floor', () => {
  const stock = fc.record({ above: fc.nat(10_000), percent: fc.integer({ min: 1, max: 100 }), first: fc.nat(100) });
  fc.assert(
    fc.property(stock, ({ above, percent, first }) => {
      const once = shareableBase(facts({ aboveFloorBase: above, sharePercent: percent }));
      const called = Math.min(once, first);
      const again = shareableBase(facts({ aboveFloorBase: above - called, sharePercent: percent, owedBase: called }));
      expect(called + again).toBe(once);
      expect(once).toBeLessThanOrEqual(above);
    }),
  );
});
