/** China has used one time zone without summer time since 1991. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The calendar day in China, `2026-07-01`, on which an instant falls. Days of this form compare in time order as texts. */
export const dayInChina = (instant: Date): string =>
  new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);

/** The instant at which a calendar day begins in China. */
export const startOfDayInChina = (day: string): Date => new Date(Date.parse(day) - CHINA_OFFSET_MS);

/** The calendar day so many days later, or earlier when negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Calendar days from one day to another; negative when the other lies before. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
