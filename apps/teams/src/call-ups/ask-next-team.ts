import { Injectable } from '@nestjs/common';
import { CallUpRefused, TeamRequested, type Realm } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Tx } from '@ledger/platform';
import { CallUpsRepository, type CallUpTask, type StoredAttempt, type StoredCallUp } from './call-ups.repository';
import { nextState } from './domain/call-up-state';
import { chooseTeam, refusalReason } from './domain/choose-team';

export const ANSWER_DEADLINE = 'call-up-answer';

/** A call-up that can be worked on: its task is known, and its row is locked. */
export interface OpenCallUp extends StoredCallUp {
  readonly task: CallUpTask;
}

export type AskOutcome =
  { readonly asked: StoredAttempt; readonly refusal: null } | { readonly asked: null; readonly refusal: string };

/** More rounds than there are teams to rank: each round but the last lost a team to another call-up. */
const MAX_ROUNDS = 250;

/** Asks the next team, local first, and sets the deadline of its answer; refuses the call-up when none is left. */
@Injectable()
export class AskNextTeam {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  /** Everything but the event, so that callers can put their own events before it; see `announce`. */
  async execute(
    tx: Tx,
    callUp: OpenCallUp,
    by: { readonly actor: string; readonly realm: Realm },
  ): Promise<AskOutcome> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const choice = chooseTeam(callUp.task.site, await this.repository.candidates(tx, callUp.id, callUp.task));
      if (!choice.chosen) {
        const refusal = refusalReason(callUp.task.typeCode, choice.skipped);
        await this.refuse(tx, callUp, { refusal, actor: by.actor });
        return { asked: null, refusal };
      }
      const { teamId } = choice.chosen;
      const { answerSeconds } = callUp.task;
      const asked = await this.repository.openAttempt(tx, callUp, { teamId, skipped: choice.skipped, answerSeconds });
      if (asked) {
        await this.scheduleAnswer(tx, callUp, { attemptId: asked.id, realm: by.realm });
        return { asked, refusal: null };
      }
    }
    throw new Error(`call-up ${callUp.id} lost ${MAX_ROUNDS} teams in a row to others`);
  }

  async announce(tx: Tx, callUp: StoredCallUp, outcome: AskOutcome, cause: Cause): Promise<void> {
    const line = { allocationId: callUp.allocationId, lineId: callUp.lineId, callUpId: callUp.id };
    if (outcome.asked === null) {
      await this.outbox.add(tx, CallUpRefused, { ...line, code: 'TEAMS_NO_TEAM_LEFT', reason: outcome.refusal }, cause);
      return;
    }
    const { teamId, teamName, answerBy, skipped, callChannel } = outcome.asked;
    const request = { ...line, teamId, teamName, callChannel, answerBy: answerBy.toISOString(), skipped: [...skipped] };
    await this.outbox.add(tx, TeamRequested, request, cause);
  }

  private async refuse(tx: Tx, callUp: OpenCallUp, end: { refusal: string; actor: string }): Promise<void> {
    const to = nextState(callUp.state, 'run-out');
    await this.repository.changeState(tx, {
      callUpId: callUp.id,
      from: callUp.state,
      to,
      actor: end.actor,
      endReason: end.refusal,
    });
  }

  private async scheduleAnswer(
    tx: Tx,
    callUp: OpenCallUp,
    payload: { readonly attemptId: string; readonly realm: Realm },
  ): Promise<void> {
    await this.deadlines.schedule(tx, {
      kind: ANSWER_DEADLINE,
      subjectId: callUp.id,
      dueInSeconds: callUp.task.answerSeconds,
      owner: 'dispatcher',
      payload,
    });
  }
}
