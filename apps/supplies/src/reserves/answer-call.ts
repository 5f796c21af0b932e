import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CallsRepository } from './calls.repository';
import { ContractsRepository } from './contracts.repository';
import { openBase, type ReserveCall } from './domain/call';
import type { ReserveContract } from './domain/contract';
import type { AnswerCallRequest, CallStateResponse } from './dto/call.dto';
import { EndCall } from './end-call';
import { mayManage, maySpeakFor } from './reach';
import { RecordChange } from './record-change';

export interface AnswerInput {
  readonly callId: string;
  readonly caller: Caller;
  readonly request: AnswerCallRequest;
}

/** The enterprise says whether it will deliver, how much of it and by when. */
@Injectable()
export class AnswerCallUseCase {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly calls: CallsRepository,
    private readonly ending: EndCall,
    private readonly changes: RecordChange,
  ) {}

  /**
   * What an enterprise confirms less than was called goes back to the contract at once, so that others can plan without
   * it.
   * @throws DomainError in this order: SUPPLIES_RESERVE_CALL_NOT_FOUND (also out of the caller's reach),
   *   AUTH_ROLE_MISSING, REQUEST_INVALID, SUPPLIES_RESERVE_CALL_EXCEEDED, SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN
   */
  async execute(tx: Tx, { callId, caller, request }: AnswerInput, cause: Cause): Promise<CallStateResponse> {
    const { call } = await lockSpokenFor(tx, this.calls, caller, callId);
    const { accepted, quantityBase = openBase(call), reason } = request;
    const recorder = recorderOf(caller);
    if (reason === undefined && (!accepted || quantityBase < openBase(call))) {
      throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/reason', reason: 'is required' }] });
    }
    if (!accepted) {
      const end = { event: 'decline', change: 'call-declined', reason: String(reason), recorder } as const;
      const { state } = await this.ending.execute(tx, call, end, cause);
      return { callId, state };
    }
    assertNotMore(call, quantityBase);
    const givenBackBase = openBase(call) - quantityBase;
    const promisedBy = request.promisedBy === undefined ? undefined : new Date(request.promisedBy);
    const update = { releasedBase: call.releasedBase + givenBackBase, promisedBy };
    const confirmed = await this.calls.apply(tx, call, 'accept', update);
    if (givenBackBase > 0) await this.contracts.addCalled(tx, call.contractId, -givenBackBase);
    const note = { reason, details: { quantityBase, givenBackBase, promisedBy }, recorder };
    await this.changes.ofCall(tx, confirmed, 'call-accepted', note, cause);
    return { callId, state: confirmed.state };
  }
}

/**
 * Locks a call for one who speaks for the enterprise.
 * @throws DomainError SUPPLIES_RESERVE_CALL_NOT_FOUND, AUTH_ROLE_MISSING
 */
export async function lockSpokenFor(
  tx: Tx,
  calls: CallsRepository,
  caller: Caller,
  callId: string,
): Promise<{ call: ReserveCall; contract: ReserveContract }> {
  const found = await calls.lock(tx, callId);
  if (found && maySpeakFor(caller, found.contract)) return found;
  const isKnown = found && mayManage(caller, found.contract);
  throw new DomainError(isKnown ? 'AUTH_ROLE_MISSING' : 'SUPPLIES_RESERVE_CALL_NOT_FOUND');
}

function assertNotMore(call: ReserveCall, quantityBase: number): void {
  if (quantityBase <= openBase(call)) return;
  throw new DomainError('SUPPLIES_RESERVE_CALL_EXCEEDED', { facts: { openBase: openBase(call), quantityBase } });
}
