import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import type { LoanStepResponse, WithdrawLoanRequest } from './dto/loan.dto';
import { LoansRepository } from './loans.repository';
import { actsFor } from './reach';
import { RecordLoanChange, stepOf } from './record-loan-change';

/** The borrower does without, as long as nothing has left. */
@Injectable()
export class WithdrawLoanUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_SHARING_WRONG_SIDE,
   *   SUPPLIES_LOAN_TRANSITION_FORBIDDEN
   */
  async execute(tx: Tx, identity: Identity, id: string, { reason }: WithdrawLoanRequest): Promise<LoanStepResponse> {
    const loan = await this.loans.lockFor(tx, identity.caller, id);
    if (!actsFor(identity.caller, loan.borrowerRegionCode)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
    const withdrawn = await this.loans.advance(tx, loan, 'withdraw', { end_reason: reason });
    await this.changes.free(tx, withdrawn);
    await this.changes.execute(tx, withdrawn, 'withdrawn', causeOfRequest(identity, id));
    return stepOf(withdrawn);
  }
}
