import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Realm } from '@ledger/contracts';
import { Deadlines, type Cause, type Deadline, type Tx } from '@ledger/platform';
import { DEADLINE } from '../stock/domain/recorder';
import { CALL_APPROVAL, CALL_LATE, CallDeadlines } from './call-deadlines';
import { CallsRepository } from './calls.repository';
import { isOpen } from './domain/call-state';
import { EndCall } from './end-call';
import { RecordChange } from './record-change';

/** What happens when a call was not signed in time, or its goods are not there in time. */
@Injectable()
export class OverdueCalls implements OnModuleInit {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly callDeadlines: CallDeadlines,
    private readonly calls: CallsRepository,
    private readonly ending: EndCall,
    private readonly changes: RecordChange,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(CALL_APPROVAL, (tx, deadline) => this.expire(tx, deadline));
    this.deadlines.on(CALL_LATE, (tx, deadline) => this.escalate(tx, deadline));
  }

  /** Whatever is held has an end: nobody signed, so the pieces go back to the contract. */
  private async expire(tx: Tx, deadline: Deadline): Promise<void> {
    const call = (await this.calls.lock(tx, deadline.subjectId))?.call;
    if (call?.state !== 'awaiting-approval') return;
    const reason = 'not signed in time';
    const end = { event: 'expire', change: 'call-expired', reason, recorder: DEADLINE } as const;
    await this.ending.execute(tx, call, end, causeOf(deadline));
  }

  /** Late means unknown, not failed: the call stays as it is, and the next one up is asked to act. */
  private async escalate(tx: Tx, deadline: Deadline): Promise<void> {
    const call = (await this.calls.lock(tx, deadline.subjectId))?.call;
    if (!call || !isOpen(call.state)) return;
    const late = await this.calls.escalate(tx, call.callId);
    const cause = causeOf(deadline);
    await this.callDeadlines.escalate(tx, late, cause);
    const note = { details: { escalation: late.escalation, neededBy: late.neededBy }, recorder: DEADLINE };
    await this.changes.ofCall(tx, late, 'call-late', note, cause);
  }
}

const causeOf = ({ subjectId, payload }: Deadline): Cause => ({
  correlationId: String(payload.correlationId),
  causationId: subjectId,
  realm: payload.realm as Realm,
});
