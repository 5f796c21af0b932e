/** How many sign-ins may fail before the next one has to wait, and for how long. */
export interface AttemptLimit {
  /** Failures that cost nothing. */
  readonly freeAttempts: number;
  readonly firstWaitSeconds: number;
  readonly longestWaitSeconds: number;
  /** A quiet time after which everything is forgotten. */
  readonly forgetAfterSeconds: number;
}

/** One user name, from wherever it is tried. Beyond the free attempts at most about a hundred guesses a day remain. */
export const USER_LIMIT: AttemptLimit = {
  freeAttempts: 10,
  firstWaitSeconds: 1,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 3600,
};

/** One network address, whichever users it tries; an office may share one. */
export const ADDRESS_LIMIT: AttemptLimit = {
  freeAttempts: 100,
  firstWaitSeconds: 1,
  longestWaitSeconds: 900,
  forgetAfterSeconds: 3600,
};

/**
 * The wait that follows an attempt: none while attempts are free, then doubling up to the longest.
 * @param attempts  attempts that have not been followed by a success, this one included; ≥ 1
 * @returns whole seconds, ≥ 0
 */
export function waitAfterAttempt(limit: AttemptLimit, attempts: number): number {
  const beyond = attempts - limit.freeAttempts;
  if (beyond <= 0) return 0;
  return Math.min(limit.longestWaitSeconds, limit.firstWaitSeconds * 2 ** Math.min(beyond - 1, 30));
}
