import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import { isIdentityNumber, maskedIdentityNumber, normalisedIdentityNumber } from './domain/identity-number';
import type { MembershipWrittenResponse, RegisterPersonRequest } from './dto/person.dto';
import { identityHash } from './identity-hash';
import { PeopleRepository } from './people.repository';

/** Enters a person who is not known yet, as a member of a team. */
@Injectable()
export class RegisterPersonUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_IDENTITY_NUMBER_INVALID, TEAMS_PERSON_KNOWN
   */
  async execute(
    tx: Tx,
    caller: Caller,
    request: RegisterPersonRequest,
    cause: Cause,
  ): Promise<MembershipWrittenResponse> {
    const team = await this.entries.lockFor(tx, caller, request.teamId);
    assertKeeps(caller, team);
    assertActive(team);
    const { name, phone, role, userId = null } = request;
    const { regionCode, organisationId } = team;
    const identity = await this.identityOf(tx, request.identityNumber);
    const personId = await this.people.insert(tx, caller, {
      ...{ name, phone, userId, regionCode, organisationId },
      ...identity,
    });
    const membershipId = await this.people.join(tx, { personId, teamId: team.id, role });
    await this.reassess.execute(tx, team.id, cause);
    return { personId, membershipId };
  }

  private async identityOf(tx: Tx, given: string | null | undefined) {
    if (given == null) return { identityMasked: null, identityHash: null };
    const number = normalisedIdentityNumber(given);
    if (!isIdentityNumber(number)) throw new DomainError('TEAMS_IDENTITY_NUMBER_INVALID');
    const hash = identityHash(await this.people.salt(tx), number);
    return { identityMasked: maskedIdentityNumber(number), identityHash: hash };
  }
}
