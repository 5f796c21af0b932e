export interface WaitOptions {
  /** Gives up after this long; default 10 000. */
  readonly timeoutMs?: number;
  /** Time between two tries; default 25. */
  readonly everyMs?: number;
}

/**
 * Polls until `condition` gives something truthy, and returns that.
 * A condition that throws counts as "not yet"; its last error is the cause of the failure.
 * @param what ends the sentence "still waiting for …" of the failure
 * @throws Error after `timeoutMs`
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 25 }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= end) throw new Error(`after ${timeoutMs} ms still waiting for ${what}`, { cause });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
