/**
 * One Ctrl-C arrives several times: from the terminal, and again from each npm on the way that passes it on. What
 * comes within this time after the first is the same wish.
 */
const SAME_WISH_MS = 1_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopRequest {
  /** Somebody wants the program to stop. */
  readonly first: Promise<void>;
  /** Somebody does not want to wait for it. */
  readonly second: Promise<void>;
}

/**
 * Listens for Ctrl-C and its kin, from now to the end of the program.
 * @param signals  what emits the signals: the process, but in tests
 * @param now  milliseconds on any clock
 */
export function onStopRequest(
  signals: Pick<NodeJS.EventEmitter, 'on'> = process,
  now: () => number = () => performance.now(),
): StopRequest {
  let firstAt: number | null = null;
  let resolveFirst: () => void;
  let resolveSecond: () => void;
  const first = new Promise<void>((resolve) => (resolveFirst = resolve));
  const second = new Promise<void>((resolve) => (resolveSecond = resolve));
  const onSignal = (): void => {
    if (firstAt === null) {
      firstAt = now();
      resolveFirst();
    } else if (now() - firstAt > SAME_WISH_MS) {
      resolveSecond();
    }
  };
  for (const signal of STOP_SIGNALS) signals.on(signal, onSignal);
  return { first, second };
}
