/** Plain dates as `YYYY-MM-DD`, counted in UTC so that no machine's time zone can shift a day. */
export type PlainDate = string;

/** The day the demonstration data are drawn for: production dates lie before it, most expiry dates after it. */
export const REFERENCE_DATE: PlainDate = '2026-11-22';

const MILLISECONDS_PER_DAY = 86_400_000;

export function addDays(date: PlainDate, days: number): PlainDate {
  return toPlainDate(Date.parse(date) + days * MILLISECONDS_PER_DAY);
}

/** The same day of the month `months` later (or earlier); the last day of a shorter month. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = date.split('-').map(Number);
  const target = { year: year, month: month - 1 + months };
  const lastDay = new Date(Date.UTC(target.year, target.month + 1, 0)).getUTCDate();
  return toPlainDate(Date.UTC(target.year, target.month, Math.min(day, lastDay)));
}

const toPlainDate = (milliseconds: number): PlainDate => new Date(milliseconds).toISOString().slice(0, 10);
