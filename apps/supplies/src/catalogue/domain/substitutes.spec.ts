import fc from 'fast-check';
import { amountOf, neededBase } from './substitutes';

describe('a substitute', () => {
  it.each([
    [0, 4, 0],
    [1, 4, 1],
    [4, 4, 1],
    [5, 4, 2],
    [1_200, 12, 100],
    [1_201, 12, 101],
    [9_007_199_254_740_991, 2, 4_503_599_627_370_496],
  ])('for %i needs, at %i each, %i pieces', (amount, each, pieces) => expect(neededBase(amount, each)).toBe(pieces));

  it('gives at least what is asked for, and with one piece less it would not', () => {
    const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 1_000_000 }), (asked, each) => {
        const pieces = BigInt(neededBase(asked, each));
        expect(pieces * BigInt(each) >= BigInt(asked)).toBe(true);
        expect((pieces - 1n) * BigInt(each) < BigInt(asked)).toBe(true);
      }),
    );
  });

  it('of the same strength is as many pieces as before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (pieces, each) => {
          expect(neededBase(amountOf(pieces, each), each)).toBe(pieces);
        },
      ),
    );
  });
});
