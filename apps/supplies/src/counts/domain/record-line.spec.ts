import { recordEntry, type Entry, type People, type RecordableLine } from './record-line';

const aLine = (overrides: Partial<RecordableLine> = {}): RecordableLine => ({
  state: 'open',
  round: 1,
  timesCounted: 0,
  countedBase: null,
  balanceBase: null,
  movedBetweenParts: false,
  ...overrides,
});
const anEntry = (overrides: Partial<Entry> = {}): Entry => ({
  countedBase: 40,
  complete: true,
  correction: false,
  ...overrides,
});
const people = (overrides: Partial<People> = {}): People => ({
  recorderId: 'wang',
  inThisRound: [],
  inRoundBefore: [],
  ...overrides,
});
const balance = { balanceBase: 42, availableBase: 30 };
const inRound = (countRound: number, who: People = people()) => ({ people: who, countRound });
const throwing = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('recordEntry', () => {
  it('keeps what was counted and what the ledger said at that moment', () => {
    expect(recordEntry(aLine(), anEntry(), balance, inRound(1))).toEqual({
      ...balance,
      state: 'counted',
      round: 1,
      timesCounted: 1,
      countedBase: 40,
      movedBetweenParts: false,
    });
  });

  it('adds parts up until one completes the line', () => {
    const first = recordEntry(aLine(), anEntry({ countedBase: 30, complete: false }), balance, inRound(1));
    expect(first).toMatchObject({ state: 'partial', countedBase: 30, timesCounted: 0 });
    const other = people({ recorderId: 'li', inThisRound: ['wang'] });
    const whole = recordEntry(first, anEntry({ countedBase: 12 }), balance, inRound(1, other));
    expect(whole).toMatchObject({ state: 'counted', countedBase: 42, timesCounted: 1, movedBetweenParts: false });
  });

  it('marks a line whose balance moved between two parts', () => {
    const first = recordEntry(aLine(), anEntry({ countedBase: 30, complete: false }), balance, inRound(1));
    const moved = { balanceBase: 37, availableBase: 25 };
    expect(recordEntry(first, anEntry({ countedBase: 12 }), moved, inRound(1))).toMatchObject({
      ...moved,
      movedBetweenParts: true,
    });
    const still = { ...first, movedBetweenParts: true };
    expect(recordEntry(still, anEntry({ complete: false }), balance, inRound(1)).movedBetweenParts).toBe(true);
  });

  it('takes a line once', () => {
    const counted = recordEntry(aLine(), anEntry(), balance, inRound(1));
    const other = people({ recorderId: 'li', inThisRound: ['wang'] });
    expect(() => recordEntry(counted, anEntry(), balance, inRound(1, other))).toThrow(
      throwing('SUPPLIES_COUNT_LINE_COUNTED'),
    );
    expect(() => recordEntry(counted, anEntry(), balance, inRound(1, people({ inThisRound: ['wang'] })))).toThrow(
      throwing('SUPPLIES_COUNT_LINE_COUNTED'),
    );
  });

  it('lets people correct what they recorded themselves, in the same round', () => {
    const counted = recordEntry(aLine(), anEntry({ countedBase: 400 }), balance, inRound(1));
    const own = people({ inThisRound: ['wang'] });
    const corrected = recordEntry(counted, anEntry({ correction: true }), balance, inRound(1, own));
    expect(corrected).toMatchObject({ state: 'counted', countedBase: 40, timesCounted: 1, movedBetweenParts: false });
    const mixed = people({ inThisRound: ['wang', 'li'] });
    expect(() => recordEntry(counted, anEntry({ correction: true }), balance, inRound(1, mixed))).toThrow(
      throwing('SUPPLIES_COUNT_LINE_COUNTED'),
    );
    expect(() => recordEntry(counted, anEntry({ correction: true }), balance, inRound(2, own))).toThrow(
      throwing('SUPPLIES_COUNT_LINE_COUNTED'),
    );
  });

  it('wants another person for a recount', () => {
    const again = aLine({ round: 2, timesCounted: 1 });
    const same = people({ inRoundBefore: ['wang', 'li'] });
    expect(() => recordEntry(again, anEntry(), balance, inRound(2, same))).toThrow(
      throwing('SUPPLIES_COUNT_RECOUNT_BY_SAME'),
    );
    const other = people({ recorderId: 'zhao', inRoundBefore: ['wang', 'li'] });
    expect(recordEntry(again, anEntry(), balance, inRound(2, other))).toMatchObject({ timesCounted: 2 });
  });
});
