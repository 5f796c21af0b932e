import { Injectable } from '@nestjs/common';
import { dayInChina, type Caller } from '@ledger/contracts';
import { requireRegion, type Cause, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { ContractsRepository } from './contracts.repository';
import { amendTerms } from './domain/amend-terms';
import type { ChangeableTerms } from './domain/contract';
import type { AmendReserveContractRequest, ReserveContractIdResponse } from './dto/contract.dto';
import { RecordChange } from './record-change';

export interface Amendment {
  readonly contractId: string;
  readonly caller: Caller;
  readonly request: AmendReserveContractRequest;
}

/** Changes terms of a contract. A minimum raised above the enterprise's stock is a fall below it. */
@Injectable()
export class AmendReserveContractUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   AUTH_REGION_OUT_OF_SCOPE, SUPPLIES_RESERVE_STATE_FORBIDDEN, SUPPLIES_RESERVE_TERMS_INVALID,
   *   SUPPLIES_RESERVE_QUANTITY_CALLED, SUPPLIES_RESERVE_CONTRACT_EXISTS
   */
  async execute(tx: Tx, { contractId, caller, request }: Amendment, cause: Cause): Promise<ReserveContractIdResponse> {
    const contract = await this.contracts.lockManaged(tx, caller, contractId);
    for (const region of request.serves ?? []) requireRegion(caller, region);
    const { reason, ...changes } = request;
    const terms = amendTerms(contract, changes, { renewed: false, today: dayInChina(tx.now) });
    await this.contracts.updateTerms(tx, contractId, terms, { renewed: false });
    const note = { reason, details: changedFields(contract, terms), recorder: recorderOf(caller) };
    const { state } = await this.changes.ofContract(tx, contractId, 'amended', note, cause);
    return { contractId, state };
  }
}

/** Of a contact only that it changed: the history is read by more people than need the number. */
const PERSONAL: readonly string[] = ['contactName', 'contactPhone'];

/** What is different afterwards, each with the value before and after. */
export function changedFields(before: ChangeableTerms, after: ChangeableTerms): Record<string, unknown> {
  const names = Object.keys(after) as (keyof ChangeableTerms)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, PERSONAL.includes(name) ? 'changed' : { from: before[name], to: after[name] }]),
  );
}
