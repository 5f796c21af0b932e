import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import { CallDeadlines } from './call-deadlines';
import { CallsRepository } from './calls.repository';
import { ContractsRepository } from './contracts.repository';
import { decideCall } from './domain/decide-call';
import type { PlaceCallRequest, PlaceCallResponse } from './dto/call.dto';
import { RecordChange } from './record-change';

export interface CallInput {
  readonly contractId: string;
  readonly caller: Caller;
  readonly request: PlaceCallRequest;
}

/** Starts a reserve contract: calls so many pieces to a place, and takes them off the curve at once. */
@Injectable()
export class PlaceCallUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly calls: CallsRepository,
    private readonly depots: DepotsRepository,
    private readonly deadlines: CallDeadlines,
    private readonly changes: RecordChange,
  ) {}

  /**
   * A call above the region's threshold, or one that gives up an enterprise's minimum, waits for an approver; its pieces
   * are held for it meanwhile. The contract is locked, so two callers for the last pieces come one after the other.
   * @throws DomainError in this order: SUPPLIES_RESERVE_CONTRACT_NOT_FOUND (also out of the caller's reach),
   *   REQUEST_INVALID, SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEPOT_CLOSED, SUPPLIES_RESERVE_REGION_NOT_SERVED,
   *   SUPPLIES_RESERVE_NOT_COUNTED, SUPPLIES_RESERVE_EXHAUSTED, SUPPLIES_RESERVE_TOO_LATE
   * Source: plan 001 §2(6) (use order, allocation by level), plan 004 §22.
   */
  async execute(tx: Tx, { contractId, caller, request }: CallInput, cause: Cause): Promise<PlaceCallResponse> {
    const contract = await this.contracts.lockManaged(tx, caller, contractId);
    const destination = await this.destination(tx, caller, request);
    const wanted = {
      quantityBase: request.quantityBase,
      neededBy: request.neededBy === undefined ? undefined : new Date(request.neededBy),
      destinationRegionCode: destination.destinationRegionCode,
      breaksMinimum: request.breakMinimum ?? false,
    };
    const rule = await this.calls.ruleFor(tx, contract.regionCode, dayInChina(tx.now));
    const decision = decideCall(contract, wanted, rule, tx.now);
    await this.contracts.addCalled(tx, contractId, request.quantityBase);
    const { quantityBase, reason, useOrder = null } = request;
    const state = decision.approvalReason ? 'awaiting-approval' : 'called';
    const newCall = { callId: newId(), contractId, state, quantityBase, reason, useOrder } as const;
    const call = await this.calls.insert(tx, { ...newCall, ...destination, ...decision }, recorderOf(caller));
    await this.deadlines.set(tx, call, cause);
    const details = { quantityBase, neededBy: call.neededBy, approvalReason: call.approvalReason };
    await this.changes.ofCall(tx, call, 'call-placed', { reason, details, recorder: recorderOf(caller) }, cause);
    return {
      callId: call.callId,
      state: call.state,
      neededBy: call.neededBy.toISOString(),
      amountFen: call.amountFen,
      approvalReason: call.approvalReason,
    };
  }

  private async destination(tx: Tx, caller: Caller, request: PlaceCallRequest) {
    const { destinationDepotId, destinationRegionCode, breakMinimum, useOrder } = request;
    const errors = [];
    if ((destinationDepotId === undefined) === (destinationRegionCode === undefined)) {
      errors.push({ pointer: '/destinationDepotId', reason: 'name a depot or a region, and not both' });
    }
    if (breakMinimum && useOrder === undefined) {
      errors.push({ pointer: '/useOrder', reason: 'is required to go below the minimum' });
    }
    if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
    if (destinationDepotId === undefined) {
      return { destinationDepotId: null, destinationRegionCode: destinationRegionCode as string };
    }
    const depot = await this.depots.findFor(tx, caller, destinationDepotId, 'receive');
    return { destinationDepotId: depot.id, destinationRegionCode: depot.regionCode };
  }
}
