import { parseDay } from './parse-day';

it.each([
  ['2026-7-1', '2026-07-01'],
  ['2026-07-01', '2026-07-01'],
  ['2026/07/01', '2026-07-01'],
  ['2026/7/1', '2026-07-01'],
  ['2026.7.1', '2026-07-01'],
  ['20260701', '2026-07-01'],
  ['2026年7月1日', '2026-07-01'],
  ['2026年07月01号', '2026-07-01'],
  ['２０２６年７月１日', '2026-07-01'],
  [' 2026-07-01 ', '2026-07-01'],
  ['2026-07-01 08:30', '2026-07-01'],
  ['2026/7/1 0:00:00', '2026-07-01'],
  ['2026-07-01T23:59:59', '2026-07-01'],
  ['2026年7月1日 星期三', '2026-07-01'],
  ['2028-02-29', '2028-02-29'],
])('%s is the day %s', (text, day) => {
  expect(parseDay(text)).toBe(day);
});

it.each([
  ['2026-06-30T16:00:00Z', '2026-07-01'],
  ['2026-06-30T15:59:59Z', '2026-06-30'],
  ['2026-07-01T00:30:00+08:00', '2026-07-01'],
])('an instant with a zone, %s, is the day it was in China', (text, day) => {
  expect(parseDay(text)).toBe(day);
});

it.each([
  [46_204, '2026-07-01'],
  [46_204.75, '2026-07-01'],
  [36_526, '2000-01-01'],
])('the serial number %s of a spreadsheet is the day %s', (serial, day) => {
  expect(parseDay(serial)).toBe(day);
});

it('a serial number of a file that counts from 1904 is four years and a day later', () => {
  expect(parseDay(44_742, true)).toBe('2026-07-01');
});

it('a cell that the spreadsheet shows as a date is that date', () => {
  expect(parseDay({ day: '2026-07-01' })).toBe('2026-07-01');
});

it.each([
  ['nothing', null],
  ['an empty text', ''],
  ['a word', '长期'],
  ['a month', '2026年7月'],
  ['a day that nobody can tell from another', '01/07/2026'],
  ['two digits of a year', '26-07-01'],
  ['a day that does not exist', '2026-02-30'],
  ['29 February of another year', '2027-02-29'],
  ['a thirteenth month', '2026-13-01'],
  ['a day with something behind it', '2026-07-01 至 2027-07-01'],
  ['a month beside a word', '20260701批'],
  ['a year nobody stores goods in', '0026-07-01'],
  ['the far future', '9999-12-31'],
  ['a number that is no serial', 1],
  ['a year as a number', 2026],
  ['a number like a day', 20_260_701],
  ['an endless number', Infinity],
  ['no number', NaN],
  ['truth', true],
  ['an error', { fault: 'cell-error' as const }],
])('%s is no day', (_what, cell) => {
  expect(parseDay(cell)).toBeUndefined();
});
