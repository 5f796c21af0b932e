import { monthsIn, nextMonth, spanOf } from './months';

it('months follow one another over the end of a year', () => {
  expect([nextMonth('2026-07'), nextMonth('2026-12'), nextMonth('1999-12')]).toEqual(['2026-08', '2027-01', '2000-01']);
  expect([monthsIn('2026-07', '2026-07'), monthsIn('2025-12', '2026-02'), monthsIn('2026-02', '2026-01')]).toEqual([
    1, 3, 0,
  ]);
});

it('half past midnight on the first of July in China lies in July, wherever the server stands', () => {
  const moment = new Date('2026-07-01T00:30:00+08:00').getTime();
  const lies = (month: string): boolean => {
    const [from, until] = spanOf(month, month);
    return from.getTime() <= moment && moment < until.getTime();
  };
  expect(['2026-06', '2026-07', '2026-08'].map(lies)).toEqual([false, true, false]);
});
