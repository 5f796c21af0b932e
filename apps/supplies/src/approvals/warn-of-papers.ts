import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PurchasePapersOverdue } from '@ledger/contracts';
import { Deadlines, Outbox, type Deadline, type Tx } from '@ledger/platform';
import { ApprovalsRepository } from './approvals.repository';
import { PAPERS_DUE, REMIND_AFTER_SECONDS, causeOfWarning, scheduleWarning } from './papers-deadline';

/**
 * Calls out what waits too long for a signature. A debt of papers is also announced, and called again every day: it ends
 * only when a person signs or refuses.
 * Source: plan 001 §2(2)2 (act first, sign later).
 */
@Injectable()
export class WarnOfPapersUseCase implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly approvals: ApprovalsRepository,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(PAPERS_DUE, (tx, deadline) => this.execute(tx, deadline));
  }

  /** What was decided while the deadline waited for its lock is left alone. */
  async execute(tx: Tx, { subjectId, payload }: Deadline): Promise<void> {
    const approval = await this.approvals.lockPendingById(tx, subjectId);
    if (!approval) return;
    await this.approvals.markOverdue(tx, approval.id);
    const cause = causeOfWarning(approval.id, payload);
    const next = { approvalId: approval.id, owner: approval.signatory, dueInSeconds: REMIND_AFTER_SECONDS };
    await scheduleWarning(this.deadlines, tx, next, cause);
    if (approval.lane === 'ordinary') return;
    const { kind, subjectNumber, regionCode, organisationId, amountFen, signatory, requestedBy, dueAt } = approval;
    await this.outbox.add(
      tx,
      PurchasePapersOverdue,
      {
        ...{ approvalId: approval.id, kind, subjectId: approval.subjectId, subjectNumber, regionCode, organisationId },
        ...{ amountFen, owner: signatory, actedBy: requestedBy, dueAt: dueAt.toISOString() },
        warning: approval.warnings + 1,
      },
      cause,
    );
  }
}
