import { Injectable, Logger } from '@nestjs/common';
import type { Database, Tx } from '../database/database';
import { PeriodicTask } from '../service/periodic-task';

export interface Deadline {
  readonly kind: string;
  readonly subjectId: string;
  readonly payload: Record<string, unknown>;
}

export interface NewDeadline {
  readonly kind: string;
  readonly subjectId: string;
  readonly dueInSeconds: number;
  /** The role or person who has to act when nothing else does. */
  readonly owner: string;
  readonly payload?: Record<string, unknown>;
}

type DeadlineHandler = (tx: Tx, deadline: Deadline) => Promise<void>;

interface DeadlineRow {
  readonly kind: string;
  readonly subject_id: string;
  readonly payload: Record<string, unknown>;
}

const SWEEP_MS = 500;
const MAX_PER_SWEEP = 100;

/**
 * Deadlines as rows: whatever waits has one, so that a restart, a second copy or a wrong clock loses none. Due times are
 * database time. A handler runs in the transaction that removes the row; when it fails, the row stays and is tried again
 * later, with growing pauses and the error beside it.
 */
@Injectable()
export class Deadlines {
  private readonly logger = new Logger(Deadlines.name);
  private readonly handlers = new Map<string, DeadlineHandler>();
  private readonly task: PeriodicTask;

  constructor(private readonly database: Database) {
    this.task = new PeriodicTask('deadline sweeper', SWEEP_MS, () => this.sweep(), this.logger);
  }

  /** Names the one handler of a kind; call it while the module starts. */
  on(kind: string, handler: DeadlineHandler): void {
    if (this.handlers.has(kind)) throw new Error(`deadline kind ${kind} has a handler already`);
    this.handlers.set(kind, handler);
  }

  /** Sets the deadline of a subject; an earlier one of the same kind is replaced. */
  async schedule(tx: Tx, deadline: NewDeadline): Promise<void> {
    await tx.execute(
      `INSERT INTO deadlines (kind, subject_id, owner, due_at, payload)
       VALUES ($1, $2, $3, now() + $4 * interval '1 second', $5)
       ON CONFLICT (kind, subject_id) DO UPDATE
         SET owner = EXCLUDED.owner, due_at = EXCLUDED.due_at, payload = EXCLUDED.payload,
             attempts = 0, last_error = NULL`,
      [
        deadline.kind,
        deadline.subjectId,
        deadline.owner,
        deadline.dueInSeconds,
        JSON.stringify(deadline.payload ?? {}),
      ],
    );
  }

  async cancel(tx: Tx, kind: string, subjectId: string): Promise<void> {
    await tx.execute('DELETE FROM deadlines WHERE kind = $1 AND subject_id = $2', [kind, subjectId]);
  }

  start(): void {
    this.task.start();
  }

  async stop(): Promise<void> {
    await this.task.stop();
  }

  private async sweep(): Promise<void> {
    for (let done = 0; done < MAX_PER_SWEEP && !this.task.stopping; done++) {
      if (!(await this.takeOne())) return;
    }
    this.task.wake();
  }

  private async takeOne(): Promise<boolean> {
    let taken: DeadlineRow | undefined;
    try {
      await this.database.transaction(async (tx) => {
        [taken] = await tx.query<DeadlineRow>(
          `DELETE FROM deadlines WHERE (kind, subject_id) = (
             SELECT kind, subject_id FROM deadlines WHERE due_at <= now() AND kind = ANY($1)
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING kind, subject_id, payload`,
          [[...this.handlers.keys()]],
        );
        if (!taken) return;
        await this.handlers.get(taken.kind)?.(tx, {
          kind: taken.kind,
          subjectId: taken.subject_id,
          payload: taken.payload,
        });
      });
    } catch (error) {
      if (!taken) throw error;
      await this.putOff(taken, error as Error);
    }
    return taken !== undefined;
  }

  /** Puts off what is still due: a deadline that was set anew in the meantime keeps its new time. */
  private async putOff(row: DeadlineRow, error: Error): Promise<void> {
    this.logger.error(`deadline ${row.kind} of ${row.subject_id} failed: ${error.message}`);
    await this.database.query(
      `UPDATE deadlines SET attempts = attempts + 1, last_error = $3,
              due_at = now() + least(60, power(2, least(attempts, 6))) * interval '1 second'
       WHERE kind = $1 AND subject_id = $2 AND due_at <= now()`,
      [row.kind, row.subject_id, error.message.slice(0, 500)],
    );
  }
}
