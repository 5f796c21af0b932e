import fc from 'fast-check';
import {
  CALLABLE_KINDS,
  CURVE_HOURS,
  callableBase,
  callableCurve,
  coverDemand,
  hoursUntil,
  inOrderOfUse,
  type CallableSource,
  type Production,
} from './callable-curve';

const aSource = (overrides: Partial<CallableSource> = {}): CallableSource => ({
  sourceId: 'depot',
  kind: 'stock',
  limitBase: 300,
  readyAfterHours: 0,
  tiersAway: 0,
  production: null,
  ...overrides,
});
const aPlant = (production: Partial<Production> = {}, overrides: Partial<CallableSource> = {}): CallableSource =>
  aSource({
    sourceId: 'plant',
    kind: 'capacity',
    limitBase: 10_000,
    production: { ratePerDay: 200, startUpHours: 0, outputEveryHours: 24, promisedBase: 0, ...production },
    ...overrides,
  });
const stock = aSource();
const agreement = aSource({ sourceId: 'agreement', kind: 'agreement', limitBase: 500, readyAfterHours: 24 });

describe.each([0, 24])(
  '300 in stock, 500 within 24 hours and a plant of 200 a day that starts in %i hours',
  (start) => {
    const sources = [aPlant({ startUpHours: start }), agreement, stock];

    it('cover 1200 in 72 hours, and the answer says what to start by when', () => {
      const answer = coverDemand(sources, { quantityBase: 1_200, hours: 72 });
      expect(answer).toMatchObject({ feasible: true, shortBase: 0 });
      expect(answer.parts).toEqual([
        { sourceId: 'depot', kind: 'stock', quantityBase: 300, arrivesAfterHours: 0, startWithinHours: 72 },
        { sourceId: 'agreement', kind: 'agreement', quantityBase: 500, arrivesAfterHours: 24, startWithinHours: 48 },
        {
          sourceId: 'plant',
          kind: 'capacity',
          quantityBase: 400,
          arrivesAfterHours: start + 48,
          startWithinHours: 24 - start,
        },
      ]);
    });

    it('answer 300 in 4 hours', () => {
      expect(callableCurve(sources, [4])[0].quantityBase).toBe(300);
      const answer = coverDemand(sources, { quantityBase: 1_200, hours: 4 });
      expect(answer).toMatchObject({ feasible: false, shortBase: 900 });
      expect(answer.parts.map(({ sourceId }) => sourceId)).toEqual(['depot']);
    });

    it('are added up by kind at every hour', () => {
      const curve = callableCurve(sources, CURVE_HOURS);
      expect(curve.map(({ hours, quantityBase }) => [hours, quantityBase])).toEqual([
        [0, 300],
        [4, 300],
        [10, 300],
        [24, start === 0 ? 1_000 : 800],
        [72, start === 0 ? 1_400 : 1_200],
      ]);
      expect(curve[4].byKind).toEqual({
        stock: 300,
        joint: 0,
        enterprise: 0,
        agreement: 500,
        neighbour: 0,
        capacity: start === 0 ? 600 : 400,
      });
    });
  },
);

describe('a plant', () => {
  it.each([
    ['nothing before the first day is over', {}, 23, 0],
    ['a day’s output on the hour', {}, 24, 200],
    ['no part of the day that has begun', {}, 47, 200],
    ['nothing while it starts up', { startUpHours: 12 }, 35, 0],
    ['the first day after the start-up', { startUpHours: 12 }, 36, 200],
    ['what each shift turns out', { outputEveryHours: 8 }, 8, 66],
    ['whole pieces over the shifts, not whole pieces per shift', { outputEveryHours: 8 }, 24, 200],
    ['nothing that was promised before', { promisedBase: 150 }, 24, 50],
    ['nothing at all until the promised pieces are made', { promisedBase: 300 }, 24, 0],
    ['nothing when it stands still', { ratePerDay: 0 }, 8_760, 0],
  ])('gives %s', (_what, production, hours, expected) => {
    expect(callableBase(aPlant(production), hours)).toBe(expected);
  });

  it('gives no more than its contract says', () => {
    expect(callableBase(aPlant({}, { limitBase: 500 }), 72)).toBe(500);
  });

  it('hands over later by the time of the road', () => {
    const far = aPlant({}, { readyAfterHours: 6 });
    expect([29, 30].map((hours) => callableBase(far, hours))).toEqual([0, 200]);
  });

  it('is never asked for what would take more than a year', () => {
    expect(hoursUntil(aPlant({ ratePerDay: 1 }), 366)).toBeUndefined();
    expect(hoursUntil(aPlant({ ratePerDay: 1 }), 365)).toBe(8_760);
  });
});

it('draws on the nearest of equals, and on kinds in their order', () => {
  const sources = [
    aSource({ sourceId: 'e', kind: 'joint' }),
    aSource({ sourceId: 'd', tiersAway: 2 }),
    aSource({ sourceId: 'c' }),
    aSource({ sourceId: 'b' }),
    aSource({ sourceId: 'a', limitBase: 0 }),
  ];
  expect(inOrderOfUse(sources).map(({ sourceId }) => sourceId)).toEqual(['b', 'c', 'd', 'e', 'a']);
});

