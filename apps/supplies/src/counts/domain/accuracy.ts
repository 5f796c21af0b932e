/**
 * The share of lines that were found as the books say, in per cent with two decimals, rounded down: 99.99 never reads
 * as 100.
 * @returns null when nothing was counted
 */
export function accuracyPercent(lines: number, exactLines: number): number | null {
  return lines === 0 ? null : Math.floor((exactLines * 10_000) / lines) / 100;
}
