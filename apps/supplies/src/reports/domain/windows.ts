/** Ends of the windows in which goods are shown that will be past their date, in days from today. */
const ENDS = [7, 30, 90, 180, 365, 730, 1095] as const;

export interface Window {
  /** Days from today to the last day of use, first and last of the window; null for what is past its date. */
  readonly fromDays: number | null;
  readonly toDays: number;
}

/**
 * The windows up to a number of days: what is past its date, then day 0 to 7, 8 to 30 and so on; the last one ends at
 * `withinDays`. Each day lies in exactly one of them.
 * @param withinDays  integer ≥ 0
 */
export function windowsWithin(withinDays: number): Window[] {
  const ends = [...ENDS.filter((end) => end < withinDays), withinDays];
  return [
    { fromDays: null, toDays: -1 },
    ...ends.map((toDays, index) => ({ fromDays: index === 0 ? 0 : ends[index - 1] + 1, toDays })),
  ];
}
