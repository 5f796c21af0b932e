import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertActive } from './amend-team';
import type { TeamWrittenResponse } from './dto/team-entry.dto';
import { assertKeeps } from './register-team';
import { TeamEntriesRepository, type TeamHeader } from './team-entries.repository';

export interface Disbandment {
  readonly caller: Caller;
  readonly teamId: string;
  readonly reason: string;
}

/** Ends a team. Its entry and history stay; it is no longer asked. */
@Injectable()
export class DisbandTeamUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_TEAM_ALREADY_CALLED while a call-up holds it
   */
  async execute(tx: Tx, { caller, teamId, reason }: Disbandment, cause: Cause): Promise<TeamWrittenResponse> {
    const known = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, known);
    assertActive(known);
    const callUpId = await this.entries.openCallUp(tx, teamId);
    if (callUpId !== undefined) throw new DomainError('TEAMS_TEAM_ALREADY_CALLED', { facts: { callUpId } });
    const team: TeamHeader = { ...known, state: 'disbanded', version: known.version + 1 };
    await this.entries.update(tx, team, cause);
    await this.entries.recordState(tx, team, reason, caller);
    await this.reassess.execute(tx, teamId, cause);
    return { teamId, code: team.code, state: team.state, version: team.version };
  }
}
