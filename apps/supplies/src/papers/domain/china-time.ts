const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** An instant as clocks in China show it, `2026-07-01 08:05`. */
export const chinaTime = (instant: Date): string =>
  new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');

/** `2026年07月01日`. */
export function chinaDate(instant: Date): string {
  const [year, month, day] = chinaTime(instant).slice(0, 10).split('-');
  return `${year}年${month}月${day}日`;
}

/**
 * The number of a paper: kind, year in China, and the place of what it is about in the ledger.
 * @param sequence  of a movement or a count; a paper of the same thing always has the same number
 */
export const paperNumber = (prefix: string, instant: Date, sequence: number): string =>
  `${prefix}-${chinaTime(instant).slice(0, 4)}-${String(sequence).padStart(8, '0')}`;
