import fc from 'fast-check';
import { addDays, chinaDay, laterDay, startOfDay } from './calendar';

describe('chinaDay', () => {
  it.each([
    ['2026-06-30T15:59:59.999Z', '2026-06-30'],
    ['2026-06-30T16:00:00.000Z', '2026-07-01'],
    ['2026-07-01T00:00:00.000Z', '2026-07-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('of %s is %s, wherever the server stands', (instant, day) => {
    expect(chinaDay(new Date(instant))).toBe(day);
  });

  it('is the day that a clock in Shanghai shows', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(chinaDay(instant)).toBe(shanghai.format(instant));
      }),
    );
  });
});

it('laterDay takes the later of two days', () => {
  expect(laterDay('2026-07-01', '2026-06-30')).toBe('2026-07-01');
  expect(laterDay('2026-06-30', '2026-07-01')).toBe('2026-07-01');
});

describe('days', () => {
  it('are counted over the ends of months and years', () => {
    expect([addDays('2026-02-28', 1), addDays('2028-02-28', 1), addDays('2026-01-01', -1)]).toEqual([
      ...['2026-03-01', '2028-02-29', '2025-12-31'],
    ]);
  });

  it('begin at midnight in China', () => {
    expect(startOfDay('2026-07-01').toISOString()).toBe('2026-06-30T16:00:00.000Z');
    expect(chinaDay(startOfDay('2026-07-01'))).toBe('2026-07-01');
    expect(chinaDay(new Date(startOfDay('2026-07-01').getTime() - 1))).toBe('2026-06-30');
  });
});
