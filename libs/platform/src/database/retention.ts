import { INBOX_RETENTION_MS, TOPIC_RETENTION_MS } from '@ledger/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { PeriodicTask } from '../service/periodic-task';
import type { Database } from './database';

const DAY_MS = 24 * 60 * 60 * 1000;
const EVERY_MS = 10 * 60 * 1000;
const ROWS_AT_ONCE = 2_000;

/** What the platform keeps for a time only, counted from the time in a column; rows without that time stay. */
const KEPT = [
  { table: 'outbox', since: 'published_at', milliseconds: TOPIC_RETENTION_MS },
  { table: 'inbox', since: 'received_at', milliseconds: INBOX_RETENTION_MS },
  { table: 'inbox_sequences', since: 'updated_at', milliseconds: INBOX_RETENTION_MS },
  { table: 'idempotency_keys', since: 'created_at', milliseconds: 30 * DAY_MS },
] as const;

/** Deletes what has served its time, a small bite at a time so that nothing waits for it. */
@Injectable()
export class Retention {
  private readonly task: PeriodicTask;

  constructor(private readonly database: Database) {
    this.task = new PeriodicTask('retention', EVERY_MS, () => this.sweep(), new Logger(Retention.name));
  }

  start(): void {
    this.task.start();
  }

  /** Finishes the bite in hand. */
  async stop(): Promise<void> {
    await this.task.stop();
  }

  private async sweep(): Promise<void> {
    for (const kept of KEPT) {
      while (!this.task.stopping && (await this.deleteSome(kept)) === ROWS_AT_ONCE);
    }
  }

  private deleteSome({ table, since, milliseconds }: (typeof KEPT)[number]): Promise<number> {
    return this.database.transaction((tx) =>
      tx.execute(
        `DELETE FROM ${table} WHERE ctid IN (
           SELECT ctid FROM ${table} WHERE ${since} < now() - $1 * interval '1 millisecond' LIMIT ${ROWS_AT_ONCE})`,
        [milliseconds],
      ),
    );
  }
}
