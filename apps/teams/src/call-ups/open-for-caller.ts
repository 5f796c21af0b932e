import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { OpenCallUp } from './ask-next-team';
import { CallUpsRepository, type StoredAttempt } from './call-ups.repository';
import { mayAct, maySee, type CallUpParties } from './domain/scope';

export interface CallUpInHand {
  readonly callUp: OpenCallUp;
  /** The team asked last; undefined when no team could be asked at all. */
  readonly holder: StoredAttempt | undefined;
  readonly parties: CallUpParties;
}

/** Locks a call-up on behalf of a person and checks that it is theirs to act on. */
@Injectable()
export class OpenForCaller {
  constructor(private readonly repository: CallUpsRepository) {}

  /**
   * @throws DomainError TEAMS_CALL_UP_NOT_FOUND for an unknown or foreign id; TEAMS_TRANSITION_FORBIDDEN when the
   * call-up is with a team that the caller does not command
   */
  async execute(tx: Tx, callUpId: string, caller: Caller): Promise<CallUpInHand> {
    const callUp = await this.repository.lock(tx, callUpId);
    if (!callUp?.task) throw new DomainError('TEAMS_CALL_UP_NOT_FOUND');
    const attempts = await this.repository.attempts(tx, callUpId);
    const parties = { siteRegionCode: callUp.task.site.regionCode, teams: attempts.map(teamOf) };
    if (!maySee(caller, parties)) throw new DomainError('TEAMS_CALL_UP_NOT_FOUND');
    if (!mayAct(caller, parties)) {
      throw new DomainError('TEAMS_TRANSITION_FORBIDDEN', {
        detail: 'the call-up is not with a team that you command',
      });
    }
    return { callUp: { ...callUp, task: callUp.task }, holder: attempts.at(-1), parties };
  }
}

const teamOf = (attempt: StoredAttempt) => ({
  regionCode: attempt.teamRegionCode,
  organisationId: attempt.teamOrganisationId,
});
