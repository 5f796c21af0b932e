import { Injectable } from '@nestjs/common';
import {
  DomainError,
  EnterpriseBelowMinimum,
  ReserveCallChanged,
  ReserveContractChanged,
  knownStockBase,
} from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import { ConfirmationReminders } from './confirmation-reminders';
import { ContractsRepository } from './contracts.repository';
import type { ReserveCall } from './domain/call';
import type { ReserveContract } from './domain/contract';
import { minimumChange } from './domain/minimum';

/** Everything that can happen to a contract itself, and what it means for the enterprise's minimum. */
const CONTRACT_CHANGES = {
  created: null,
  activated: 'activation',
  resumed: 'activation',
  suspended: null,
  ended: null,
  amended: 'amendment',
  renewed: 'amendment',
  confirmed: 'confirmation',
} as const;
export type ContractChange = keyof typeof CONTRACT_CHANGES;

/** Everything that can happen to a call of it. */
export type CallChange =
  | 'call-placed'
  | 'call-approved'
  | 'call-refused'
  | 'call-expired'
  | 'call-accepted'
  | 'call-declined'
  | 'call-departed'
  | 'call-received'
  | 'call-receipt-undone'
  | 'call-closed-short'
  | 'call-cancelled'
  | 'call-late';

interface Note {
  readonly reason?: string;
  /** What changed, for a reader of the history; nothing personal. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly recorder: Recorder;
}

/**
 * The end of every write of this feature: the line in the history, the events, the fall below the minimum, and the next
 * reminder, all in the transaction of the change.
 */
@Injectable()
export class RecordChange {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly reminders: ConfirmationReminders,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the contract as it is now */
  async ofContract(
    tx: Tx,
    contractId: string,
    change: ContractChange,
    note: Note,
    cause: Cause,
  ): Promise<ReserveContract> {
    await insertChange(tx, { contractId, callId: null, kind: change, ...note });
    const contract = await this.read(tx, contractId);
    await this.reminders.schedule(tx, contract, cause);
    const why = CONTRACT_CHANGES[change];
    if (why) await this.judgeMinimum(tx, contract, why, cause);
    await this.announceContract(tx, contract, change, cause);
    return contract;
  }

  /** A call changes what its contract can give, so both are announced. */
  async ofCall(tx: Tx, call: ReserveCall, change: CallChange, note: Note, cause: Cause): Promise<ReserveContract> {
    const { contractId, callId } = call;
    await insertChange(tx, { contractId, callId, kind: change, ...note });
    const contract = await this.read(tx, contractId);
    if (change === 'call-received' || change === 'call-receipt-undone') {
      await this.judgeMinimum(tx, contract, 'delivery', cause);
    }
    await this.outbox.add(tx, ReserveCallChanged, callEvent(call, contract, change), cause);
    await this.announceContract(tx, contract, change, cause);
    return contract;
  }

  private async read(tx: Tx, contractId: string): Promise<ReserveContract> {
    const contract = await this.contracts.find(tx, contractId);
    if (!contract) throw new DomainError('SUPPLIES_RESERVE_CONTRACT_NOT_FOUND');
    return contract;
  }

  /** Exactly one event per fall: the mark on the contract's locked row is set with it, and cleared by the recovery. */
  private async judgeMinimum(
    tx: Tx,
    contract: ReserveContract,
    why: EnterpriseBelowMinimum['cause'],
    cause: Cause,
  ): Promise<void> {
    const change = minimumChange(contract, contract.belowMinimumSince !== null);
    if (change === 'same') return;
    await this.contracts.markMinimum(tx, contract.contractId, change === 'fell');
    if (change === 'recovered') return;
    const { contractId, documentNumber, enterpriseOrganisationId, counterpartyName, regionCode, itemCode } = contract;
    const parties = { contractId, documentNumber, enterpriseOrganisationId, counterpartyName, regionCode, itemCode };
    const { minimumBase } = contract;
    const figures = { minimumBase, stockBase: knownStockBase(contract), cause: why, since: tx.now.toISOString() };
    await this.outbox.add(tx, EnterpriseBelowMinimum, { ...parties, ...figures }, cause);
  }

  private async announceContract(tx: Tx, contract: ReserveContract, change: string, cause: Cause): Promise<void> {
    const {
      unitPriceFen: _price,
      restoredBy: _restoredBy,
      term: _term,
      contactName: _name,
      contactPhone: _phone,
      belowMinimumSince: _since,
      ...told
    } = contract;
    await this.outbox.add(tx, ReserveContractChanged, { ...told, serves: [...told.serves], change }, cause);
  }
}

function callEvent(call: ReserveCall, contract: ReserveContract, change: CallChange) {
  return {
    callId: call.callId,
    contractId: call.contractId,
    change,
    state: call.state,
    itemCode: contract.itemCode,
    quantityBase: call.quantityBase,
    receivedBase: call.receivedBase,
    releasedBase: call.releasedBase,
    neededBy: call.neededBy.toISOString(),
    promisedBy: call.promisedBy?.toISOString() ?? null,
    destinationDepotId: call.destinationDepotId,
    destinationRegionCode: call.destinationRegionCode,
    useOrder: call.useOrder,
    escalation: call.escalation,
  };
}

async function insertChange(
  tx: Tx,
  change: Note & { readonly contractId: string; readonly callId: string | null; readonly kind: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO reserve_contract_changes (id, contract_id, call_id, kind, reason, details, recorded_by, recorded_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      newId(),
      change.contractId,
      change.callId,
      change.kind,
      change.reason ?? null,
      JSON.stringify(change.details ?? {}),
      change.recorder.name,
      change.recorder.userId,
    ],
  );
}
