import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller, type ReserveState } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf, type Recorder } from '../stock/domain/recorder';
import { CapacityListRepository } from './capacity-list.repository';
import { ContractsRepository } from './contracts.repository';
import type { ReserveContract } from './domain/contract';
import { nextContractState, type ContractEvent } from './domain/contract-state';
import type { ChangeContractStateRequest, ReserveContractIdResponse } from './dto/contract.dto';
import { RecordChange, type ContractChange } from './record-change';

export interface StateChange {
  readonly contractId: string;
  readonly event: ContractEvent;
  readonly reason?: string;
  readonly recorder: Recorder;
}

const CHANGES: Readonly<Record<ContractEvent, ContractChange>> = {
  activate: 'activated',
  suspend: 'suspended',
  resume: 'resumed',
  end: 'ended',
};

/** Puts a contract in force, suspends, resumes or ends it. */
@Injectable()
export class ChangeContractStateUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly changes: RecordChange,
    private readonly capacityList: CapacityListRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_RESERVE_STATE_FORBIDDEN, SUPPLIES_RESERVE_TERMS_INVALID (putting in force what has run out),
   *   SUPPLIES_RESERVE_QUANTITY_CALLED (ending while calls are open)
   */
  async execute(
    tx: Tx,
    input: { readonly contractId: string; readonly caller: Caller; readonly request: ChangeContractStateRequest },
    cause: Cause,
  ): Promise<ReserveContractIdResponse> {
    const { contractId, caller, request } = input;
    await this.contracts.lockManaged(tx, caller, contractId);
    const change = { contractId, event: request.change, reason: request.reason, recorder: recorderOf(caller) };
    return { contractId, state: await this.change(tx, change, cause) };
  }

  /** The same for one who has checked the reach already. */
  async change(tx: Tx, { contractId, event, reason, recorder }: StateChange, cause: Cause): Promise<ReserveState> {
    const contract = await this.contracts.lock(tx, contractId);
    if (!contract) throw new DomainError('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    const state = decideState(contract, event, dayInChina(tx.now));
    await this.contracts.setState(tx, contractId, state);
    await this.keepCapacityList(tx, contract, event, recorder);
    await this.changes.ofContract(tx, contractId, CHANGES[event], { reason, recorder }, cause);
    return state;
  }

  /** A plant under contract is on the capacity list; the last contract that ends takes it off. */
  private async keepCapacityList(tx: Tx, contract: ReserveContract, event: ContractEvent, recorder: Recorder) {
    if (contract.mode !== 'capacity' || contract.enterpriseOrganisationId === null) return;
    const plant = {
      enterpriseOrganisationId: contract.enterpriseOrganisationId,
      enterpriseName: contract.counterpartyName,
      itemCode: contract.itemCode,
      regionCode: contract.regionCode,
    };
    const note = { source: `contract ${contract.documentNumber}`, contractId: contract.contractId, recorder };
    await this.capacityList.lock(tx, plant);
    const isListed = (await this.capacityList.latest(tx, plant))?.change === 'entered';
    const effectiveOn = dayInChina(tx.now);
    if (event === 'activate' && !isListed) {
      const entry = { ratePerDay: contract.ratePerDay, effectiveOn, reason: 'capacity contract in force' };
      await this.capacityList.insert(tx, { change: 'entered', ...plant, ...entry, ...note });
    }
    if (event === 'end' && isListed && !(await this.capacityList.isContracted(tx, plant))) {
      const removal = { ratePerDay: null, effectiveOn, reason: 'last capacity contract ended' };
      await this.capacityList.insert(tx, { change: 'removed', ...plant, ...removal, ...note });
    }
  }
}

function decideState(contract: ReserveContract, event: ContractEvent, today: string): ReserveState {
  const state = nextContractState(contract.state, event);
  if (!state) {
    throw new DomainError('SUPPLIES_RESERVE_STATE_FORBIDDEN', {
      detail: `a contract that is ${contract.state} cannot ${event}`,
      facts: { state: contract.state },
    });
  }
  if (event === 'activate' && contract.validTo < today) {
    const errors = [{ pointer: '/validTo', reason: 'has passed' }];
    throw new DomainError('SUPPLIES_RESERVE_TERMS_INVALID', { errors });
  }
  if (event === 'end' && contract.calledBase > 0) {
    throw new DomainError('SUPPLIES_RESERVE_QUANTITY_CALLED', {
      detail: 'calls of the contract are open',
      facts: { calledBase: contract.calledBase },
    });
  }
  return state;
}
