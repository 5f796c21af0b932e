import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import type { MembershipWrittenResponse } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface Leaving {
  readonly caller: Caller;
  readonly teamId: string;
  readonly personId: string;
  readonly reason: string;
}

/** Ends a membership; the person may join another team from this instant on. */
@Injectable()
export class LeaveTeamUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_PERSON_NOT_FOUND, TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN,
   *   TEAMS_PERSON_NOT_ON_TEAM
   */
  async execute(
    tx: Tx,
    { caller, teamId, personId, reason }: Leaving,
    cause: Cause,
  ): Promise<MembershipWrittenResponse> {
    await this.people.lockFor(tx, caller, personId);
    assertKeeps(caller, await this.entries.lockFor(tx, caller, teamId));
    const membershipId = await this.people.leave(tx, { personId, teamId, reason });
    await this.reassess.execute(tx, teamId, cause);
    return { personId, membershipId };
  }
}
