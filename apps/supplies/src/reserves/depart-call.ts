import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { lockSpokenFor } from './answer-call';
import { CallsRepository } from './calls.repository';
import type { CallStateResponse, DepartCallRequest } from './dto/call.dto';
import { RecordChange } from './record-change';

export interface DepartureInput {
  readonly callId: string;
  readonly caller: Caller;
  readonly request: DepartCallRequest;
}

/** The enterprise says that goods of a call are on their way. */
@Injectable()
export class DepartCallUseCase {
  constructor(
    private readonly calls: CallsRepository,
    private readonly changes: RecordChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CALL_NOT_FOUND (also out of the caller's reach),
   *   AUTH_ROLE_MISSING, SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN
   */
  async execute(tx: Tx, { callId, caller, request }: DepartureInput, cause: Cause): Promise<CallStateResponse> {
    const { call } = await lockSpokenFor(tx, this.calls, caller, callId);
    const departed = await this.calls.apply(tx, call, 'depart');
    const note = { reason: request.note, recorder: recorderOf(caller) };
    await this.changes.ofCall(tx, departed, 'call-departed', note, cause);
    return { callId, state: departed.state };
  }
}
