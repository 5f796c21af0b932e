import { Injectable } from '@nestjs/common';
import { Deadlines, type Cause, type Tx } from '@ledger/platform';
import type { ReserveCall } from './domain/call';

/** Kind of the deadline that ends a call which nobody signed. */
export const CALL_APPROVAL = 'reserve-call-approval';
/** Kind of the deadline of a call whose goods should be there. */
export const CALL_LATE = 'reserve-call-late';

/** A call that waits for a signature holds the goods so long, and never past the moment it needs them. An estimate. */
const APPROVAL_SECONDS = 12 * 60 * 60;
/** Between the escalations of a call that is late. An estimate. */
const ESCALATE_AGAIN_SECONDS = 6 * 60 * 60;
/** Who has to act: first whoever called, then the commander; after that the call stays on the list of late ones. */
const OWNERS = ['stock-manager', 'approver', 'approver'];
export const MAX_ESCALATION = OWNERS.length;

/** The deadlines of calls: whatever waits has one. */
@Injectable()
export class CallDeadlines {
  constructor(private readonly deadlines: Deadlines) {}

  /** Sets what the call waits for now: a signature, or its goods. */
  async set(tx: Tx, call: ReserveCall, cause: Cause): Promise<void> {
    const neededInSeconds = Math.max(0, Math.ceil((call.neededBy.getTime() - tx.now.getTime()) / 1000));
    const payload = { correlationId: cause.correlationId, realm: cause.realm };
    if (call.state === 'awaiting-approval') {
      const dueInSeconds = Math.min(APPROVAL_SECONDS, neededInSeconds);
      const deadline = { kind: CALL_APPROVAL, subjectId: call.callId, owner: 'approver', dueInSeconds, payload };
      return this.deadlines.schedule(tx, deadline);
    }
    await this.deadlines.cancel(tx, CALL_APPROVAL, call.callId);
    const deadline = { kind: CALL_LATE, subjectId: call.callId, owner: OWNERS[0], payload };
    await this.deadlines.schedule(tx, { ...deadline, dueInSeconds: neededInSeconds });
  }

  /** Asks the next one to act, until there is nobody left to ask. */
  async escalate(tx: Tx, call: ReserveCall, cause: Cause): Promise<void> {
    if (call.escalation >= MAX_ESCALATION) return;
    await this.deadlines.schedule(tx, {
      kind: CALL_LATE,
      subjectId: call.callId,
      owner: OWNERS[call.escalation],
      dueInSeconds: ESCALATE_AGAIN_SECONDS,
      payload: { correlationId: cause.correlationId, realm: cause.realm },
    });
  }

  async clear(tx: Tx, callId: string): Promise<void> {
    await this.deadlines.cancel(tx, CALL_APPROVAL, callId);
    await this.deadlines.cancel(tx, CALL_LATE, callId);
  }
}
