import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkOverdue, type Realm } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { REMIND_EVERY_HOURS, WORKS, WORK_OWNERS, ownerAt, type Work } from './domain/overdue';

const HOUR_SECONDS = 3_600;

/** Work that waits in a depot. */
export interface WaitingWork {
  readonly work: Work;
  readonly subjectId: string;
  readonly depot: { readonly id: string; readonly regionCode: string };
  readonly dueAt: Date;
}

interface Payload extends Record<string, unknown> {
  readonly depotId: string;
  readonly regionCode: string;
  readonly dueAt: string;
  readonly reminder: number;
  readonly correlationId: string;
  readonly realm: Realm;
}

/** Keeps a deadline for whatever waits in a warehouse. Work that is late is announced, and again every day. */
@Injectable()
export class OverdueWork implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    for (const work of WORKS) {
      this.deadlines.on(kindOf(work), (tx, { subjectId, payload }) =>
        this.remind(tx, work, subjectId, payload as Payload),
      );
    }
  }

  /** An earlier deadline of the same work is replaced. */
  async expect(tx: Tx, { work, subjectId, depot, dueAt }: WaitingWork, cause: Cause): Promise<void> {
    const payload: Payload = {
      depotId: depot.id,
      regionCode: depot.regionCode,
      dueAt: dueAt.toISOString(),
      reminder: 1,
      correlationId: cause.correlationId,
      realm: cause.realm,
    };
    await this.deadlines.schedule(tx, {
      kind: kindOf(work),
      subjectId,
      dueInSeconds: Math.max(0, Math.round((dueAt.getTime() - tx.now.getTime()) / 1_000)),
      owner: WORK_OWNERS[work],
      payload,
    });
  }

  /** The work was done, or is not wanted any more. */
  async done(tx: Tx, work: Work, subjectId: string): Promise<void> {
    await this.deadlines.cancel(tx, kindOf(work), subjectId);
  }

  private async remind(tx: Tx, work: Work, subjectId: string, payload: Payload): Promise<void> {
    const { depotId, regionCode, dueAt, reminder, correlationId, realm } = payload;
    const overdue = { work, subjectId, depotId, regionCode, dueAt, reminder, owner: ownerAt(work, reminder) };
    await this.outbox.add(tx, WorkOverdue, overdue, { correlationId, causationId: subjectId, realm });
    await this.deadlines.schedule(tx, {
      kind: kindOf(work),
      subjectId,
      dueInSeconds: REMIND_EVERY_HOURS * HOUR_SECONDS,
      owner: ownerAt(work, reminder + 1),
      payload: { ...payload, reminder: reminder + 1 },
    });
  }
}

const kindOf = (work: Work): string => `${work}-due`;

/** An instant some hours after the transaction's. */
export const inHours = (tx: Tx, hours: number): Date => new Date(tx.now.getTime() + hours * HOUR_SECONDS * 1_000);
