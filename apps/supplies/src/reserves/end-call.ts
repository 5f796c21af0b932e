import { Injectable } from '@nestjs/common';
import type { Cause, Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import { CallDeadlines } from './call-deadlines';
import { CallsRepository, type CallUpdate } from './calls.repository';
import { ContractsRepository } from './contracts.repository';
import { openBase, type ReserveCall } from './domain/call';
import type { CallEvent } from './domain/call-state';
import { RecordChange, type CallChange } from './record-change';

export interface CallEnd {
  readonly event: Extract<CallEvent, 'refuse' | 'expire' | 'decline' | 'close-short' | 'cancel'>;
  readonly change: CallChange;
  readonly reason: string;
  readonly recorder: Recorder;
  readonly update?: CallUpdate;
}

/** Ends a call however it ends: what was still waited for goes back to the contract, and nothing waits any more. */
@Injectable()
export class EndCall {
  constructor(
    private readonly contracts: ContractsRepository,
    private readonly calls: CallsRepository,
    private readonly deadlines: CallDeadlines,
    private readonly changes: RecordChange,
  ) {}

  /** @throws DomainError SUPPLIES_RESERVE_CALL_STATE_FORBIDDEN */
  async execute(tx: Tx, call: ReserveCall, end: CallEnd, cause: Cause): Promise<ReserveCall> {
    const givenBackBase = openBase(call);
    const releasedBase = call.releasedBase + givenBackBase;
    const ended = await this.calls.apply(tx, call, end.event, { ...end.update, releasedBase });
    await this.contracts.addCalled(tx, call.contractId, -givenBackBase);
    await this.deadlines.clear(tx, call.callId);
    const { reason, recorder } = end;
    await this.changes.ofCall(tx, ended, end.change, { reason, details: { givenBackBase }, recorder }, cause);
    return ended;
  }
}
