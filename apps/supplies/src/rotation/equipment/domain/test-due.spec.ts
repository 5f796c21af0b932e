import { nextDueAfter, testDue, type TestClock } from './test-due';

const clock = (overrides: Partial<TestClock> = {}): TestClock => ({
  passedHereOn: null,
  passedBeforeArrivalOn: null,
  receivedOn: '2026-01-31',
  ...overrides,
});
const monthly = { intervalMonths: 1, noticeDays: 7, graceDays: 14 };

describe('a test is due', () => {
  it('an interval after the receipt, at the month end where the month is shorter', () => {
    expect(testDue(clock(), monthly)).toEqual({ dueOn: '2026-02-28', opensOn: '2026-02-21', holdOn: '2026-03-15' });
  });

  it('an interval after it passed here last, a leap day included', () => {
    const due = testDue(clock({ passedHereOn: '2027-08-29', passedBeforeArrivalOn: '2027-12-01' }), {
      ...monthly,
      intervalMonths: 6,
    });
    expect(due.dueOn).toBe('2028-02-29');
  });

  it('an interval after it passed elsewhere, when it came here since: moving makes nothing younger', () => {
    expect(testDue(clock({ passedBeforeArrivalOn: '2026-03-10' }), monthly).dueOn).toBe('2026-04-10');
  });

  it('and held from the day after its grace, not before', () => {
    const { dueOn, holdOn } = testDue(clock(), { ...monthly, graceDays: 0 });
    expect([dueOn, holdOn]).toEqual(['2026-02-28', '2026-03-01']);
  });
});

it('the next test is due an interval after this one, unless it failed', () => {
  expect(nextDueAfter('passed', '2026-08-31', 6)).toBe('2027-02-28');
  expect(nextDueAfter('remarks', '2026-08-31', 1)).toBe('2026-09-30');
  expect(nextDueAfter('failed', '2026-08-31', 6)).toBeNull();
});
