import { nextRestartDelay } from './restart-budget';

describe('nextRestartDelay', () => {
  const now = 1_000_000;

  it('waits longer after each restart and gives up after three in a minute', () => {
    const delays = [0, 1, 2, 3].map((count) => nextRestartDelay(Array<number>(count).fill(now - 1_000), now));
    expect(delays).toEqual([250, 500, 1_000, null]);
  });

  it('forgets restarts that are more than a minute ago', () => {
    expect(nextRestartDelay([now - 60_000, now - 60_000, now - 60_000], now)).toBe(250);
    expect(nextRestartDelay([now - 59_999, now - 59_999, now - 59_999], now)).toBeNull();
  });
});
