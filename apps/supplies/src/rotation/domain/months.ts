import type { Day } from '../../stock/domain/calendar';

const DAY_MS = 86_400_000;
const atNoon = (day: Day): number => Date.parse(`${day}T12:00:00Z`);
const dayOf = (milliseconds: number): Day => new Date(milliseconds).toISOString().slice(0, 10);

/** The day so many days later; earlier for a negative count. */
export const addDays = (day: Day, days: number): Day => dayOf(atNoon(day) + days * DAY_MS);

/** Whole days from one day to another; negative when the other lies before. */
export const daysBetween = (from: Day, to: Day): number => Math.round((atNoon(to) - atNoon(from)) / DAY_MS);

/**
 * The same day so many months later, or the last day of that month when it is shorter: 31 January and one month is
 * 28 or 29 February. PostgreSQL counts `date + interval 'n months'` the same way.
 * @param months  integer, may be negative
 */
export function addMonths(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const [targetYear, targetMonth] = [Math.floor(index / 12), index - Math.floor(index / 12) * 12];
  const lastDay = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(targetYear, targetMonth, Math.min(dayOfMonth, lastDay), 12));
}
