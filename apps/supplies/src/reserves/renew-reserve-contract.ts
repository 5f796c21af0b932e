import { Injectable } from '@nestjs/common';
import { dayInChina, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { changedFields } from './amend-reserve-contract';
import { ContractsRepository } from './contracts.repository';
import { amendTerms } from './domain/amend-terms';
import type { RenewReserveContractRequest, ReserveContractIdResponse } from './dto/contract.dto';
import { RecordChange } from './record-change';

export interface Renewal {
  readonly contractId: string;
  readonly caller: Caller;
  readonly request: RenewReserveContractRequest;
}

/** Begins a new term: what was drawn in the old one is promised again, what is still called stays called. */
@Injectable()
export class RenewReserveContractUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_RESERVE_STATE_FORBIDDEN, SUPPLIES_RESERVE_TERMS_INVALID, SUPPLIES_RESERVE_QUANTITY_CALLED,
   *   SUPPLIES_RESERVE_CONTRACT_EXISTS
   */
  async execute(tx: Tx, { contractId, caller, request }: Renewal, cause: Cause): Promise<ReserveContractIdResponse> {
    const contract = await this.contracts.lockManaged(tx, caller, contractId);
    const { reason, ...changes } = request;
    const terms = amendTerms(contract, changes, { renewed: true, today: dayInChina(tx.now) });
    await this.contracts.updateTerms(tx, contractId, terms, { renewed: true });
    const details = { ...changedFields(contract, terms), drawnBase: { from: contract.drawnBase, to: 0 } };
    const note = { reason, details, recorder: recorderOf(caller) };
    const { state } = await this.changes.ofContract(tx, contractId, 'renewed', note, cause);
    return { contractId, state };
  }
}
