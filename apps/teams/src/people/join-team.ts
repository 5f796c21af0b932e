import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import type { JoinTeamRequest, MembershipWrittenResponse } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface Joining {
  readonly caller: Caller;
  readonly teamId: string;
  readonly request: JoinTeamRequest;
}

/** Takes a person who is known onto a team. */
@Injectable()
export class JoinTeamUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_PERSON_NOT_FOUND, TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN,
   *   TEAMS_TEAM_DISBANDED, TEAMS_PERSON_ON_A_TEAM
   */
  async execute(tx: Tx, { caller, teamId, request }: Joining, cause: Cause): Promise<MembershipWrittenResponse> {
    const { personId, role } = request;
    await this.people.lockFor(tx, caller, personId);
    const team = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, team);
    assertActive(team);
    const membershipId = await this.people.join(tx, { personId, teamId, role });
    await this.reassess.execute(tx, teamId, cause);
    return { personId, membershipId };
  }
}
