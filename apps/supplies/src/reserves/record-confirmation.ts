import { Injectable } from '@nestjs/common';
import { DomainError, confirmationDue, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { reportedTime } from '../stock/domain/request-lines';
import { ContractsRepository } from './contracts.repository';
import type { ReserveContract } from './domain/contract';
import { figureFaults, type Figures } from './domain/confirmation-figures';
import type { RecordConfirmationRequest, RecordConfirmationResponse } from './dto/confirmation.dto';
import { isCounterparty, mayManage, maySpeakFor } from './reach';
import { RecordChange } from './record-change';

export interface ConfirmationInput {
  readonly contractId: string;
  readonly caller: Caller;
  readonly request: RecordConfirmationRequest;
}

/** Records the figures that an enterprise confirms, itself or on the telephone. */
@Injectable()
export class RecordConfirmationUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * Confirmations are only appended. The one of the latest moment counts, so that one written down late does not hide a
   * newer one.
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   AUTH_ROLE_MISSING, SUPPLIES_RESERVE_STATE_FORBIDDEN, REQUEST_INVALID
   * Source: plan 004 §22 (capacity list and monitoring, minimum stock of key enterprises).
   */
  async execute(
    tx: Tx,
    { contractId, caller, request }: ConfirmationInput,
    cause: Cause,
  ): Promise<RecordConfirmationResponse> {
    const contract = await this.contracts.lock(tx, contractId);
    assertMaySpeak(caller, contract);
    assertInForce(contract);
    const figures = figuresOf(request);
    const errors = figureFaults(contract.mode, figures);
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    const confirmedAt = reportedTime(request.confirmedAt, tx.now, '/confirmedAt');
    const confirmationId = newId();
    await insert(tx, { confirmationId, contract, caller, confirmedAt, figures, request });
    const counts = !contract.confirmation || confirmedAt >= new Date(contract.confirmation.confirmedAt);
    if (counts) await this.contracts.keepFigures(tx, contractId, { ...figures, confirmedAt });
    const note = { details: { ...figures, confirmedAt, counts }, recorder: recorderOf(caller) };
    const now = await this.changes.ofContract(tx, contractId, 'confirmed', note, cause);
    return {
      confirmationId,
      confirmedAt: confirmedAt.toISOString(),
      counts,
      nextDueOn: confirmationDue(now, tx.now)?.dueOn ?? null,
      belowMinimum: now.belowMinimumSince !== null,
    };
  }
}

function assertMaySpeak(caller: Caller, contract: ReserveContract | undefined): asserts contract is ReserveContract {
  if (contract && maySpeakFor(caller, contract)) return;
  const isKnown = contract && mayManage(caller, contract);
  throw new DomainError(isKnown ? 'AUTH_ROLE_MISSING' : 'SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
}

function assertInForce({ state }: ReserveContract): void {
  if (state === 'active' || state === 'suspended') return;
  throw new DomainError('SUPPLIES_RESERVE_STATE_FORBIDDEN', { detail: `the contract is ${state}`, facts: { state } });
}

function figuresOf(request: RecordConfirmationRequest): Figures {
  return {
    stockBase: request.stockBase ?? null,
    ratePerDay: request.ratePerDay ?? null,
    startUpHours: request.startUpHours ?? null,
    keyInputs: request.keyInputs ?? null,
    keyInputsLevel: request.keyInputsLevel ?? null,
  };
}

async function insert(
  tx: Tx,
  input: {
    readonly confirmationId: string;
    readonly contract: ReserveContract;
    readonly caller: Caller;
    readonly confirmedAt: Date;
    readonly figures: Figures;
    readonly request: RecordConfirmationRequest;
  },
): Promise<void> {
  const { caller, contract, figures, request } = input;
  await tx.execute(
    `INSERT INTO reserve_contract_confirmations (id, contract_id, confirmed_at, confirmed_by, by_enterprise, stock_base,
       rate_per_day, start_up_hours, key_inputs, key_inputs_level, note, recorded_by, recorded_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      input.confirmationId,
      contract.contractId,
      input.confirmedAt.toISOString(),
      request.confirmedBy ?? caller.displayName,
      isCounterparty(caller, contract),
      figures.stockBase,
      figures.ratePerDay,
      figures.startUpHours,
      figures.keyInputs,
      figures.keyInputsLevel,
      request.note ?? null,
      caller.displayName,
      caller.userId,
    ],
  );
}
