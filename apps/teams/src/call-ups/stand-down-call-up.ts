import { Injectable } from '@nestjs/common';
import { DomainError, TeamStoodDown, type StandDown } from '@ledger/contracts';
import { Deadlines, Outbox, causeOfRequest, type Cause, type Identity, type Tx } from '@ledger/platform';
import { ANSWER_DEADLINE } from './ask-next-team';
import { CallUpsRepository, type StoredAttempt, type StoredCallUp } from './call-ups.repository';
import { isEnded, nextState } from './domain/call-up-state';
import { isSiteDispatcher } from './domain/scope';
import { OpenForCaller } from './open-for-caller';

/** Ends a call-up, whatever its state, and frees the team. Both ways take the deadline's row before the call-up's. */
@Injectable()
export class StandDownCallUp {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly openForCaller: OpenForCaller,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  /**
   * By command, any number of times with the same answer. When it overtakes the call-up it leaves a tombstone, which
   * refuses the late call-up.
   */
  async byCommand(tx: Tx, command: StandDown, cause: Cause): Promise<void> {
    await this.deadlines.cancel(tx, ANSWER_DEADLINE, command.callUpId);
    const isTombstone = await this.repository.insertTombstone(tx, command);
    const callUp = await this.repository.lock(tx, command.callUpId);
    if (!callUp) throw new Error(`call-up ${command.callUpId} vanished`);
    const wasOpen = !isTombstone && !isEnded(callUp.state);
    const ended = wasOpen ? await this.end(tx, callUp, { reason: command.reason, actor: 'dispatch' }) : callUp;
    const attempts = await this.repository.attempts(tx, callUp.id);
    await this.outbox.add(tx, TeamStoodDown, teamStoodDown(ended, attempts.at(-1)), cause);
  }

  /**
   * By a person of the team or a dispatcher.
   * @throws DomainError TEAMS_CALL_UP_NOT_FOUND; TEAMS_TRANSITION_FORBIDDEN when it has ended, or when the team has
   * not answered yet and the caller does not command the site: then the team declines instead
   */
  async byPerson(tx: Tx, callUpId: string, reason: string, identity: Identity): Promise<void> {
    await this.deadlines.cancel(tx, ANSWER_DEADLINE, callUpId);
    const { callUp, holder, parties } = await this.openForCaller.execute(tx, callUpId, identity.caller);
    if (callUp.state === 'requested' && !isSiteDispatcher(identity.caller, parties)) {
      throw new DomainError('TEAMS_TRANSITION_FORBIDDEN', { detail: 'the team has not answered: decline instead' });
    }
    const ended = await this.end(tx, callUp, { reason, actor: identity.caller.username });
    const cause = causeOfRequest(identity, callUp.allocationId);
    await this.outbox.add(tx, TeamStoodDown, teamStoodDown(ended, holder), cause);
  }

  private async end(
    tx: Tx,
    callUp: StoredCallUp,
    by: { readonly reason: string; readonly actor: string },
  ): Promise<StoredCallUp> {
    const to = nextState(callUp.state, 'stand-down');
    await this.repository.endOpenAttempt(tx, callUp.id);
    const change = { callUpId: callUp.id, from: callUp.state, to, actor: by.actor, endReason: by.reason };
    await this.repository.changeState(tx, change);
    return { ...callUp, state: to, endedAt: tx.now, endReason: by.reason };
  }
}

/** The team named is the one that was freed: none for a tombstone, and none when the call-up was refused before. */
function teamStoodDown(ended: StoredCallUp, lastAsked: StoredAttempt | undefined): TeamStoodDown {
  if (!ended.endedAt) throw new Error(`call-up ${ended.id} has not ended`);
  const wasHeld = ended.state !== 'refused';
  return {
    allocationId: ended.allocationId,
    lineId: ended.lineId,
    callUpId: ended.id,
    teamId: wasHeld && lastAsked ? lastAsked.teamId : null,
    cause: ended.state === 'stood-down' ? 'completed' : 'cancelled',
    at: ended.endedAt.toISOString(),
  };
}
