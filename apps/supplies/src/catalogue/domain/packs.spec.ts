import fc from 'fast-check';
import { baseToPacks, packsToBase, type Pack } from './packs';

const aPack = (baseUnits: number, id = `pack-${baseUnits}`): Pack => ({ id, baseUnits });

describe('packs', () => {
  it.each([
    [aPack(24), 0, 0],
    [aPack(24), 3, 72],
    [aPack(1_000), 1_000_000, 1_000_000_000],
  ])('%j × %i hold %i', (pack, packs, quantityBase) => expect(packsToBase(pack, packs)).toBe(quantityBase));

  it.each([
    [aPack(1_000), 1_000_001],
    [aPack(1_000_000), Number.MAX_SAFE_INTEGER],
  ])('%j × %i are more than may be written', (pack, packs) => {
    expect(() => packsToBase(pack, packs)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  it('are filled from the largest down', () => {
    const [box, carton] = [aPack(50), aPack(1_000)];
    expect(baseToPacks(2_175, [box, carton])).toEqual({
      packs: [
        { pack: carton, count: 2 },
        { pack: box, count: 3 },
      ],
      looseBase: 25,
    });
    expect(baseToPacks(49, [box, carton])).toEqual({ packs: [], looseBase: 49 });
    expect(baseToPacks(10, [])).toEqual({ packs: [], looseBase: 10 });
  });

  it('give back the quantity they were made from, never with room for another whole pack', () => {
    const contents = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), contents, (quantityBase, sizes) => {
        const { packs, looseBase } = baseToPacks(
          quantityBase,
          sizes.map((size) => aPack(size)),
        );
        const packed = packs.reduce((sum, { pack, count }) => sum + packsToBase(pack, count), 0);
        expect(packed + looseBase).toBe(quantityBase);
        expect(packs.every(({ count }) => Number.isInteger(count) && count > 0)).toBe(true);
        expect(sizes.every((size) => size > looseBase)).toBe(true);
      }),
    );
  });
});
