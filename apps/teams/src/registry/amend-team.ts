import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import type { AmendTeamRequest, TeamWrittenResponse } from './dto/team-entry.dto';
import { amendableOf, assertKeeps, assertSound } from './register-team';
import { TeamEntriesRepository, type TeamHeader } from './team-entries.repository';

export interface Amendment {
  readonly caller: Caller;
  readonly teamId: string;
  readonly request: AmendTeamRequest;
}

/** Changes the entry of a team, which is sent whole. */
@Injectable()
export class AmendTeamUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN (of the entry as it is and
   *   as it is to be), TEAMS_TEAM_DISBANDED, TEAMS_VERSION_STALE, TEAMS_TEAM_ENTRY_INVALID
   */
  async execute(tx: Tx, { caller, teamId, request }: Amendment, cause: Cause): Promise<TeamWrittenResponse> {
    const known = await this.entries.lockFor(tx, caller, teamId);
    const team: TeamHeader = { ...known, ...amendableOf(request), version: known.version + 1 };
    assertKeeps(caller, known);
    assertKeeps(caller, team);
    assertActive(known);
    if (known.version !== request.version) {
      const detail = `the entry is at version ${known.version}`;
      throw new DomainError('TEAMS_VERSION_STALE', { detail, facts: { version: known.version } });
    }
    await assertSound(this.entries, tx, request, known.typeCode);
    await this.entries.update(tx, team, cause);
    await this.entries.replaceLists(tx, teamId, request);
    await this.reassess.execute(tx, teamId, cause);
    return { teamId, code: team.code, state: team.state, version: team.version };
  }
}

/** @throws DomainError TEAMS_TEAM_DISBANDED */
export function assertActive(team: { readonly state: string }): void {
  if (team.state !== 'active') throw new DomainError('TEAMS_TEAM_DISBANDED');
}
