import { Injectable } from '@nestjs/common';
import { LoanChanged, startOfDayInChina, type LoanChangeName } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { addDays, type Day } from '../stock/domain/calendar';
import type { LoanStepResponse } from './dto/loan.dto';
import { owedBase, type Loan } from './loans.repository';

/** Kind of the deadline of a request or promise on which nobody acts. */
export const LOAN_HOLD = 'loan-hold';
/** Kind of the deadline of goods that are owed. */
export const LOAN_DUE = 'loan-due';
/** A request without an answer ends after the hours of the agreement, and after one at least. */
const HOUR_SECONDS = 3_600;
/** An approved loan that nobody dispatches frees its pieces after so long. An estimate. */
const APPROVED_SECONDS = 72 * HOUR_SECONDS;
/** What is overdue is called again every day, until nothing is owed. */
const REMIND_SECONDS = 24 * HOUR_SECONDS;

/** Says what happened to a loan, to others and to the deadlines: whatever waits has one. */
@Injectable()
export class RecordLoanChange {
  constructor(
    private readonly outbox: Outbox,
    private readonly deadlines: Deadlines,
  ) {}

  async execute(tx: Tx, loan: Loan, change: LoanChangeName, cause: Cause): Promise<void> {
    const { id: loanId, number, state, lenderRegionCode, borrowerRegionCode, itemCode, lentBase, dueOn } = loan;
    const sides = { lenderRegionCode, borrowerRegionCode };
    const quantities = { lentBase, owedBase: owedBase(loan), dueOn };
    await this.outbox.add(tx, LoanChanged, { loanId, number, change, state, ...sides, itemCode, ...quantities }, cause);
  }

  async holdForAnswer(tx: Tx, loan: Loan, responseHours: number, cause: Cause): Promise<void> {
    const dueInSeconds = Math.max(1, responseHours) * HOUR_SECONDS;
    await this.deadlines.schedule(tx, { ...waitingFor(LOAN_HOLD, loan, 'approver', cause), dueInSeconds });
  }

  async holdForDispatch(tx: Tx, loan: Loan, cause: Cause): Promise<void> {
    const waiting = waitingFor(LOAN_HOLD, loan, 'stock-manager', cause);
    await this.deadlines.schedule(tx, { ...waiting, dueInSeconds: APPROVED_SECONDS });
  }

  async free(tx: Tx, loan: Loan): Promise<void> {
    await this.deadlines.cancel(tx, LOAN_HOLD, loan.id);
  }

  /** The goods are owed from now on; they are overdue when their last day is over. */
  async owe(tx: Tx, loan: Loan, dueOn: Day, cause: Cause): Promise<void> {
    await this.free(tx, loan);
    const over = startOfDayInChina(addDays(dueOn, 1));
    const dueInSeconds = Math.max(0, Math.ceil((over.getTime() - tx.now.getTime()) / 1000));
    await this.deadlines.schedule(tx, { ...waitingFor(LOAN_DUE, loan, 'stock-manager', cause), dueInSeconds });
  }

  async remind(tx: Tx, loan: Loan, cause: Cause): Promise<void> {
    const waiting = waitingFor(LOAN_DUE, loan, 'approver', cause);
    await this.deadlines.schedule(tx, { ...waiting, dueInSeconds: REMIND_SECONDS });
  }

  async settle(tx: Tx, loan: Loan): Promise<void> {
    await this.deadlines.cancel(tx, LOAN_DUE, loan.id);
  }
}

const waitingFor = (kind: string, { id: subjectId }: Loan, owner: string, { correlationId, realm }: Cause) => ({
  ...{ kind, subjectId, owner },
  payload: { correlationId, realm },
});

export const stepOf = (
  loan: Loan,
  made: { readonly journeyId?: string; readonly settlementId?: string } = {},
): LoanStepResponse => ({
  loanId: loan.id,
  number: loan.number,
  state: loan.state,
  grantedBase: loan.grantedBase,
  lentBase: loan.lentBase,
  owedBase: owedBase(loan),
  dueOn: loan.dueOn,
  journeyId: made.journeyId ?? null,
  settlementId: made.settlementId ?? null,
});
