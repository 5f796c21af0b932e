import { Alarm } from '../alarm';
import type { BusLogger } from '../bus-logger';
import type { BusDatabase } from './bus-database';

const LOCK = 'ledger embedded bus sweeper';
const ROWS_AT_ONCE = 2_000;

/** Deletes messages that are older than their topic keeps them, whether or not every group has read them. */
export class RetentionSweeper {
  private readonly alarm = new Alarm();
  private isStopping = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: BusDatabase,
    private readonly logger: BusLogger,
    private readonly everyMs: number,
  ) {}

  /** May be called again; there is one sweeper. */
  start(): void {
    this.running ??= this.sweepUntilStopped();
  }

  /** Finishes the deletion in hand. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.alarm.ring();
    await this.running;
  }

  private async sweepUntilStopped(): Promise<void> {
    while (!this.isStopping) {
      try {
        while ((await this.sweep()) === ROWS_AT_ONCE && !this.isStopping);
      } catch (error) {
        this.logger.debug({ err: error }, 'old messages are not deleted now; trying again later');
      }
      if (!this.isStopping) await this.alarm.wait(this.everyMs);
    }
  }

  /** One process at a time; the others have nothing to do. @returns the number of rows deleted */
  private sweep(): Promise<number> {
    return this.database.transaction(async (query) => {
      const [{ locked }] = await query<{ locked: boolean }>(
        'SELECT pg_try_advisory_xact_lock(hashtext($1)) AS locked',
        [LOCK],
      );
      if (!locked) return 0;
      const deleted = await query(
        `DELETE FROM messages WHERE ctid IN (
           SELECT messages.ctid FROM topics
           JOIN messages ON topic = name AND created_at < now() - retention_ms * interval '1 millisecond'
           LIMIT ${ROWS_AT_ONCE}) RETURNING 1`,
      );
      return deleted.length;
    });
  }
}
