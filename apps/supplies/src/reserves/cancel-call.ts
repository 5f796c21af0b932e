import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CallsRepository } from './calls.repository';
import type { CallStateResponse, CancelCallRequest } from './dto/call.dto';
import { EndCall } from './end-call';
import { mayManage } from './reach';

export interface CancellationInput {
  readonly callId: string;
  readonly caller: Caller;
  readonly request: CancelCallRequest;
}

/** Calls off what has not come: the whole call, or the rest of one that came in part. */
@Injectable()
export class CancelCallUseCase {
  constructor(
    private readonly calls: CallsRepository,
    private readonly ending: EndCall,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CALL_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN
   */
  async execute(tx: Tx, { callId, caller, request }: CancellationInput, cause: Cause): Promise<CallStateResponse> {
    const found = await this.calls.lock(tx, callId);
    if (!found || !mayManage(caller, found.contract)) throw new DomainError('SUPPLIES_RESERVE_CALL_NOT_FOUND');
    const { call } = found;
    const how =
      call.receivedBase > 0
        ? ({ event: 'close-short', change: 'call-closed-short' } as const)
        : ({ event: 'cancel', change: 'call-cancelled' } as const);
    const end = { ...how, reason: request.reason, recorder: recorderOf(caller) };
    const { state } = await this.ending.execute(tx, call, end, cause);
    return { callId, state };
  }
}
