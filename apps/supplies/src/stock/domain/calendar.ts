/** China has used one time zone without summer time since 1991. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** A calendar day, `2026-07-01`. Days of this form compare in time order as texts. */
export type Day = string;

/**
 * The calendar day in China at an instant. Expiry dates are days there, wherever the server stands.
 * @param instant  database time, handed in by the caller
 */
export function chinaDay(instant: Date): Day {
  return new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The later of two days. */
export const laterDay = (one: Day, other: Day): Day => (one > other ? one : other);

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day so many days later, or earlier when `days` is negative. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The instant at which a day begins in China. A day ends where the next begins. */
export const startOfDay = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS);
