import { Injectable, type OnModuleInit } from '@nestjs/common';
import { REALMS, TeamDeclined, type Realm } from '@ledger/contracts';
import { Deadlines, Outbox, type Cause, type Deadline, type Tx } from '@ledger/platform';
import { z } from 'zod';
import { ANSWER_DEADLINE, AskNextTeam, type OpenCallUp } from './ask-next-team';
import { CallUpsRepository, type AttemptAnswer, type StoredAttempt } from './call-ups.repository';
import { nextState } from './domain/call-up-state';

export interface TurnedDown {
  readonly answer: AttemptAnswer & { readonly answer: 'declined' | 'no-answer'; readonly reason: string };
  /** A user name, or the part of the system that acted. */
  readonly actor: string;
}

const deadlinePayload = z.object({ attemptId: z.uuid(), realm: z.enum(REALMS) });

/** A team declined or gave no answer in time: it is free again, and the next one is asked. */
@Injectable()
export class TurnDown implements OnModuleInit {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly askNextTeam: AskNextTeam,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.deadlines.on(ANSWER_DEADLINE, (tx, deadline) => this.runLate(tx, deadline));
  }

  async execute(
    tx: Tx,
    at: { readonly callUp: OpenCallUp; readonly holder: StoredAttempt },
    turnedDown: TurnedDown,
    cause: Cause,
  ): Promise<void> {
    const { callUp, holder } = at;
    const { answer, actor } = turnedDown;
    nextState(callUp.state, answer.answer === 'declined' ? 'decline' : 'run-late');
    await this.repository.recordAnswer(tx, holder.id, answer);
    const outcome = await this.askNextTeam.execute(tx, callUp, { actor, realm: cause.realm });
    await this.outbox.add(
      tx,
      TeamDeclined,
      {
        allocationId: callUp.allocationId,
        lineId: callUp.lineId,
        callUpId: callUp.id,
        teamId: holder.teamId,
        teamName: holder.teamName,
        cause: answer.answer,
        reason: answer.reason,
      },
      cause,
    );
    await this.askNextTeam.announce(tx, callUp, outcome, cause);
  }

  /** The deadline of an answer passed. It does nothing when the team has answered, or another is asked since. */
  private async runLate(tx: Tx, deadline: Deadline): Promise<void> {
    const { attemptId, realm } = deadlinePayload.parse(deadline.payload);
    const callUp = await this.repository.lock(tx, deadline.subjectId);
    if (callUp?.state !== 'requested' || !callUp.task) return;
    const holder = (await this.repository.attempts(tx, callUp.id)).at(-1);
    if (holder?.id !== attemptId) return;
    const at = { callUp: { ...callUp, task: callUp.task }, holder };
    await this.execute(tx, at, { answer: noAnswer(holder), actor: 'deadline' }, causeOfDeadline(callUp, realm));
  }
}

function causeOfDeadline(callUp: { readonly id: string; readonly allocationId: string }, realm: Realm): Cause {
  return { correlationId: callUp.allocationId, causationId: `${ANSWER_DEADLINE}:${callUp.id}`, realm };
}

function noAnswer(holder: StoredAttempt): TurnedDown['answer'] {
  return {
    answer: 'no-answer',
    reason: `no answer until ${holder.answerBy.toISOString()}`,
    answeredBy: null,
    channel: null,
    recordedBy: null,
    strength: null,
  };
}
