import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { assertKeeps } from '../registry/register-team';
import type { AmendPersonRequest, PersonWrittenResponse } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface PersonAmendment {
  readonly caller: Caller;
  readonly personId: string;
  readonly request: AmendPersonRequest;
}

/** Changes name, phone number or account of a person. */
@Injectable()
export class AmendPersonUseCase {
  constructor(private readonly people: PeopleRepository) {}

  /**
   * @throws DomainError in this order: TEAMS_PERSON_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_VERSION_STALE,
   *   TEAMS_PERSON_KNOWN when the account belongs to somebody else
   */
  async execute(tx: Tx, { caller, personId, request }: PersonAmendment): Promise<PersonWrittenResponse> {
    const known = await this.people.lockFor(tx, caller, personId);
    assertKeeps(caller, known);
    if (known.version !== request.version) {
      throw new DomainError('TEAMS_VERSION_STALE', { facts: { version: known.version } });
    }
    const { name, phone, userId = null } = request;
    const changed = await tx.execute(
      `UPDATE persons SET name = $2, phone = $3, user_id = $4, version = version + 1
       WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM persons WHERE user_id = $4 AND id <> $1)`,
      [personId, name, phone, userId],
    );
    if (changed === 0) throw new DomainError('TEAMS_PERSON_KNOWN');
    return { personId, version: known.version + 1 };
  }
}
