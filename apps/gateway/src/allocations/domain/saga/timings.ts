/** How long each step may wait, in seconds, before the saga asks again or somebody is told. */
export const TIMINGS = {
  /** Soft promises hold until then; afterwards the request lapses. */
  approvalSeconds: 2 * 3600,
  /** A service that has not answered is asked again with the same ids. */
  answerSeconds: 20,
  /** Firm promises hold this long and are renewed after half of it. */
  firmHoldSeconds: 12 * 3600,
  renewalSeconds: 6 * 3600,
  /** Time in which a team has to answer before the next one is asked. */
  teamAnswerSeconds: 15 * 60,
  /** Goods that stand ready this long without leaving are reported to the keeper's county. */
  departureSeconds: 3600,
  /** A trip that is later than its estimate by this much is reported. */
  lateSeconds: 30 * 60,
  /** Goods, vehicles or teams that are still out this long after the last arrival are reported. */
  closingSeconds: 24 * 3600,
} as const;

/** After so many unanswered tries a named owner is told; the saga goes on asking. */
export const RETRIES_BEFORE_ATTENTION = 5;
/** The time for an answer doubles this often at most. */
export const MAX_DOUBLINGS = 8;
/** A line is planned anew at most this often. */
export const MAX_REPLANS = 5;
