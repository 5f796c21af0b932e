import type { Day } from '../../stock/domain/calendar';

const DAY_MS = 86_400_000;
const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** Days from one calendar day to another; negative when the other is earlier. */
export const daysBetween = (one: Day, other: Day): number => Math.round((startOf(other) - startOf(one)) / DAY_MS);

/** The calendar day so many days later. */
export const dayAfter = (day: Day, days: number): Day =>
  new Date(startOf(day) + days * DAY_MS).toISOString().slice(0, 10);
