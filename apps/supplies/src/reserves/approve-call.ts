import { Injectable } from '@nestjs/common';
import { DomainError, whyUncounted, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { CallDeadlines } from './call-deadlines';
import { CallsRepository } from './calls.repository';
import type { ApproveCallRequest, CallStateResponse } from './dto/call.dto';
import { EndCall } from './end-call';
import { mayManage } from './reach';
import { RecordChange } from './record-change';

export interface ApprovalInput {
  readonly callId: string;
  readonly caller: Caller;
  readonly request: ApproveCallRequest;
}

/** An approver signs a call above the threshold, or refuses it. */
@Injectable()
export class ApproveCallUseCase {
  constructor(
    private readonly calls: CallsRepository,
    private readonly ending: EndCall,
    private readonly deadlines: CallDeadlines,
    private readonly changes: RecordChange,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_RESERVE_CALL_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_RESERVE_CALL_OWN, SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN, SUPPLIES_RESERVE_NOT_COUNTED (signing what has
   *   dropped out of the curve meanwhile)
   * Source: plan 001 §2(6) (allocation by level).
   */
  async execute(tx: Tx, { callId, caller, request }: ApprovalInput, cause: Cause): Promise<CallStateResponse> {
    const found = await this.calls.lock(tx, callId);
    if (!found || !mayManage(caller, found.contract)) throw new DomainError('SUPPLIES_RESERVE_CALL_NOT_FOUND');
    const { call, contract } = found;
    if (call.placedById === caller.userId) throw new DomainError('SUPPLIES_RESERVE_CALL_OWN');
    const { reason } = request;
    const recorder = recorderOf(caller);
    const update = { approvedBy: recorder };
    if (!request.approve) {
      const end = { event: 'refuse', change: 'call-refused', reason, recorder, update } as const;
      const { state } = await this.ending.execute(tx, call, end, cause);
      return { callId, state };
    }
    const signed = await this.calls.apply(tx, call, 'approve', update);
    const uncounted = whyUncounted(contract, tx.now);
    if (uncounted) throw new DomainError('SUPPLIES_RESERVE_NOT_COUNTED', { detail: uncounted.reason });
    await this.deadlines.set(tx, signed, cause);
    await this.changes.ofCall(tx, signed, 'call-approved', { reason, recorder }, cause);
    return { callId, state: signed.state };
  }
}
