import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { PersonalDataRepository } from '../personal-data/personal-data.repository';
import { mayKeep } from '../scope';
import { TeamEntriesRepository } from './team-entries.repository';

export interface ContactsWish {
  readonly caller: Caller;
  readonly teamId: string;
  readonly reason: string;
}

/**
 * Opens the names and numbers of a team's contacts to somebody who has to reach them, and writes down who looked and
 * why: those who keep the team's books, dispatchers and approvers of its region, and the contacts themselves.
 */
@Injectable()
export class DiscloseContactsUseCase {
  constructor(
    private readonly entries: TeamEntriesRepository,
    private readonly personalData: PersonalDataRepository,
  ) {}

  /**
   * @returns the id of the entry in the log; the data are read by it, so that no stored answer holds a copy
   * @throws DomainError TEAMS_TEAM_NOT_FOUND, TEAMS_PERSONAL_DATA_FORBIDDEN
   */
  async execute(tx: Tx, { caller, teamId, reason }: ContactsWish): Promise<{ readonly readId: string }> {
    const team = await this.entries.lockFor(tx, caller, teamId);
    const commands = caller.roles.includes('dispatcher') || caller.roles.includes('approver');
    const keeps = caller.roles.includes('team-manager') && mayKeep(caller, team);
    if (!commands && !keeps && !(await this.entries.isContact(tx, teamId, caller.userId))) {
      throw new DomainError('TEAMS_PERSONAL_DATA_FORBIDDEN');
    }
    const read = { subjectKind: 'team-contacts', subjectId: teamId, regionCode: team.regionCode, reason } as const;
    return { readId: await this.personalData.recordRead(tx, caller, read) };
  }
}
