import { Injectable } from '@nestjs/common';
import { DomainError, TeamAccepted, type Caller } from '@ledger/contracts';
import { Deadlines, Outbox, causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { ANSWER_DEADLINE, type OpenCallUp } from './ask-next-team';
import { teamAccepted } from './call-up-team';
import { CallUpsRepository, type StoredAttempt } from './call-ups.repository';
import { nextState } from './domain/call-up-state';
import { OpenForCaller, type CallUpInHand } from './open-for-caller';
import { TurnDown } from './turn-down';

interface Said {
  /** The team that speaks: it must be the one that is asked now. */
  readonly teamId: string;
  readonly channel: 'phone' | 'system';
  readonly answeredBy: string;
}
type Acceptance = Said & { readonly accepted: true; readonly strength: number };
type Refusal = Said & { readonly accepted: false; readonly reason: string };

/** What a team said to a call-up: how many people come, or why none does. */
export type TeamAnswer = Acceptance | Refusal;

interface Asked {
  readonly callUp: OpenCallUp;
  readonly holder: StoredAttempt;
}

/** Enters a team's answer. Accepting keeps the team; declining frees it and asks the next one. */
@Injectable()
export class AnswerCallUp {
  constructor(
    private readonly repository: CallUpsRepository,
    private readonly openForCaller: OpenForCaller,
    private readonly turnDown: TurnDown,
    private readonly deadlines: Deadlines,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The deadline's row is taken before the call-up's, in the order in which the sweeper takes them.
   * @throws DomainError, checked in this order: REQUEST_INVALID when a dispatcher's entry is not by phone;
   * TEAMS_CALL_UP_NOT_FOUND; TEAMS_TRANSITION_FORBIDDEN when the call-up was answered or another team is asked now
   */
  async execute(tx: Tx, callUpId: string, said: TeamAnswer, identity: Identity): Promise<void> {
    requirePhone(said, identity.caller);
    await this.deadlines.cancel(tx, ANSWER_DEADLINE, callUpId);
    const asked = askedTeam(await this.openForCaller.execute(tx, callUpId, identity.caller), said.teamId);
    if (said.accepted) await this.accept(tx, asked, said, identity);
    else await this.decline(tx, asked, said, identity);
  }

  private async accept(tx: Tx, { callUp, holder }: Asked, said: Acceptance, identity: Identity): Promise<void> {
    const { strength, answeredBy, channel } = said;
    const answer = { answer: 'accepted', strength, answeredBy, channel } as const;
    const recordedBy = identity.caller.userId;
    await this.repository.recordAnswer(tx, holder.id, { ...answer, recordedBy, reason: null });
    await this.repository.changeState(tx, {
      callUpId: callUp.id,
      from: callUp.state,
      to: nextState(callUp.state, 'accept'),
      actor: identity.caller.username,
      endReason: null,
    });
    const event = teamAccepted(callUp, { ...holder, ...answer });
    await this.outbox.add(tx, TeamAccepted, event, causeOfRequest(identity, callUp.allocationId));
  }

  private async decline(tx: Tx, asked: Asked, said: Refusal, identity: Identity): Promise<void> {
    const { reason, answeredBy, channel } = said;
    const recordedBy = identity.caller.userId;
    const answer = { answer: 'declined', reason, answeredBy, channel, recordedBy, strength: null } as const;
    const cause = causeOfRequest(identity, asked.callUp.allocationId);
    await this.turnDown.execute(tx, asked, { answer, actor: identity.caller.username }, cause);
  }
}

function askedTeam({ callUp, holder }: CallUpInHand, teamId: string): Asked {
  nextState(callUp.state, 'accept');
  if (holder?.teamId !== teamId) {
    throw new DomainError('TEAMS_TRANSITION_FORBIDDEN', {
      detail: 'this team is not the one that is asked now',
      facts: { askedTeamId: holder?.teamId ?? null },
    });
  }
  return { callUp, holder };
}

/** A dispatcher enters what was said on the phone; only the team's own people answer in the system. */
function requirePhone(said: TeamAnswer, caller: Caller): void {
  const isOfTeam = caller.roles.includes('team-manager') || caller.roles.includes('team-member');
  if (isOfTeam || said.channel === 'phone') return;
  throw new DomainError('REQUEST_INVALID', {
    errors: [{ pointer: '/channel', reason: 'a dispatcher enters answers taken by phone' }],
  });
}
