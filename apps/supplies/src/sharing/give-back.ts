import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers } from '@ledger/contracts';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { DepotsRepository, type Depot } from '../catalogue/depots.repository';
import { totalBase } from '../stock/domain/draw';
import type { GiveBackRequest, LoanStepResponse } from './dto/loan.dto';
import type { SharedLot } from './journeys.repository';
import { LoansRepository, owedBase, stateAfter, type Loan } from './loans.repository';
import { stepOf } from './record-loan-change';
import { SendGoods } from './send-goods';

/**
 * Sends borrowed goods back, or goods of the borrower's own in their place. The debt is cleared when the lender has
 * counted what came.
 */
@Injectable()
export class GiveBackUseCase {
  constructor(
    private readonly loans: LoansRepository,
    private readonly depots: DepotsRepository,
    private readonly goods: SendGoods,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_LOAN_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (not one of the borrower's, or
   *   not one of the lender's to send to), SUPPLIES_LOAN_TRANSITION_FORBIDDEN, SUPPLIES_LOAN_EXCEEDED (more than is owed,
   *   what is on its way or about to be paid for left out), SUPPLIES_LOAN_REPLACEMENT_REFUSED, then as SendGoods
   */
  async execute(tx: Tx, identity: Identity, id: string, request: GiveBackRequest): Promise<LoanStepResponse> {
    const { caller } = identity;
    const loan = await this.loans.lockFor(tx, caller, id);
    const from = await this.depots.findFor(tx, caller, request.depotId, 'clear');
    if (!regionCovers(loan.borrowerRegionCode, from.regionCode)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    const toDepotId = await depotOfLender(tx, loan, request.toDepotId);
    stateAfter(loan, 'clear-part');
    const mostBase = owedBase(loan) - (await this.loans.pendingBase(tx, id));
    const quantityBase = totalBase(request.lines);
    if (quantityBase > mostBase) {
      throw new DomainError('SUPPLIES_LOAN_EXCEEDED', { facts: { mostBase, quantityBase } });
    }
    const { journeyId } = await this.goods.execute(
      tx,
      {
        ...{ caller, purpose: 'give-back', kind: 'give-back', subjectId: loan.id, from, toDepotId, keepsFloorOf: null },
        ...{ itemCode: loan.itemCode, lines: request.lines, note: request.note ?? loan.number },
        assertFit: (lot) => assertFit(loan, lot),
      },
      causeOfRequest(identity, id),
    );
    return stepOf(loan, { journeyId });
  }
}

/** The lender's depot, which the borrower has no other business with. */
async function depotOfLender(tx: Tx, loan: Loan, depotId: string): Promise<string> {
  const [depot] = await tx.query<Pick<Depot, 'id' | 'regionCode'>>(
    `SELECT id, region_code AS "regionCode" FROM depots WHERE id = $1`,
    [depotId],
  );
  if (!depot || !regionCovers(loan.lenderRegionCode, depot.regionCode)) {
    throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
  }
  return depot.id;
}

/** Numbered pieces and kits are themselves only: nothing of the same name stands in for them. */
function assertFit(loan: Loan, lot: SharedLot): void {
  if (regionCovers(loan.lenderRegionCode, lot.ownerRegionCode)) return;
  const isOwn = regionCovers(loan.borrowerRegionCode, lot.ownerRegionCode);
  const isLike = lot.serialNumber === null && lot.origin !== 'kit' && !lot.joint;
  if (isOwn && isLike && loan.replacement !== 'money') return;
  throw new DomainError('SUPPLIES_LOAN_REPLACEMENT_REFUSED', { facts: { lotId: lot.id } });
}
