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
