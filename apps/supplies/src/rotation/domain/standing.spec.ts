import fc from 'fast-check';
import { chinaDay } from '../../stock/domain/calendar';
import type { LotLife } from './lot-life';
import { addDays } from './months';
import { STANDINGS, mustRotate, standingOn, windowOf, type Threshold } from './standing';

const life: LotLife = { start: '2025-07-01', end: '2026-07-01', dated: true };
const days: Threshold = { measure: 'days', noticeBefore: 90, actBefore: 60, lateBefore: 10 };
const standing = (today: string, ofLife = life, threshold: Threshold | null = days) =>
  standingOn(today, ofLife, threshold && windowOf(ofLife, threshold));

describe('a lot stands', () => {
  it.each([
    ['2026-04-01', 'none'],
    ['2026-04-02', 'notice'],
    ['2026-05-01', 'notice'],
    ['2026-05-02', 'due'],
    ['2026-06-20', 'due'],
    ['2026-06-21', 'overdue'],
    ['2026-07-01', 'overdue'],
    ['2026-07-02', 'expired'],
  ])('on %s at %s', (today, expected) => {
    expect(standing(today)).toBe(expected);
  });

  it('in a window, not on one exact date: after days of downtime it stands where it would have stood anyway', () => {
    const exactDay = windowOf(life, days).actOn;
    for (let missed = 0; missed <= 49; missed++) expect(standing(addDays(exactDay, missed))).toBe('due');
  });

  it('higher with every day that passes, and never lower', () => {
    const threshold = fc
      .tuple(fc.constantFrom('days' as const, 'share' as const), fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }))
      .map(([measure, numbers]): Threshold => {
        const [lateBefore, actBefore, noticeBefore] = [...numbers].sort((a, b) => a - b);
        return { measure, noticeBefore, actBefore, lateBefore };
      });
    const lives = fc.record({
      start: fc.constant('2020-02-29'),
      end: fc.nat(4000).map((length) => addDays('2020-02-29', length)),
      dated: fc.boolean(),
    });
    fc.assert(
      fc.property(threshold, lives, fc.nat(6000), (rule, ofLife, offset) => {
        const day = addDays('2015-01-01', offset);
        const [before, after] = [standing(day, ofLife, rule), standing(addDays(day, 1), ofLife, rule)];
        expect(STANDINGS.indexOf(after)).toBeGreaterThanOrEqual(STANDINGS.indexOf(before));
      }),
    );
  });

  it('anew once its date is corrected: the alert is armed again', () => {
    expect(standing('2026-06-01')).toBe('due');
    expect(standing('2026-06-01', { ...life, end: '2027-07-01' })).toBe('none');
    expect(standing('2027-06-01', { ...life, end: '2027-07-01' })).toBe('due');
  });

  it('expired by its date even where no threshold is set', () => {
    expect(standing('2026-07-01', life, null)).toBe('none');
    expect(standing('2026-07-02', life, null)).toBe('expired');
  });

  it('overdue, not expired, when only a counted life is over', () => {
    expect(standing('2030-01-01', { ...life, dated: false })).toBe('overdue');
    expect(standing('2030-01-01', { ...life, dated: false }, null)).toBe('none');
  });
});

describe('across midnight in Shanghai', () => {
  it.each([
    ['2026-07-01T15:59:59.999Z', 'overdue'],
    ['2026-07-01T16:00:00.000Z', 'expired'],
    ['2026-05-01T15:59:59.999Z', 'notice'],
    ['2026-05-01T16:00:00.000Z', 'due'],
  ])('at %s the same process answers %s', (instant, expected) => {
    expect(standing(chinaDay(new Date(instant)))).toBe(expected);
  });
});

describe('windows measured as a share of life', () => {
  it('are rounded down to whole days', () => {
    const share: Threshold = { measure: 'share', noticeBefore: 500, actBefore: 333, lateBefore: 1 };
    expect(windowOf(life, share)).toEqual({ noticeOn: '2025-12-31', actOn: '2026-03-02', lateOn: '2026-07-01' });
  });

  it('of a leap year have its extra day', () => {
    const leap: LotLife = { start: '2028-01-01', end: '2029-01-01', dated: true };
    const share: Threshold = { measure: 'share', noticeBefore: 1000, actBefore: 1000, lateBefore: 0 };
    expect(windowOf(leap, share)).toEqual({ noticeOn: '2028-01-01', actOn: '2028-01-01', lateOn: '2029-01-01' });
  });
});

it('goods at due or worse have to be rotated', () => {
  expect(STANDINGS.filter(mustRotate)).toEqual(['due', 'overdue', 'expired']);
});
