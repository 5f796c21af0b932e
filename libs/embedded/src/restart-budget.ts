const WINDOW_MS = 60_000;
const RESTARTS_PER_WINDOW = 3;
const FIRST_DELAY_MS = 250;

/**
 * Decides whether a program that died is started again: three times a minute at most, each time after a longer pause.
 * @param restarts  moments of earlier restarts, in milliseconds, ascending
 * @param now  the present moment on the same clock
 * @returns how long to wait before the restart, or null when it has died too often
 */
export function nextRestartDelay(restarts: readonly number[], now: number): number | null {
  const recent = restarts.filter((moment) => now - moment < WINDOW_MS).length;
  return recent >= RESTARTS_PER_WINDOW ? null : FIRST_DELAY_MS * 2 ** recent;
}
