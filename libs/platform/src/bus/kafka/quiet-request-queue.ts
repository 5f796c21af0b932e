/** What is needed of the class in kafkajs 2.2.4 that holds back requests while the broker throttles a client. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  /** Milliseconds since 1970, or -1. */
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

let isQuiet = false;

/**
 * kafkajs looks into its request queue every millisecond, for ever, even when nothing waits there: 4 % of a core for an
 * idle service, and a warning about negative timeouts. Afterwards it looks only while something waits.
 */
export function quietRequestQueue(): void {
  if (isQuiet) return;
  isQuiet = true;
  // Not part of the public interface, hence the cast; kafkajs is pinned to one exact version.
  const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
