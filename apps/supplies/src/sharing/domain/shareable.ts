/** What decides how much a region may be asked for under one line of an agreement. Integers ≥ 0, base units. */
export interface ShareableFacts {
  /** Free goods of the giver above the floors of its depots. */
  readonly aboveFloorBase: number;
  readonly sharePercent: number;
  /** The most that may be out at one time; null for no limit but the share. */
  readonly maxBase: number | null;
  /** Owed under this line now. */
  readonly owedBase: number;
  /** Promised under this line and not dispatched. */
  readonly promisedBase: number;
  /** Promised by the giver to anybody, under any line, and not dispatched. */
  readonly promisedToAllBase: number;
}

/**
 * What a neighbour may call. The share is taken of what would lie above the floor if everything owed under the line were
 * back, so that calling twice gives no more than calling once.
 * @returns integer ≥ 0; never more than what lies above the floor and is promised to nobody
 * Source: plan 004 §3.
 */
export function shareableBase(facts: ShareableFacts): number {
  const whole = BigInt(facts.aboveFloorBase + facts.owedBase) * BigInt(facts.sharePercent);
  const share = Math.min(Number(whole / 100n), facts.maxBase ?? Number.MAX_SAFE_INTEGER);
  const left = share - facts.owedBase - facts.promisedBase;
  return Math.max(0, Math.min(left, facts.aboveFloorBase - facts.promisedToAllBase));
}
