import { exceedsTolerance, needsApprover, type ClassRules, type Variance } from './tolerance';

const rules = (overrides: Partial<ClassRules> = {}): ClassRules => ({
  class: 'B',
  intervalDays: 90,
  toleranceBasisPoints: 100,
  toleranceBase: 5,
  approverAboveBase: 50,
  approverAboveFen: 100_000,
  ...overrides,
});
const aVariance = (overrides: Partial<Variance> = {}): Variance => ({
  varianceBase: -10,
  class: 'B',
  unitValueFen: null,
  ...overrides,
});

describe('a tolerance', () => {
  it.each([
    [0, 0, false],
    [5, 1_000, false],
    [-5, 1_000, false],
    [6, 1_000, true],
    [-6, 10_000, true],
    [2, 200, false],
    [3, 200, true],
    [1, 0, true],
  ])('of 1 per cent and 5 pieces: %i on a balance of %i exceeds it: %s', (varianceBase, balanceBase, exceeded) => {
    expect(exceedsTolerance(varianceBase, balanceBase, rules())).toBe(exceeded);
  });

  it('of nothing is exceeded by one piece', () => {
    const strict = { toleranceBase: 0, toleranceBasisPoints: 0 };
    expect([0, 1, -1].map((variance) => exceedsTolerance(variance, 100, strict))).toEqual([false, true, true]);
  });

  it('is not rounded for the largest quantities', () => {
    const generous = { toleranceBase: Number.MAX_SAFE_INTEGER, toleranceBasisPoints: 1 };
    expect(exceedsTolerance(900_719_925_474, 9_007_199_254_740_000, generous)).toBe(false);
    expect(exceedsTolerance(900_719_925_475, 9_007_199_254_740_000, generous)).toBe(true);
  });
});

describe('an approver', () => {
  it('is needed above the quantity of a class, added up over its lines', () => {
    expect(needsApprover([aVariance({ varianceBase: -50 })], [rules()])).toBe(false);
    expect(needsApprover([aVariance({ varianceBase: -51 })], [rules()])).toBe(true);
    expect(needsApprover([aVariance({ varianceBase: -26 }), aVariance({ varianceBase: -25 })], [rules()])).toBe(true);
  });

  it('is needed when gains and losses only look even together', () => {
    expect(needsApprover([aVariance({ varianceBase: -30 }), aVariance({ varianceBase: 30 })], [rules()])).toBe(true);
  });

  it('is needed above the value of a class; what nobody has valued counts by its pieces alone', () => {
    expect(needsApprover([aVariance({ unitValueFen: 10_000 })], [rules()])).toBe(false);
    expect(needsApprover([aVariance({ unitValueFen: 10_001 })], [rules()])).toBe(true);
    expect(needsApprover([aVariance({ unitValueFen: null })], [rules({ approverAboveFen: 0 })])).toBe(false);
  });

  it('is not needed for another class', () => {
    expect(needsApprover([aVariance({ class: 'C', varianceBase: 1_000 })], [rules()])).toBe(false);
  });
});