it('takes of the last source only what is missing', () => {
  const { parts } = coverDemand([stock, agreement], { quantityBase: 301, hours: 24 });
  expect(parts.map(({ quantityBase }) => quantityBase)).toEqual([300, 1]);
});

describe('whatever the sources', () => {
  const quantities = fc.integer({ min: 0, max: 1_000_000_000 });
  const hours = fc.integer({ min: 0, max: 1_000 });
  const productions: fc.Arbitrary<Production> = fc.record({
    ratePerDay: fc.oneof(fc.integer({ min: 0, max: 1_000 }), quantities),
    startUpHours: fc.integer({ min: 0, max: 200 }),
    outputEveryHours: fc.integer({ min: 1, max: 24 }),
    promisedBase: fc.integer({ min: 0, max: 1_000 }),
  });
  const lists = fc
    .array(
      fc.record({
        kind: fc.constantFrom(...CALLABLE_KINDS),
        limitBase: quantities,
        readyAfterHours: fc.integer({ min: 0, max: 200 }),
        tiersAway: fc.integer({ min: 0, max: 5 }),
        production: fc.option(productions),
      }),
      { maxLength: 8 },
    )
    .map((sources): CallableSource[] => sources.map((source, index) => ({ ...source, sourceId: `s${index}` })));
  const total = (sources: readonly CallableSource[], at: number): number =>
    callableCurve(sources, [at])[0].quantityBase;

  it('the curve is whole, never falls with time, and never exceeds what the sources have', () => {
    fc.assert(
      fc.property(lists, fc.array(hours, { minLength: 1 }), (sources, asked) => {
        const limit = sources.reduce((sum, { limitBase }) => sum + limitBase, 0);
        let before = 0;
        for (const { hours: at, quantityBase, byKind } of callableCurve(sources, asked)) {
          expect(Number.isSafeInteger(quantityBase)).toBe(true);
          expect(quantityBase).toBeGreaterThanOrEqual(before);
          expect(quantityBase).toBeLessThanOrEqual(limit);
          expect(Object.values(byKind).reduce((sum, part) => sum + part, 0)).toBe(quantityBase);
          for (const source of sources) expect(callableBase(source, at)).toBeLessThanOrEqual(source.limitBase);
          before = quantityBase;
        }
      }),
    );
  });

  it('another source never lowers the curve, and the order of the sources does not matter', () => {
    fc.assert(
      fc.property(lists, lists, hours, (sources, more, at) => {
        const added = more.map((source) => ({ ...source, sourceId: `more ${source.sourceId}` }));
        expect(total([...sources, ...added], at)).toBe(total(sources, at) + total(added, at));
        expect(total([...sources].reverse(), at)).toBe(total(sources, at));
      }),
    );
  });

  it('a call takes off the curve no more than was called, and never adds to it', () => {
    fc.assert(
      fc.property(
        productions,
        quantities,
        fc.integer({ min: 1, max: 1_000 }),
        hours,
        (production, limit, called, at) => {
          const before = aPlant(production, { limitBase: limit + called });
          const after = aPlant({ ...production, promisedBase: production.promisedBase + called }, { limitBase: limit });
          const taken = callableBase(before, at) - callableBase(after, at);
          expect(taken).toBeGreaterThanOrEqual(0);
          expect(taken).toBeLessThanOrEqual(called);
        },
      ),
    );
  });

  it('the hour of a quantity is the first at which it is there', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 2_000 }), (sources, quantityBase) => {
        for (const source of sources) {
          const hour = hoursUntil(source, quantityBase);
          if (hour === undefined) {
            expect(callableBase(source, 8_760)).toBeLessThan(quantityBase);
          } else {
            expect(callableBase(source, hour)).toBeGreaterThanOrEqual(quantityBase);
            if (hour > 0) expect(callableBase(source, hour - 1)).toBeLessThan(quantityBase);
          }
        }
      }),
    );
  });

  it('a demand is feasible exactly when the curve reaches it, and its parts are there in time', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 1_000_000_000 }), hours, (sources, quantityBase, at) => {
        const { feasible, shortBase, parts } = coverDemand(sources, { quantityBase, hours: at });
        const covered = parts.reduce((sum, part) => sum + part.quantityBase, 0);
        expect(feasible).toBe(total(sources, at) >= quantityBase);
        expect(covered + shortBase).toBe(quantityBase);
        expect(shortBase).toBe(Math.max(0, quantityBase - total(sources, at)));
        expect(coverDemand([...sources].reverse(), { quantityBase, hours: at })).toEqual({
          feasible,
          shortBase,
          parts,
        });
        for (const part of parts) {
          expect(part.arrivesAfterHours + part.startWithinHours).toBe(at);
          expect(part.startWithinHours).toBeGreaterThanOrEqual(0);
          const source = sources.find(({ sourceId }) => sourceId === part.sourceId);
          expect(source && callableBase(source, part.arrivesAfterHours)).toBeGreaterThanOrEqual(part.quantityBase);
        }
      }),
    );
  });
});
