import { planAdjustments, type AccountNow, type CountedLine } from './plan-adjustments';

const aLine = (overrides: Partial<CountedLine> = {}): CountedLine => ({
  id: 'line',
  countedBase: 100,
  balanceBase: 100,
  availableBase: 70,
  ...overrides,
});
const now = (overrides: Partial<AccountNow> = {}) =>
  new Map([['line', { availableBase: 70, bookedSince: false, ...overrides }]]);

describe('planAdjustments', () => {
  it('leaves lines without a variance alone', () => {
    expect(planAdjustments([aLine()], now())).toEqual({ adjustments: [], overtaken: [] });
  });

  it.each([
    ['more was counted', 103, 3, 0],
    ['free pieces are missing', 95, -5, 0],
    ['all free pieces are missing', 30, -70, 0],
    ['promised pieces are missing too: they are flagged and stay promised', 25, -70, 5],
    ['nothing is left', 0, -70, 30],
  ])('%s', (_what, countedBase, changeBase, missingReservedBase) => {
    expect(planAdjustments([aLine({ countedBase })], now())).toEqual({
      adjustments: [{ lineId: 'line', changeBase, missingReservedBase }],
      overtaken: [],
    });
  });

  it('flags missing pieces of a lot that is wholly promised without touching the books', () => {
    const line = aLine({ countedBase: 98, availableBase: 0 });
    expect(planAdjustments([line], now({ availableBase: 0 })).adjustments).toEqual([
      { lineId: 'line', changeBase: 0, missingReservedBase: 2 },
    ]);
  });

  it('applies the difference to whatever is there by now', () => {
    const line = aLine({ countedBase: 95 });
    expect(planAdjustments([line], now({ availableBase: 5 })).adjustments).toHaveLength(1);
    expect(planAdjustments([line], now({ availableBase: 500 })).adjustments).toHaveLength(1);
  });

  it('calls a line overtaken when less is free than the adjustment takes', () => {
    expect(planAdjustments([aLine({ countedBase: 95 })], now({ availableBase: 4 }))).toEqual({
      adjustments: [],
      overtaken: ['line'],
    });
  });

  it('calls a found batch overtaken when its receipt was booked since', () => {
    const found = aLine({ countedBase: 8, balanceBase: 0, availableBase: 0 });
    expect(planAdjustments([found], now({ availableBase: 8, bookedSince: true })).overtaken).toEqual(['line']);
  });
});
