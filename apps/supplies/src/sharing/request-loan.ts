import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import type { LoanStepResponse, RequestLoanRequest } from './dto/loan.dto';
import { LoansRepository } from './loans.repository';
import { actsFor } from './reach';
import { RecordLoanChange, stepOf } from './record-loan-change';
import { lockShareableLine } from './shareable-lines';

/** Asks a neighbour for goods. What is asked within the share is held until the neighbour answers. */
@Injectable()
export class RequestLoanUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly loans: LoansRepository,
    private readonly changes: RecordLoanChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   SUPPLIES_SHARING_NOT_AGREED (no agreement in force gives the item to the depot's region),
   *   SUPPLIES_SHARING_WRONG_SIDE (the caller does not act for the borrower), SUPPLIES_LOAN_BEYOND_SHARE
   * Source: plan 004 §3.
   */
  async execute(tx: Tx, identity: Identity, request: RequestLoanRequest): Promise<LoanStepResponse> {
    const { caller } = identity;
    const depot = await this.depots.findFor(tx, caller, request.toDepotId, 'receive');
    const { giver, taker } = await sidesOf(tx, request.agreementId, depot);
    const wanted = { agreementId: request.agreementId, giverRegionCode: giver, itemCode: request.itemCode };
    const line = await lockShareableLine(tx, wanted, chinaDay(tx.now));
    if (!line) throw new DomainError('SUPPLIES_SHARING_NOT_AGREED');
    assertBorrower(caller, taker);
    const { quantityBase, beyondShare, reason } = request;
    if (!beyondShare && quantityBase > line.callableBase) {
      const facts = { askedBase: quantityBase, callableBase: line.callableBase };
      throw new DomainError('SUPPLIES_LOAN_BEYOND_SHARE', { facts });
    }
    const loan = await this.loans.insert(tx, { caller, line, quantityBase, toDepotId: depot.id, reason, beyondShare });
    const cause = causeOfRequest(identity, loan.id);
    await this.changes.holdForAnswer(tx, loan, line.responseHours, cause);
    await this.changes.execute(tx, loan, 'requested', cause);
    return stepOf(loan);
  }
}

/** @throws DomainError SUPPLIES_SHARING_NOT_AGREED */
async function sidesOf(tx: Tx, agreementId: string, depot: Depot): Promise<{ giver: string; taker: string }> {
  const [agreement] = await tx.query<{ offering: string; answering: string }>(
    `SELECT offering_region_code AS offering, answering_region_code AS answering FROM sharing_agreements WHERE id = $1`,
    [agreementId],
  );
  if (agreement && regionCovers(agreement.offering, depot.regionCode)) {
    return { taker: agreement.offering, giver: agreement.answering };
  }
  if (agreement && regionCovers(agreement.answering, depot.regionCode)) {
    return { taker: agreement.answering, giver: agreement.offering };
  }
  throw new DomainError('SUPPLIES_SHARING_NOT_AGREED');
}

function assertBorrower(caller: Caller, taker: string): void {
  if (!actsFor(caller, taker)) throw new DomainError('SUPPLIES_SHARING_WRONG_SIDE');
}
