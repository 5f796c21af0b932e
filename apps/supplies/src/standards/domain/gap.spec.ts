import { isRegionCode, parentRegionOf } from '@ledger/contracts';
import * as fc from 'fast-check';
import { addUp, placeGaps, rolledUp, type GapInput } from './gap';
import { aFixedRule, aGapInput, aRule, aShare } from './testing/builders';

const tents = (regionCode: string, quantityBase: number) => ({ regionCode, itemCode: 'LRS-015', quantityBase });
const one = (overrides: Partial<GapInput>) => placeGaps(aGapInput(overrides))[0];

describe('the gap of a place', () => {
  const facts = new Map([['140930', { population: 100_001, riskLevel: 'high' as const }]]);

  it('is what rules and facts ask for, less what it holds', () => {
    expect(one({ facts, rules: [aRule()], held: [tents('140930', 300)] })).toMatchObject({
      ...{ requiredBase: 501, heldBase: 300, coveredBase: 0, gapBase: 201, surplusBase: 0 },
    });
  });

  it('follows the highest of the rules, which it names; a county may ask more of itself, never less', () => {
    const province = aRule();
    const more = aFixedRule({ regionCode: '140930', amountBase: 700 });
    const less = aFixedRule({ regionCode: '140930', amountBase: 10 });
    expect(one({ facts, rules: [province, less] }).requirement.rule).toBe(province);
    expect(one({ facts, rules: [province, more] }).requirement).toMatchObject({ rule: more, standingBase: 700 });
  });

  it('counts the floors of its depots once: they raise the requirement, they do not add to it', () => {
    const rules = [aFixedRule({ amountBase: 100 })];
    expect(one({ rules, floors: [tents('140930', 60)] })).toMatchObject({ requiredBase: 100 });
    expect(one({ rules, floors: [tents('140930', 130)] })).toMatchObject({
      requiredBase: 130,
      requirement: { rule: null, floorsBase: 130 },
    });
    expect(one({ floors: [tents('140930', 60)], held: [tents('140930', 20)] })).toMatchObject({ gapBase: 40 });
  });

  it('has standards for a time on top', () => {
    const rules = [aFixedRule({ amountBase: 100 })];
    expect(one({ rules, temporary: [tents('140930', 30), tents('140930', 20)] })).toMatchObject({ requiredBase: 150 });
  });

  it('is covered by contracts up to their share, rounded down, and no further', () => {
    const given = { rules: [aFixedRule({ amountBase: 99 })], held: [tents('140930', 20)] };
    const promised = [{ ...tents('140930', 500), mode: 'agreement' as const }];
    expect(one({ ...given, promised })).toMatchObject({ coveredBase: 0, gapBase: 79, promisedBase: 500 });
    expect(one({ ...given, promised, shares: [aShare()] })).toMatchObject({ coveredBase: 39, gapBase: 40 });
    expect(one({ ...given, promised: [{ ...promised[0], quantityBase: 7 }], shares: [aShare()] })).toMatchObject({
      coveredBase: 7,
      gapBase: 72,
    });
  });

  it('of a standard for a time is never covered by contracts: the goods have to be on the spot', () => {
    const promised = [{ ...tents('140930', 500), mode: 'agreement' as const }];
    const shares = [aShare({ sharePercent: 100 })];
    expect(one({ temporary: [tents('140930', 30)], promised, shares })).toMatchObject({ coveredBase: 0, gapBase: 30 });
  });

  it('with all three kinds of contracts is never covered beyond the standard', () => {
    const promised = (['agreement', 'enterprise', 'capacity'] as const).map((mode) => ({
      ...tents('140930', 90),
      mode,
    }));
    const shares = promised.map(({ mode }) => aShare({ mode, sharePercent: 80 }));
    expect(one({ rules: [aFixedRule()], promised, shares })).toMatchObject({ coveredBase: 100, gapBase: 0 });
  });

  it('that nobody can work out is listed with the fact that is missing', () => {
    expect(one({ rules: [aRule()] })).toMatchObject({ requiredBase: 0, requirement: { missing: ['population'] } });
  });

  it('of a category adds up pieces, of a capability what the items can do', () => {
    const rules = [
      aFixedRule({ target: 'category:living_relief', amountBase: 50 }),
      aFixedRule({ target: 'capability:people-sheltered', amountBase: 100 }),
    ];
    const contributions = [
      { itemCode: 'LRS-015', target: 'category:living_relief' as const, perUnit: 1 },
      { itemCode: 'LRS-015', target: 'capability:people-sheltered' as const, perUnit: 8 },
    ];
    const places = placeGaps(aGapInput({ rules, contributions, held: [tents('140930', 10)] }));
    expect(places.map(({ target, heldBase, gapBase }) => [target, heldBase, gapBase])).toEqual([
      ['capability:people-sheltered', 80, 20],
      ['category:living_relief', 10, 40],
    ]);
  });

  it('leaves out what nobody asks for', () => {
    expect(placeGaps(aGapInput({ held: [tents('140930', 10)] }))).toEqual([]);
  });
});

