import { Injectable } from '@nestjs/common';
import { TeamProgressed } from '@ledger/contracts';
import { Outbox, causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { CallUpsRepository } from './call-ups.repository';
import { PROGRESS_STEP, nextState, type ProgressState } from './domain/call-up-state';
import { OpenForCaller } from './open-for-caller';

/** Enters how far a team is: mustering, en route, on scene, released from its task. */
@Injectable()
export class RecordProgress {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly openForCaller: OpenForCaller,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError TEAMS_CALL_UP_NOT_FOUND, TEAMS_TRANSITION_FORBIDDEN */
  async execute(tx: Tx, callUpId: string, reached: ProgressState, identity: Identity): Promise<void> {
    const { callUp, holder } = await this.openForCaller.execute(tx, callUpId, identity.caller);
    const to = nextState(callUp.state, PROGRESS_STEP[reached]);
    if (!holder) throw new Error(`call-up ${callUpId} is ${callUp.state} without a team`);
    const actor = identity.caller.username;
    await this.repository.changeState(tx, { callUpId, from: callUp.state, to, actor, endReason: null });
    await this.outbox.add(
      tx,
      TeamProgressed,
      {
        allocationId: callUp.allocationId,
        lineId: callUp.lineId,
        callUpId,
        teamId: holder.teamId,
        state: reached,
        at: tx.now.toISOString(),
      },
      causeOfRequest(identity, callUp.allocationId),
    );
  }
}
