import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { ContractsRepository } from './contracts.repository';
import type { FeeIdResponse, RecordFeeRequest } from './dto/fee.dto';

export interface FeeInput {
  readonly contractId: string;
  readonly caller: Caller;
  readonly request: RecordFeeRequest;
}

/** Records what a contract costs for a period: a holding fee, or a subsidy. */
@Injectable()
export class RecordFeeUseCase {
  constructor(private readonly contracts: ContractsRepository) {}

  /**
   * Of one kind, periods do not overlap: nobody is paid twice for a month.
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   REQUEST_INVALID (an end before the beginning), SUPPLIES_RESERVE_STATE_FORBIDDEN (a draft),
   *   SUPPLIES_CONTRACT_FEE_OVERLAPS
   * Source: plan 000 §24 (reserve subsidy).
   */
  async execute(tx: Tx, { contractId, caller, request }: FeeInput): Promise<FeeIdResponse> {
    const { state } = await this.contracts.lockManaged(tx, caller, contractId);
    const { kind, periodFrom, periodTo } = request;
    if (periodTo < periodFrom) {
      const errors = [{ pointer: '/periodTo', reason: 'lies before the first day' }];
      throw new DomainError('REQUEST_INVALID', { errors });
    }
    if (state === 'draft') throw new DomainError('SUPPLIES_RESERVE_STATE_FORBIDDEN', { facts: { state } });
    const overlapping = await tx.query(
      `SELECT 1 FROM reserve_contract_fees
       WHERE contract_id = $1 AND kind = $2 AND withdrawn_reason IS NULL
         AND period_from <= $4::date AND period_to >= $3::date LIMIT 1`,
      [contractId, kind, periodFrom, periodTo],
    );
    if (overlapping.length > 0) throw new DomainError('SUPPLIES_CONTRACT_FEE_OVERLAPS');
    const feeId = newId();
    await tx.execute(
      `INSERT INTO reserve_contract_fees (id, contract_id, kind, period_from, period_to, amount_fen, due_on, note,
                                          recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        feeId,
        contractId,
        kind,
        periodFrom,
        periodTo,
        request.amountFen,
        request.dueOn,
        request.note ?? null,
        caller.displayName,
        caller.userId,
      ],
    );
    return { feeId, state: 'due' };
  }
}
