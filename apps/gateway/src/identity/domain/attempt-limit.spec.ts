import fc from 'fast-check';
import { waitAfterAttempt, type AttemptLimit } from './attempt-limit';

const LIMIT: AttemptLimit = { freeAttempts: 3, firstWaitSeconds: 1, longestWaitSeconds: 60, forgetAfterSeconds: 3600 };

describe('waitAfterAttempt', () => {
  it('lets the free attempts pass without a wait', () => {
    expect([1, 2, 3].map((attempts) => waitAfterAttempt(LIMIT, attempts))).toEqual([0, 0, 0]);
  });

  it('doubles from the first wait and stops at the longest', () => {
    const waits = [4, 5, 6, 7, 8, 9, 10, 11].map((attempts) => waitAfterAttempt(LIMIT, attempts));
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('never shrinks and never passes the longest wait, however many attempts there were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (attempts) => {
        const wait = waitAfterAttempt(LIMIT, attempts);
        expect(wait).toBeLessThanOrEqual(LIMIT.longestWaitSeconds);
        expect(waitAfterAttempt(LIMIT, attempts + 1)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});
