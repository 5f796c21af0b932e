import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { addDays, chinaDay } from '../stock/domain/calendar';
import { totalBase } from '../stock/domain/draw';
import { DebtBookRepository } from './debt-book.repository';
import type { DispatchLoanRequest, LoanStepResponse } from './dto/loan.dto';
import { LoansRepository, stateAfter } from './loans.repository';
import { RecordLoanChange, stepOf } from './record-loan-change';
import { SendGoods } from './send-goods';

/**
 * Lent goods leave the lender's depot, and are owed from then on: the road is the borrower's risk. The lots stay the
 * lender's.
 */
@Injectable()
export class DispatchLoanUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly depots: DepotsRepository,
    private readonly goods: SendGoods,
    private readonly debts: DebtBookRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (also one that is not the
   *   lender's), SUPPLIES_LOAN_TRANSITION_FORBIDDEN, SUPPLIES_LOAN_EXCEEDED (more than was granted), SUPPLIES_LOT_NOT_LENDABLE
   *   (not the lender's alone), then as SendGoods: SUPPLIES_FLOOR_REACHED unless the commander overrode it
   */
  async execute(tx: Tx, identity: Identity, id: string, request: DispatchLoanRequest): Promise<LoanStepResponse> {
    const { caller } = identity;
    const loan = await this.loans.lockFor(tx, caller, id);
    const from = await this.depots.findFor(tx, caller, request.depotId, 'clear');
    if (!regionCovers(loan.lenderRegionCode, from.regionCode)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    stateAfter(loan, 'dispatch');
    const quantityBase = totalBase(request.lines);
    if (quantityBase > (loan.grantedBase ?? 0)) {
      throw new DomainError('SUPPLIES_LOAN_EXCEEDED', { facts: { mostBase: loan.grantedBase ?? 0, quantityBase } });
    }
    const cause = causeOfRequest(identity, id);
    const { journeyId, movementId } = await this.goods.execute(
      tx,
      {
        ...{ caller, purpose: 'lend', kind: 'lend', subjectId: loan.id, from, toDepotId: loan.toDepotId },
        ...{ itemCode: loan.itemCode, lines: request.lines, note: request.note ?? loan.number },
        keepsFloorOf: loan.overrideReason === null ? loan.lenderRegionCode : null,
        assertFit: ({ id: lotId, ownerRegionCode, joint }) => {
          if (!joint && regionCovers(loan.lenderRegionCode, ownerRegionCode)) return;
          throw new DomainError('SUPPLIES_LOT_NOT_LENDABLE', { facts: { lotId } });
        },
      },
      cause,
    );
    const dueOn = addDays(chinaDay(tx.now), loan.loanDays);
    const sent = await this.loans.advance(tx, loan, 'dispatch', { lent_base: quantityBase, due_on: dueOn });
    const entry = { loan: sent, kind: 'lent', quantityBase, cause: { movementId } } as const;
    await this.debts.post(tx, { ...entry, recordedBy: caller.displayName });
    await this.changes.owe(tx, sent, dueOn, cause);
    await this.changes.execute(tx, sent, 'dispatched', cause);
    return stepOf(sent, { journeyId });
  }
}
