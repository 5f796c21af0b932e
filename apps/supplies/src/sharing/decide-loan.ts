import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import type { DecideLoanRequest, LoanStepResponse } from './dto/loan.dto';
import { LoansRepository, stateAfter, type Loan } from './loans.repository';
import { actsFor } from './reach';
import { RecordLoanChange, stepOf } from './record-loan-change';
import { lockShareableLine } from './shareable-lines';

/** The lender's commander agrees to a loan, to all or a part of it, or refuses it. */
@Injectable()
export class DecideLoanUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_SHARING_WRONG_SIDE, SUPPLIES_APPROVAL_BY_REQUESTER,
   *   SUPPLIES_LOAN_TRANSITION_FORBIDDEN, REQUEST_INVALID (no reason to refuse, more than was asked),
   *   SUPPLIES_SHARING_NOT_AGREED, SUPPLIES_LOAN_BEYOND_SHARE (more than the agreement gives now, without a reason)
   */
  async execute(tx: Tx, identity: Identity, id: string, request: DecideLoanRequest): Promise<LoanStepResponse> {
    const { caller } = identity;
    const loan = await this.loans.lockFor(tx, caller, id);
    if (!actsFor(caller, loan.lenderRegionCode)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
    if (loan.requestedById === caller.userId) throw new DomainError('SUPPLIES_APPROVAL_BY_REQUESTER');
    const decided = { decided_by: caller.displayName, decided_by_id: caller.userId };
    const cause = causeOfRequest(identity, id);
    if (request.decision === 'refuse') {
      stateAfter(loan, 'refuse');
      const { reason } = request;
      if (reason === undefined) throw invalid('/reason', 'is needed to refuse');
      const refused = await this.loans.advance(tx, loan, 'refuse', { ...decided, end_reason: reason });
      await this.changes.free(tx, refused);
      await this.changes.execute(tx, refused, 'refused', cause);
      return stepOf(refused);
    }
    stateAfter(loan, 'approve');
    const grantedBase = request.grantedBase ?? loan.askedBase;
    const isBeyond = await exceedsShare(tx, loan, grantedBase, request.overrideReason);
    const granted = { granted_base: grantedBase, override_reason: isBeyond ? request.overrideReason : null };
    const approved = await this.loans.advance(tx, loan, 'approve', { ...decided, ...granted });
    await this.changes.holdForDispatch(tx, approved, cause);
    await this.changes.execute(tx, approved, 'approved', cause);
    return stepOf(approved);
  }
}

/** Whether more is granted than the agreement gives; the commander then says why. */
async function exceedsShare(tx: Tx, loan: Loan, grantedBase: number, reason: string | undefined): Promise<boolean> {
  if (grantedBase > loan.askedBase) throw invalid('/grantedBase', 'is more than was asked for');
  const { agreementId, lenderRegionCode: giverRegionCode, itemCode } = loan;
  const wanted = { agreementId, giverRegionCode, itemCode, exceptLoanId: loan.id };
  const line = await lockShareableLine(tx, wanted, chinaDay(tx.now));
  if (!line) throw new DomainError('SUPPLIES_SHARING_NOT_AGREED');
  const isBeyond = grantedBase > line.callableBase;
  if (isBeyond && reason === undefined) {
    const facts = { askedBase: grantedBase, callableBase: line.callableBase };
    throw new DomainError('SUPPLIES_LOAN_BEYOND_SHARE', { facts });
  }
  return isBeyond;
}

const invalid = (pointer: string, reason: string): DomainError =>
  new DomainError('REQUEST_INVALID', { errors: [{ pointer, reason }] });
