/**
 * Waits for a promise, but not for ever. The work behind the promise goes on; whoever gives up on it also has to end it.
 * @throws Error after `limitMs`, naming `what`
 */
export async function withTimeLimit<T>(what: string, limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${limitMs} ms`)), limitMs);
  });
  promise.catch(() => undefined); // Should it fail after the limit, nobody is left to be told.
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** 100 ms, doubled with every failure up to `maxMs`; half of it drawn by lot so that processes do not move in step. */
export function backoffMs(failures: number, maxMs: number): number {
  const full = Math.min(maxMs, 100 * 2 ** Math.min(failures, 10));
  return full / 2 + (Math.random() * full) / 2;
}
