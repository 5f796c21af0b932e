import { Injectable } from '@nestjs/common';
import { CallUpRefused, TeamAccepted, type CallUp } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { AskNextTeam } from './ask-next-team';
import { CallUpsRepository, type StoredAttempt, type StoredCallUp } from './call-ups.repository';
import { isEnded } from './domain/call-up-state';

/**
 * Starts a call-up: asks the first team. The same command again repeats the present answer, so that a caller who lost
 * it can simply ask once more; after a stand-down it is refused with TEAMS_CALL_UP_STOOD_DOWN.
 */
@Injectable()
export class CallUpTeam {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly askNextTeam: AskNextTeam,
    private readonly outbox: Outbox,
  ) {}

  async execute(tx: Tx, command: CallUp, cause: Cause): Promise<void> {
    const isNew = await this.repository.insert(tx, command);
    const callUp = await this.repository.lock(tx, command.callUpId);
    if (!callUp) throw new Error(`call-up ${command.callUpId} vanished`);
    if (!isNew) return this.repeatAnswer(tx, callUp, cause);
    const task = { typeCode: command.typeCode, site: command.site, answerSeconds: command.answerSeconds };
    const outcome = await this.askNextTeam.execute(tx, { ...callUp, task }, { actor: 'dispatch', realm: cause.realm });
    await this.askNextTeam.announce(tx, callUp, outcome, cause);
  }

  private async repeatAnswer(tx: Tx, callUp: StoredCallUp, cause: Cause): Promise<void> {
    const holder = (await this.repository.attempts(tx, callUp.id)).at(-1);
    if (isEnded(callUp.state)) return this.repeatEnd(tx, callUp, cause);
    if (!holder) throw new Error(`open call-up ${callUp.id} holds no team`);
    if (callUp.state === 'requested') {
      return this.askNextTeam.announce(tx, callUp, { asked: holder, refusal: null }, cause);
    }
    await this.outbox.add(tx, TeamAccepted, teamAccepted(callUp, holder), cause);
  }

  private async repeatEnd(tx: Tx, callUp: StoredCallUp, cause: Cause): Promise<void> {
    const code = callUp.state === 'refused' ? 'TEAMS_NO_TEAM_LEFT' : 'TEAMS_CALL_UP_STOOD_DOWN';
    const { allocationId, lineId, id: callUpId } = callUp;
    const reason = callUp.endReason ?? code;
    await this.outbox.add(tx, CallUpRefused, { allocationId, lineId, callUpId, code, reason }, cause);
  }
}

/** The event of an accepted call-up, told at the answer and again whenever the command is repeated. */
export function teamAccepted(callUp: StoredCallUp, holder: StoredAttempt): TeamAccepted {
  if (holder.strength === null || holder.answeredBy === null || holder.channel === null) {
    throw new Error(`attempt ${holder.id} is not accepted`);
  }
  return {
    allocationId: callUp.allocationId,
    lineId: callUp.lineId,
    callUpId: callUp.id,
    teamId: holder.teamId,
    teamName: holder.teamName,
    strength: holder.strength,
    answeredBy: holder.answeredBy,
    channel: holder.channel,
  };
}
