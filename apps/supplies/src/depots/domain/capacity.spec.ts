import fc from 'fast-check';
import { excessOver, percentUsed } from './capacity';

describe('the capacity of a depot', () => {
  it.each([
    [0, 100, 0],
    [1, 100, 1],
    [999, 1_000, 100],
    [1_000, 1_000, 100],
    [1_001, 1_000, 101],
    [2_500, 1_000, 250],
  ])('of which %i of %i is used, is used to %i per cent', (used, capacity, percent) => {
    expect(percentUsed(used, capacity)).toBe(percent);
  });

  it('is not used in per cent when nobody measured it', () => expect(percentUsed(5, null)).toBeNull());

  it('shows more than 100 per cent exactly when the goods do not fit', () => {
    const amount = fc.integer({ min: 0, max: 9_000_000_000_000_000 });
    const size = fc.integer({ min: 1, max: 9_000_000_000_000_000 });
    fc.assert(
      fc.property(amount, size, (used, capacity) => {
        const excess = excessOver({ cubicCentimetres: capacity, grams: null }, { cubicCentimetres: used, grams: used });
        expect((percentUsed(used, capacity) ?? 0) > 100).toBe(excess.length > 0);
      }),
    );
  });

  it.each([
    [{ cubicCentimetres: 10, grams: 10 }, { cubicCentimetres: 10, grams: 10 }, []],
    [{ cubicCentimetres: 10, grams: 10 }, { cubicCentimetres: 11, grams: 10 }, ['volume-over-capacity']],
    [{ cubicCentimetres: null, grams: 10 }, { cubicCentimetres: 11, grams: 11 }, ['weight-over-capacity']],
    [
      { cubicCentimetres: 10, grams: 10 },
      { cubicCentimetres: 11, grams: 11 },
      ['volume-over-capacity', 'weight-over-capacity'],
    ],
    [{ cubicCentimetres: null, grams: null }, { cubicCentimetres: 11, grams: 11 }, []],
  ] as const)('%j against goods of %j', (capacity, use, excess) => {
    expect(excessOver(capacity, use)).toEqual(excess);
  });
});
