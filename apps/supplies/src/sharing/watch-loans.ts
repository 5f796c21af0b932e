import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Realm } from '@ledger/contracts';
import { Deadlines, type Cause, type Deadline, type Tx } from '@ledger/platform';
import { nextLoanState } from './domain/loan-state';
import { LoansRepository, owedBase } from './loans.repository';
import { LOAN_DUE, LOAN_HOLD, RecordLoanChange } from './record-loan-change';

/** Frees what nobody acted on in time, and calls out what is owed past its day, again every day. */
@Injectable()
export class WatchLoans implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly loans: LoansRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(LOAN_HOLD, (tx, deadline) => this.lapse(tx, deadline));
    this.deadlines.on(LOAN_DUE, (tx, deadline) => this.warn(tx, deadline));
  }

  private async lapse(tx: Tx, deadline: Deadline): Promise<void> {
    const loan = await this.loans.lock(tx, deadline.subjectId);
    if (!loan || !nextLoanState(loan.state, 'lapse')) return;
    const lapsed = await this.loans.advance(tx, loan, 'lapse', { end_reason: 'nobody acted in time' });
    await this.changes.execute(tx, lapsed, 'lapsed', causeOf(deadline));
  }

  private async warn(tx: Tx, deadline: Deadline): Promise<void> {
    const loan = await this.loans.lock(tx, deadline.subjectId);
    if (!loan || owedBase(loan) === 0) return;
    await tx.execute('UPDATE loans SET overdue_warnings = overdue_warnings + 1 WHERE id = $1', [loan.id]);
    await this.changes.remind(tx, loan, causeOf(deadline));
    await this.changes.execute(tx, loan, 'overdue', causeOf(deadline));
  }
}

const causeOf = ({ subjectId, payload }: Deadline): Cause => ({
  correlationId: String(payload.correlationId),
  causationId: subjectId,
  realm: payload.realm as Realm,
});
