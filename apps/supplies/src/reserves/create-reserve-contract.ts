import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, requireRegion, type Cause, type Tx } from '@ledger/platform';
import { recorderOf, type Recorder } from '../stock/domain/recorder';
import { ChangeContractStateUseCase } from './change-contract-state';
import { ContractsRepository, type NewContract } from './contracts.repository';
import { termsFaults } from './domain/contract-terms';
import type { CreateReserveContractRequest, ReserveContractIdResponse } from './dto/contract.dto';
import { refuseEnterprise } from './reach';
import { RecordChange } from './record-change';

/** Whose contract it becomes, and who writes it down. */
export interface ContractOwner {
  readonly regionCode: string;
  readonly organisationId: string;
  readonly recorder: Recorder;
  readonly synthetic: boolean;
}

const WHOLE_DAY_HOURS = 24;

/**
 * Writes a reserve contract down, as a draft or in force at once. Whoever has a transaction of their own (an import)
 * calls `execute` in it; a refusal leaves no trace of the contract.
 */
@Injectable()
export class CreateReserveContractUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly changes: RecordChange,
    private readonly states: ChangeContractStateUseCase,
  ) {}

  /**
   * @throws DomainError in this order: AUTH_ROLE_MISSING (people of an enterprise), AUTH_REGION_OUT_OF_SCOPE,
   *   SUPPLIES_ITEM_UNKNOWN, SUPPLIES_RESERVE_TERMS_INVALID, SUPPLIES_RESERVE_CONTRACT_EXISTS
   * Source: plan 004 §22 (government and social, stock and capacity).
   */
  async execute(
    tx: Tx,
    { caller, request }: { readonly caller: Caller; readonly request: CreateReserveContractRequest },
    cause: Cause,
  ): Promise<ReserveContractIdResponse> {
    refuseEnterprise(caller);
    const regionCode = request.regionCode ?? caller.regionCode;
    for (const region of [regionCode, ...request.serves]) requireRegion(caller, region);
    const { organisationId } = caller;
    const owner = { regionCode, organisationId, recorder: recorderOf(caller), synthetic: false };
    return this.create(tx, owner, request, cause);
  }

  /** The same for the seeds, which have no caller. */
  async create(
    tx: Tx,
    owner: ContractOwner,
    request: CreateReserveContractRequest,
    cause: Cause,
  ): Promise<ReserveContractIdResponse> {
    const contract = contractOf(owner, request);
    const known = await tx.query('SELECT 1 FROM items WHERE code = $1', [contract.itemCode]);
    if (known.length === 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN');
    const faults = termsFaults(contract);
    if (faults.length > 0) throw new DomainError('SUPPLIES_RESERVE_TERMS_INVALID', { errors: faults });
    await this.contracts.insert(tx, contract, owner.recorder);
    const { contractId } = contract;
    const { state } = await this.changes.ofContract(tx, contractId, 'created', { recorder: owner.recorder }, cause);
    if (!request.activate) return { contractId, state };
    const change = { contractId, event: 'activate', recorder: owner.recorder } as const;
    return { contractId, state: await this.states.change(tx, change, cause) };
  }
}

function contractOf(owner: ContractOwner, request: CreateReserveContractRequest): NewContract {
  const wholeDay = request.mode === 'capacity' ? WHOLE_DAY_HOURS : null;
  return {
    contractId: newId(),
    documentNumber: request.documentNumber,
    mode: request.mode,
    regionCode: owner.regionCode,
    organisationId: owner.organisationId,
    serves: request.serves,
    counterpartyName: request.counterpartyName,
    enterpriseOrganisationId: request.enterpriseOrganisationId ?? null,
    itemCode: request.itemCode,
    validFrom: request.validFrom,
    validTo: request.validTo,
    responseHours: request.responseHours,
    quantityBase: request.quantityBase,
    minimumBase: request.minimumBase ?? 0,
    ratePerDay: request.ratePerDay ?? null,
    startUpHours: request.startUpHours ?? null,
    outputEveryHours: request.outputEveryHours ?? wholeDay,
    unitPriceFen: request.unitPriceFen ?? null,
    restoredBy: request.restoredBy ?? 'renewal',
    confirmEveryDays: request.confirmEveryDays ?? null,
    graceDays: request.graceDays ?? 0,
    contactName: request.contactName ?? null,
    contactPhone: request.contactPhone ?? null,
    synthetic: owner.synthetic,
  };
}
