import { Injectable, Logger } from '@nestjs/common';
import type { Bus } from '../bus/bus';
import type { Database, Tx } from '../database/database';
import { PeriodicTask } from '../service/periodic-task';
import { failPoint } from '../service/fail-points';
import { EVENT_HEADERS } from './outbox';

const RELAY_LOCK = 4_711_002;
const BATCH_ROWS = 200;
const SWEEP_MS = 1_000;

interface UnpublishedRow {
  readonly position: string;
  readonly topic: string;
  readonly partition_key: string;
  readonly envelope: string;
}

export interface OutboxState {
  readonly unpublished: number;
  /** Age of the oldest row that waits, in seconds; 0 when none waits. */
  readonly oldestSeconds: number;
}

/**
 * Publishes outbox rows in order and marks them after the acknowledgement; `Retention` deletes them by age. It takes rows
 * that are not yet published, never rows "after the last one": ids are given before the commit. One relay per service
 * works at a time: the batch runs under a lock of its transaction.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly task: PeriodicTask;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {
    this.task = new PeriodicTask('outbox relay', SWEEP_MS, () => this.publishAll(), this.logger);
  }

  start(): void {
    this.task.start();
  }

  /** New rows may be there: do not wait for the next sweep. */
  wake(): void {
    this.task.wake();
  }

  /** Finishes the batch in hand. */
  async stop(): Promise<void> {
    await this.task.stop();
  }

  async state(): Promise<OutboxState> {
    const [row] = await this.database.query<{ unpublished: string; oldest: string | null }>(
      `SELECT count(*) AS unpublished, extract(epoch FROM now() - min(created_at))::int AS oldest
       FROM (SELECT created_at FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT 10000) AS waiting`,
    );
    return { unpublished: Number(row.unpublished), oldestSeconds: Number(row.oldest ?? 0) };
  }

  private async publishAll(): Promise<void> {
    while (!this.task.stopping && (await this.publishBatch()) === BATCH_ROWS);
  }

  private publishBatch(): Promise<number> {
    return this.database.transaction(async (tx) => {
      if (!(await tryLock(tx))) return 0;
      const rows = await tx.query<UnpublishedRow>(
        `SELECT position, topic, partition_key, envelope FROM outbox
         WHERE published_at IS NULL ORDER BY position LIMIT ${BATCH_ROWS}`,
      );
      if (rows.length === 0) return 0;
      failPoint('relay.before-publish');
      await this.bus.publish(
        rows.map((row) => ({
          topic: row.topic,
          key: row.partition_key,
          value: row.envelope,
          headers: EVENT_HEADERS,
        })),
      );
      failPoint('relay.after-publish');
      await tx.execute('UPDATE outbox SET published_at = now() WHERE position = ANY($1::bigint[])', [
        rows.map((row) => row.position),
      ]);
      return rows.length;
    });
  }
}

async function tryLock(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [RELAY_LOCK]);
  return row.locked;
}