describe('a gap list that is rolled up', () => {
  it('adds a county, its townships and its villages, and lets no surplus hide a gap', () => {
    const regions = ['140930', '140930101', '140930101200', '140931'];
    const rules = [aFixedRule(), aFixedRule({ tier: 'township', amountBase: 20 })];
    const held = [tents('140930', 130), tents('140930101', 5), tents('140930101200', 3), tents('140931', 10)];
    const places = placeGaps(aGapInput({ regions, rules, held }));
    expect(rolledUp(places, '140930')).toEqual({
      ...{ requiredBase: 120, heldBase: 138, coveredBase: 0, gapBase: 15, surplusBase: 33 },
    });
    expect(rolledUp(places, '1409')).toMatchObject({ requiredBase: 220, gapBase: 105 });
  });

  const codes = [
    '14',
    '1409',
    '140930',
    '140930101',
    '140930101200',
    '140930101201',
    '140930102',
    '140931',
    '140931100',
  ];
  const quantity = fc
    .tuple(fc.constantFrom(...codes), fc.constantFrom('LRS-015', 'LRS-002'), fc.integer({ min: 0, max: 500 }))
    .map(([regionCode, itemCode, quantityBase]) => ({ regionCode, itemCode, quantityBase }));
  const quantities = fc.array(quantity, { maxLength: 12 });
  const rule = fc
    .tuple(
      fc.constantFrom('14', '1409', '140930'),
      fc.constantFrom('province' as const, 'city' as const, 'county' as const, 'township' as const, 'village' as const),
      fc.constantFrom('item:LRS-015' as const, 'item:LRS-002' as const, 'category:living_relief' as const),
      fc.integer({ min: 0, max: 300 }),
      fc.boolean(),
    )
    .map(([regionCode, tier, target, amountBase, fixed]) =>
      fixed ? aFixedRule({ regionCode, tier, target, amountBase }) : aRule({ regionCode, tier, target, amountBase }),
    );
  const input = fc
    .record({
      rules: fc.array(rule, { maxLength: 8 }),
      ...{ floors: quantities, temporary: quantities, held: quantities },
      promised: fc.array(
        quantity.map((row) => ({ ...row, mode: 'agreement' as const })),
        { maxLength: 6 },
      ),
      shares: fc.array(
        fc.integer({ min: 0, max: 100 }).map((sharePercent) => aShare({ sharePercent })),
        { maxLength: 1 },
      ),
      people: fc.array(fc.option(fc.integer({ min: 0, max: 90_000 })), {
        minLength: codes.length,
        maxLength: codes.length,
      }),
    })
    .map(({ people, ...rest }) =>
      aGapInput({
        ...rest,
        regions: codes,
        facts: new Map(codes.map((code, index) => [code, { population: people[index], riskLevel: null }])),
        contributions: ['LRS-015', 'LRS-002'].map((itemCode) => ({
          ...{ itemCode, target: 'category:living_relief' as const, perUnit: 1 },
        })),
      }),
    );

  it('equals a region’s own figures and those of its children, on every tier', () => {
    fc.assert(
      fc.property(input, (given) => {
        const places = placeGaps(given);
        for (const code of codes) {
          const own = addUp(places.filter(({ regionCode }) => regionCode === code));
          const children = codes.filter((child) => parentRegionOf(child) === code);
          const summed = addUp([own, ...children.map((child) => rolledUp(places, child))]);
          expect(rolledUp(places, code)).toEqual(summed);
        }
        expect(codes.every(isRegionCode)).toBe(true);
      }),
    );
  });

  it('balances: required and surplus are held, covered and gap', () => {
    fc.assert(
      fc.property(input, (given) => {
        const places = placeGaps(given);
        for (const figures of [...places, rolledUp(places, '14')]) {
          const { requiredBase, heldBase, coveredBase, gapBase, surplusBase } = figures;
          expect(requiredBase + surplusBase).toBe(heldBase + coveredBase + gapBase);
          for (const base of [requiredBase, heldBase, coveredBase, gapBase, surplusBase]) {
            expect(Number.isSafeInteger(base) && base >= 0).toBe(true);
          }
        }
      }),
    );
  });

  it('never gets worse by more stock, nor better by more rules', () => {
    fc.assert(
      fc.property(input, quantity, rule, (given, more, stricter) => {
        const gap = (changed: Partial<GapInput>) => rolledUp(placeGaps({ ...given, ...changed }), '14').gapBase;
        expect(gap({ held: [...given.held, more] })).toBeLessThanOrEqual(gap({}));
        expect(gap({ rules: [...given.rules, stricter] })).toBeGreaterThanOrEqual(gap({}));
      }),
    );
  });
});
