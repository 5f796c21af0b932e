import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { PersonalDataRepository } from '../personal-data/personal-data.repository';
import { mayKeep } from '../scope';
import { PeopleRepository } from './people.repository';

export interface PersonWish {
  readonly caller: Caller;
  readonly personId: string;
  readonly reason: string;
}

/**
 * Opens name and number of a person to those who need them, and writes down who looked and why: the team manager of the
 * region, commander and deputies of the person's own team, and the person.
 */
@Injectable()
export class DisclosePersonUseCase {
  constructor(
    private readonly people: PeopleRepository,
    private readonly personalData: PersonalDataRepository,
  ) {}

  /** @throws DomainError TEAMS_PERSON_NOT_FOUND, TEAMS_PERSONAL_DATA_FORBIDDEN */
  async execute(tx: Tx, { caller, personId, reason }: PersonWish): Promise<{ readonly readId: string }> {
    const person = await this.people.lockFor(tx, caller, personId);
    const keeps = caller.roles.includes('team-manager') && mayKeep(caller, person);
    const isOwn = person.userId === caller.userId;
    if (!keeps && !isOwn && !(await this.people.isCommandedBy(tx, personId, caller.userId))) {
      throw new DomainError('TEAMS_PERSONAL_DATA_FORBIDDEN');
    }
    const read = { subjectKind: 'person', subjectId: personId, regionCode: person.regionCode, reason } as const;
    return { readId: await this.personalData.recordRead(tx, caller, read) };
  }
}
