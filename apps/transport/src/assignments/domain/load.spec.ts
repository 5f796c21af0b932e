import fc from 'fast-check';
import { fill, mergedLines, sizeOf, without, type LoadLine } from './load';

const aLine = (changes: Partial<LoadLine> = {}): LoadLine => ({
  lineId: 'tents',
  itemCode: 'LRS-020',
  quantityBase: 60,
  weightGrams: 45_000,
  volumeCubicCentimetres: 150_000,
  ...changes,
});

const anyLines = fc.uniqueArray(
  fc.record<LoadLine>({
    lineId: fc.constantFrom('a', 'b', 'c', 'd'),
    itemCode: fc.constant('LRS-020'),
    quantityBase: fc.integer({ min: 1, max: 2_000 }),
    weightGrams: fc.integer({ min: 0, max: 500_000 }),
    volumeCubicCentimetres: fc.integer({ min: 0, max: 2_000_000 }),
  }),
  { selector: (line) => line.lineId },
);
const anyCapacity = fc.record({
  payloadGrams: fc.integer({ min: 0, max: 30_000_000 }),
  volumeCubicCentimetres: fc.integer({ min: 0, max: 85_000_000 }),
});

describe('fill', () => {
  it('stops at the weight or at the volume, whichever comes first', () => {
    const [byWeight] = fill([aLine()], { payloadGrams: 1_500_000, volumeCubicCentimetres: 15_000_000 });
    const [byVolume] = fill([aLine()], { payloadGrams: 9_000_000, volumeCubicCentimetres: 1_500_000 });
    expect([byWeight.quantityBase, byVolume.quantityBase]).toEqual([33, 10]);
  });

  it('never overloads, and what it takes and what it leaves are the whole', () => {
    fc.assert(
      fc.property(anyLines, anyCapacity, (lines, capacity) => {
        const load = fill(lines, capacity);
        const taken = sizeOf(load);
        expect(taken.weightGrams).toBeLessThanOrEqual(capacity.payloadGrams);
        expect(taken.volumeCubicCentimetres).toBeLessThanOrEqual(capacity.volumeCubicCentimetres);
        expect(load.every((share) => share.quantityBase > 0)).toBe(true);
        const left = sizeOf(without(lines, load));
        expect(taken.pieces + left.pieces).toBe(sizeOf(lines).pieces);
      }),
    );
  });

  it('leaves only lines of which not one more piece fits', () => {
    fc.assert(
      fc.property(anyLines, anyCapacity, (lines, capacity) => {
        const load = fill(lines, capacity);
        const taken = sizeOf(load);
        for (const line of without(lines, load)) {
          const fitsByWeight = taken.weightGrams + line.weightGrams <= capacity.payloadGrams;
          const fitsByVolume =
            taken.volumeCubicCentimetres + line.volumeCubicCentimetres <= capacity.volumeCubicCentimetres;
          expect(fitsByWeight && fitsByVolume).toBe(false);
        }
      }),
    );
  });
});

describe('mergedLines', () => {
  it('adds up a line that is named once per lot', () => {
    const merged = mergedLines([aLine({ quantityBase: 20 }), aLine({ lineId: 'quilts' }), aLine({ quantityBase: 5 })]);
    expect(merged.map((line) => [line.lineId, line.quantityBase])).toEqual([
      ['tents', 25],
      ['quilts', 60],
    ]);
  });
});
