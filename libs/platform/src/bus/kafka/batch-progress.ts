import type { EachBatchPayload } from 'kafkajs';

/** A broker takes some milliseconds for a commit, so not every message has its own; a crash repeats this much. */
const COMMIT_EVERY_MS = 100;

/** Remembers how far the messages of one batch have been handled, and commits exactly that. */
export class BatchProgress {
  private uncommitted: string | undefined;
  private lastCommit = performance.now();

  constructor(private readonly payload: EachBatchPayload) {}

  /** The message at this offset is done; the next fetch begins behind it. */
  async handled(offset: string): Promise<void> {
    this.payload.resolveOffset(offset);
    this.uncommitted = offset;
    if (performance.now() - this.lastCommit >= COMMIT_EVERY_MS) await this.commit();
  }

  async commit(): Promise<void> {
    if (this.uncommitted === undefined) return;
    const { batch, commitOffsetsIfNecessary } = this.payload;
    const offset = String(BigInt(this.uncommitted) + 1n);
    await commitOffsetsIfNecessary({
      topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
    });
    this.uncommitted = undefined;
    this.lastCommit = performance.now();
  }
}
