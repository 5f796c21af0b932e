import fc from 'fast-check';
import { dayAfter, dayInChina, daysBetween, startOfDayInChina } from './days';

const instants = fc.date({ min: new Date('1992-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });

describe('days in China', () => {
  it('change at 16:00 UTC, which is midnight there', () => {
    expect(dayInChina(new Date('2026-06-30T15:59:59.999Z'))).toBe('2026-06-30');
    expect(dayInChina(new Date('2026-06-30T16:00:00.000Z'))).toBe('2026-07-01');
    expect(startOfDayInChina('2026-07-01').toISOString()).toBe('2026-06-30T16:00:00.000Z');
  });

  it('are counted over the ends of months and leap years', () => {
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
    expect(dayAfter('2027-03-01', -1)).toBe('2027-02-28');
    expect(daysBetween('2027-12-31', '2028-03-01')).toBe(61);
    expect(daysBetween('2026-07-02', '2026-07-01')).toBe(-1);
  });

  it('hold the instant they belong to, and count back to where they came from', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -5_000, max: 5_000 }), (instant, days) => {
        const day = dayInChina(instant);
        expect(startOfDayInChina(day) <= instant && instant < startOfDayInChina(dayAfter(day, 1))).toBe(true);
        expect(daysBetween(day, dayAfter(day, days))).toBe(days);
      }),
    );
  });
});
