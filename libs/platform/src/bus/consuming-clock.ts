import type { ConsumerState } from './bus';

/** Remembers whether a consumer consumes, and since when. */
export class ConsumingClock {
  private consuming = false;
  private since = new Date();

  set(consuming: boolean): void {
    if (consuming === this.consuming) return;
    this.consuming = consuming;
    this.since = new Date();
  }

  state(pausedPartitions: readonly string[]): ConsumerState {
    return { consuming: this.consuming, since: this.since, pausedPartitions };
  }
}
