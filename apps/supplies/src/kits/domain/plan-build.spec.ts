import fc from 'fast-check';
import { planBuild, type ComponentLot, type KitBatch } from './plan-build';

const TODAY = '2026-07-01';
const rules = { today: TODAY, usableUntil: null };

const aLot = (
  lotId: string,
  itemCode: string,
  quantityBase: number,
  overrides: Partial<ComponentLot> = {},
): ComponentLot => ({
  lotId,
  itemCode,
  quantityBase,
  expiryDate: null,
  quality: 'good',
  synthetic: false,
  ...overrides,
});

const shown = (batches: readonly KitBatch[]) =>
  batches.map(({ kits, contents, expiryDate }) => [
    kits,
    contents.map(({ lot, quantityPerKit }) => `${lot.lotId}×${quantityPerKit}`).join(' '),
    expiryDate,
  ]);

describe('kits are put together', () => {
  const needs = [
    { itemCode: 'A', quantityPerKit: 2 },
    { itemCode: 'B', quantityPerKit: 1 },
  ];

  it('from the lots that expire first, and expire with the first of their parts', () => {
    const lots = [
      aLot('a-late', 'A', 100, { expiryDate: '2028-01-01' }),
      aLot('a-soon', 'A', 4, { expiryDate: '2027-01-01' }),
      aLot('b', 'B', 100),
    ];
    expect(shown(planBuild(needs, lots, 5, rules))).toEqual([
      [2, 'a-soon×2 b×1', '2027-01-01'],
      [3, 'a-late×2 b×1', '2028-01-01'],
    ]);
  });

  it('from two lots where one runs out in the middle of a kit', () => {
    const lots = [aLot('a1', 'A', 5, { expiryDate: '2027-01-01' }), aLot('a2', 'A', 9), aLot('b', 'B', 9)];
    expect(shown(planBuild(needs, lots, 5, rules))).toEqual([
      [2, 'a1×2 b×1', '2027-01-01'],
      [1, 'a1×1 a2×1 b×1', '2027-01-01'],
      [2, 'a2×2 b×1', null],
    ]);
  });

  it('in one kit from as many lots as it takes', () => {
    const lots = ['1', '2', '3', '4'].map((id) => aLot(id, 'A', 1));
    expect(shown(planBuild([{ itemCode: 'A', quantityPerKit: 4 }], lots, 1, rules))).toEqual([
      [1, '1×1 2×1 3×1 4×1', null],
    ]);
  });

  it.each([
    ['expired yesterday', { expiryDate: '2026-06-30' }],
    ['held', { quality: 'held' }],
    ['recalled', { quality: 'recalled' }],
  ] as const)('without goods that are %s', (_what, overrides) => {
    const lots = [aLot('bad', 'A', 50, overrides), aLot('good', 'A', 3), aLot('b', 'B', 9)];
    expect(shown(planBuild(needs, lots, 1, rules))).toEqual([[1, 'good×2 b×1', null]]);
    expect(() => planBuild(needs, lots, 2, rules)).toThrow(
      expect.objectContaining({
        code: 'SUPPLIES_KIT_COMPONENTS_SHORT',
        details: expect.objectContaining({
          facts: { itemCode: 'A', neededBase: 4, usableBase: 3, unusableBase: 50 },
        }) as object,
      }),
    );
  });

  it('without goods that run out before the day until which the kits shall last', () => {
    const lots = [aLot('a', 'A', 9, { expiryDate: '2026-12-31' }), aLot('b', 'B', 9)];
    expect(planBuild(needs, lots, 1, { today: TODAY, usableUntil: '2026-12-31' })).toHaveLength(1);
    expect(() => planBuild(needs, lots, 1, { today: TODAY, usableUntil: '2027-01-01' })).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_KIT_COMPONENTS_SHORT' }),
    );
  });

  it('but not from so many lots that the movement could not be told', () => {
    const lots = Array.from({ length: 500 }, (_, index) => aLot(`l${index}`, 'A', 1));
    expect(() => planBuild([{ itemCode: 'A', quantityPerKit: 1 }], lots, 500, rules)).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_KIT_BUILD_TOO_LARGE' }),
    );
  });

  it('so that every kit is whole, nothing is used twice, and what expires first is used first', () => {
    const lot = fc.record({
      item: fc.constantFrom('A', 'B'),
      quantity: fc.integer({ min: 1, max: 12 }),
      expiry: fc.constantFrom(null, '2026-06-01', '2026-08-01', '2027-01-01'),
    });
    const world = fc.tuple(
      fc.array(lot, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
    );
    fc.assert(
      fc.property(world, ([made, perKit, kits]) => {
        const lots = made.map(({ item, quantity, expiry }, index) =>
          aLot(`${index}`, item, quantity, { expiryDate: expiry }),
        );
        const wanted = [
          { itemCode: 'A', quantityPerKit: perKit },
          { itemCode: 'B', quantityPerKit: 1 },
        ];
        const usable = lots.filter(({ expiryDate }) => expiryDate === null || expiryDate >= TODAY);
        const free = (code: string) =>
          usable.filter(({ itemCode }) => itemCode === code).reduce((sum, { quantityBase }) => sum + quantityBase, 0);
        const possible = wanted.every(({ itemCode, quantityPerKit }) => free(itemCode) >= quantityPerKit * kits);
        if (!possible) {
          expect(() => planBuild(wanted, lots, kits, rules)).toThrow();
          return;
        }
        const batches = planBuild(wanted, lots, kits, rules);
        expect(batches.reduce((sum, batch) => sum + batch.kits, 0)).toBe(kits);
        for (const { contents } of batches) {
          for (const { itemCode, quantityPerKit } of wanted) {
            const held = contents.filter((content) => content.lot.itemCode === itemCode);
            expect(held.reduce((sum, content) => sum + content.quantityPerKit, 0)).toBe(quantityPerKit);
          }
        }
        for (const { lotId, itemCode, quantityBase, expiryDate } of lots) {
          const used = (id: string): number =>
            batches.reduce(
              (sum, batch) =>
                sum + batch.kits * (batch.contents.find(({ lot: { lotId: one } }) => one === id)?.quantityPerKit ?? 0),
              0,
            );
          expect(used(lotId)).toBeLessThanOrEqual(quantityBase);
          if (used(lotId) === 0) continue;
          const earlier = usable.filter(
            (other) =>
              other.itemCode === itemCode &&
              other.expiryDate !== null &&
              (expiryDate === null || other.expiryDate < expiryDate),
          );
          for (const other of earlier) expect(used(other.lotId)).toBe(other.quantityBase);
        }
      }),
    );
  });
});
