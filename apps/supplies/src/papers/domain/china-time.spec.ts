import { chinaDate, chinaTime, paperNumber } from './china-time';

it.each([
  ['2026-07-01T00:05:59.999Z', '2026-07-01 08:05', '2026年07月01日'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01 00:00', '2027年01月01日'],
  ['2026-12-31T15:59:59.999Z', '2026-12-31 23:59', '2026年12月31日'],
])('%s is %s in China', (instant, time, date) => {
  expect([chinaTime(new Date(instant)), chinaDate(new Date(instant))]).toEqual([time, date]);
});

it('a paper is numbered by the ledger, in the year of China', () => {
  expect(paperNumber('RK', new Date('2026-12-31T16:00:00Z'), 42)).toBe('RK-2027-00000042');
});
