import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { ClearDebt } from './clear-debt';
import type { LoanStepResponse, ReceiveJourneyRequest } from './dto/loan.dto';
import { JourneysRepository } from './journeys.repository';
import { LoansRepository } from './loans.repository';
import { RecordLoanChange, stepOf } from './record-loan-change';
import { TakeInGoods } from './take-in-goods';

/**
 * Counts in what a loan brought, or what came back. Only what came back usable clears the debt: damaged pieces lie with
 * the lender and stay owed, as do those that were lost, on either road.
 */
@Injectable()
export class ReceiveJourneyUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly journeys: JourneysRepository,
    private readonly goods: TakeInGoods,
    private readonly debts: ClearDebt,
    private readonly changes: RecordLoanChange,
  ) {}

  /** @throws DomainError SUPPLIES_JOURNEY_NOT_FOUND (also one between other regions), then as TakeInGoods */
  async execute(tx: Tx, identity: Identity, id: string, request: ReceiveJourneyRequest): Promise<LoanStepResponse> {
    const { caller } = identity;
    const journey = await this.journeys.find(tx, id, '');
    if (journey.purpose === 'draw') throw new DomainError('SUPPLIES_JOURNEY_NOT_FOUND');
    const loan = await this.loans.lockFor(tx, caller, journey.subjectId);
    const cause = causeOfRequest(identity, loan.id);
    const isBack = journey.purpose === 'give-back';
    const { arrived, movementId } = await this.goods.execute(
      tx,
      {
        ...{ caller, journey, kind: journey.purpose, lines: request.lines, note: request.note ?? loan.number },
        newOwner: isBack ? loan.lenderRegionCode : undefined,
      },
      cause,
    );
    if (!isBack) {
      const lent = await this.loans.advance(tx, loan, 'receive');
      await this.changes.execute(tx, lent, 'received', cause);
      return stepOf(lent, { journeyId: journey.id });
    }
    const quantityBase = arrived.reduce((sum, { receivedBase }) => sum + receivedBase, 0);
    if (quantityBase === 0) return stepOf(loan, { journeyId: journey.id });
    const entry = { loan, kind: 'given-back', quantityBase, cause: { movementId } } as const;
    const cleared = await this.debts.execute(tx, { ...entry, recordedBy: caller.displayName }, cause);
    return stepOf(cleared, { journeyId: journey.id });
  }
}
