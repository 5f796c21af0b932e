import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { FeeIdResponse, PayFeeRequest, WithdrawFeeRequest } from './dto/fee.dto';

/** Marks a fee or subsidy as paid, or withdraws one that was written down wrongly. Either happens once. */
@Injectable()
export class SettleFeeUseCase {
  /**
   * @throws DomainError in this order: SUPPLIES_CONTRACT_FEE_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID
   *   (paid in the future), SUPPLIES_CONTRACT_FEE_SETTLED
   */
  async pay(tx: Tx, feeId: string, caller: Caller, request: PayFeeRequest): Promise<FeeIdResponse> {
    await assertInReach(tx, feeId, caller);
    const today = dayInChina(tx.now);
    const paidOn = request.paidOn ?? today;
    if (paidOn > today) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/paidOn', reason: 'lies in the future' }] });
    }
    await settle(tx, 'paid_on = $4, payment_document = $5', [feeId, caller, paidOn, request.document]);
    return { feeId, state: 'paid' };
  }

  /** @throws DomainError in this order: SUPPLIES_CONTRACT_FEE_NOT_FOUND, SUPPLIES_CONTRACT_FEE_SETTLED */
  async withdraw(tx: Tx, feeId: string, caller: Caller, request: WithdrawFeeRequest): Promise<FeeIdResponse> {
    await assertInReach(tx, feeId, caller);
    await settle(tx, 'withdrawn_reason = $4', [feeId, caller, request.reason]);
    return { feeId, state: 'withdrawn' };
  }
}

async function assertInReach(tx: Tx, feeId: string, caller: Caller): Promise<void> {
  const [place] = await tx.query<Place>(
    `SELECT contract.region_code AS "regionCode", contract.organisation_id AS "organisationId"
     FROM reserve_contract_fees AS fee JOIN reserve_contracts AS contract ON contract.id = fee.contract_id
     WHERE fee.id = $1`,
    [feeId],
  );
  if (!place || !mayActAt(caller, place)) throw new DomainError('SUPPLIES_CONTRACT_FEE_NOT_FOUND');
}

/** Guarded: of two payments at the same time one is refused. */
async function settle(
  tx: Tx,
  assignments: string,
  [feeId, caller, ...values]: [feeId: string, caller: Caller, ...values: string[]],
): Promise<void> {
  const settled = await tx.execute(
    `UPDATE reserve_contract_fees SET settled_at = now(), settled_by = $2, settled_by_id = $3, ${assignments}
     WHERE id = $1 AND settled_at IS NULL`,
    [feeId, caller.displayName, caller.userId, ...values],
  );
  if (settled === 0) throw new DomainError('SUPPLIES_CONTRACT_FEE_SETTLED');
}
