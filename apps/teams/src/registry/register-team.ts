import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { mayKeep } from '../scope';
import { teamFaults } from './domain/check-team';
import type { AmendTeamRequest, RegisterTeamRequest, TeamWrittenResponse } from './dto/team-entry.dto';
import { TeamEntriesRepository, type TeamHeader } from './team-entries.repository';

/** Enters a new team. */
@Injectable()
export class RegisterTeamUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, TEAMS_TEAM_ORGANISATION_FOREIGN,
   *   TEAMS_TEAM_ENTRY_INVALID (kind, specialties, capabilities, contacts), TEAMS_TEAM_CODE_TAKEN
   * Source: plan 000 §15–19 (kinds of teams), plan 004 §20 (all teams in one command system).
   */
  async execute(tx: Tx, caller: Caller, request: RegisterTeamRequest, cause: Cause): Promise<TeamWrittenResponse> {
    if (!regionCovers(caller.regionCode, request.regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    const { code, typeCode, regionCode } = request;
    const identity = { id: newId(), code, typeCode, regionCode, synthetic: false };
    const team: TeamHeader = { ...amendableOf(request), ...identity, state: 'active', version: 1 };
    assertKeeps(caller, team);
    await assertSound(this.entries, tx, request, typeCode);
    await this.entries.insert(tx, team, cause);
    await this.entries.replaceLists(tx, team.id, request);
    await this.entries.recordState(tx, team, 'registered', caller);
    await this.reassess.execute(tx, team.id, cause);
    return { teamId: team.id, code, state: team.state, version: team.version };
  }
}

/** @throws DomainError TEAMS_TEAM_ORGANISATION_FOREIGN */
export function assertKeeps(
  caller: Caller,
  team: { readonly regionCode: string; readonly organisationId: string },
): void {
  if (!mayKeep(caller, team)) throw new DomainError('TEAMS_TEAM_ORGANISATION_FOREIGN');
}

/** @throws DomainError TEAMS_TEAM_ENTRY_INVALID */
export async function assertSound(
  entries: TeamEntriesRepository,
  tx: Tx,
  entry: AmendTeamRequest | RegisterTeamRequest,
  typeCode: string,
): Promise<void> {
  const errors = teamFaults({ ...entry, typeCode }, await entries.knownCodes(tx));
  if (errors.length > 0) throw new DomainError('TEAMS_TEAM_ENTRY_INVALID', { errors });
}

/** What a request says of a team's header. */
export function amendableOf(request: RegisterTeamRequest | AmendTeamRequest) {
  return {
    nameZh: request.nameZh,
    nameEn: request.nameEn,
    organisationId: request.organisationId,
    sponsorName: request.sponsorName ?? null,
    baseAddress: request.baseAddress ?? null,
    latitude: request.latitude,
    longitude: request.longitude,
    strength: request.strength,
  };
}
