import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { MAX_AMOUNT_FEN } from '../input/patterns';
import { ClearDebt } from './clear-debt';
import type { DecideSettlementRequest, LoanStepResponse, ProposeSettlementRequest } from './dto/loan.dto';
import { LoansRepository, owedBase, stateAfter, type Loan } from './loans.repository';
import { actsFor } from './reach';
import { stepOf } from './record-loan-change';
import { SettlementsRepository } from './settlements.repository';

/** Pays for pieces that do not come back: one side proposes a price, the other confirms it. */
@Injectable()
export class SettleLoanUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly settlements: SettlementsRepository,
    private readonly debts: ClearDebt,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_SHARING_WRONG_SIDE,
   *   SUPPLIES_LOAN_TRANSITION_FORBIDDEN, SUPPLIES_LOAN_REPLACEMENT_REFUSED (only goods stand in for goods),
   *   REQUEST_INVALID (no price, or an amount beyond counting), SUPPLIES_LOAN_EXCEEDED
   */
  async propose(
    tx: Tx,
    { caller }: Identity,
    id: string,
    request: ProposeSettlementRequest,
  ): Promise<LoanStepResponse> {
    const loan = await this.loans.lockFor(tx, caller, id);
    const side = sideOf(caller, loan);
    if (!side) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
    stateAfter(loan, 'clear-part');
    if (loan.replacement === 'kind') throw new DomainError('SUPPLIES_LOAN_REPLACEMENT_REFUSED');
    const { quantityBase, documentNumber, unitPriceFen = loan.piecePriceFen ?? undefined } = request;
    if (unitPriceFen === undefined || quantityBase * unitPriceFen > MAX_AMOUNT_FEN) {
      const reason = unitPriceFen === undefined ? 'is not agreed' : 'makes the amount too large';
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/unitPriceFen', reason }] });
    }
    const mostBase = owedBase(loan) - (await this.loans.pendingBase(tx, id));
    if (quantityBase > mostBase) {
      throw new DomainError('SUPPLIES_LOAN_EXCEEDED', { facts: { mostBase, quantityBase } });
    }
    const proposal = { loanId: loan.id, caller, side, quantityBase, unitPriceFen, documentNumber };
    return stepOf(loan, { settlementId: await this.settlements.insert(tx, proposal) });
  }

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_SETTLEMENT_NOT_FOUND, SUPPLIES_SHARING_WRONG_SIDE (only
   *   the side that did not propose decides), SUPPLIES_SETTLEMENT_BY_PROPOSER, SUPPLIES_SETTLEMENT_DECIDED
   */
  async decide(
    tx: Tx,
    identity: Identity,
    { id, settlementId }: { readonly id: string; readonly settlementId: string },
    { decision }: DecideSettlementRequest,
  ): Promise<LoanStepResponse> {
    const { caller } = identity;
    const loan = await this.loans.lockFor(tx, caller, id);
    const settlement = await this.settlements.find(tx, loan.id, settlementId);
    const other = settlement.proposedFor === 'lender' ? loan.borrowerRegionCode : loan.lenderRegionCode;
    if (!actsFor(caller, other)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
    if (settlement.proposedById === caller.userId) throw new DomainError('SUPPLIES_SETTLEMENT_BY_PROPOSER');
    if (settlement.state !== 'proposed') throw new DomainError('SUPPLIES_SETTLEMENT_DECIDED');
    await this.settlements.decide(tx, settlement.id, decision === 'approve' ? 'confirmed' : 'refused', caller);
    if (decision === 'refuse') return stepOf(loan, { settlementId: settlement.id });
    const { quantityBase } = settlement;
    const entry = { loan, kind: 'settled', quantityBase, cause: { settlementId: settlement.id } } as const;
    const cause = causeOfRequest(identity, loan.id);
    const cleared = await this.debts.execute(tx, { ...entry, recordedBy: caller.displayName }, cause);
    return stepOf(cleared, { settlementId: settlement.id });
  }
}

/** People of a tier above both sides speak for the lender first. */
function sideOf(caller: Caller, loan: Loan): 'lender' | 'borrower' | undefined {
  if (actsFor(caller, loan.lenderRegionCode)) return 'lender';
  return actsFor(caller, loan.borrowerRegionCode) ? 'borrower' : undefined;
}
