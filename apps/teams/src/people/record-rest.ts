import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { ReassessTeam } from '../readiness/reassess-team';
import { assertKeeps } from '../registry/register-team';
import type { RecordRestRequest, RestWrittenResponse } from './dto/person.dto';
import { PeopleRepository } from './people.repository';

export interface Rest {
  readonly caller: Caller;
  readonly personId: string;
  readonly request: RecordRestRequest;
}

const LONGEST_REST_MS = 366 * 24 * 60 * 60 * 1000;

/** Enters a time in which a person is not sent out: rest after a mission, leave, illness. */
@Injectable()
export class RecordRestUseCase {
  constructor(
    private readonly people: PeopleRepository,
    private readonly reassess: ReassessTeam,
  ) {}

  /**
   * @throws DomainError in this order: TEAMS_PERSON_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_DATES_INVALID
   *   (ends before it begins, is over, or is longer than a year), TEAMS_REST_OVERLAPS
   */
  async execute(tx: Tx, { caller, personId, request }: Rest, cause: Cause): Promise<RestWrittenResponse> {
    assertKeeps(caller, await this.people.lockFor(tx, caller, personId));
    const [from, until] = [new Date(request.from), new Date(request.until)];
    const span = until.getTime() - from.getTime();
    if (span <= 0 || span > LONGEST_REST_MS || until <= tx.now) throw new DomainError('TEAMS_DATES_INVALID');
    const restId = newId();
    const inserted = await tx.execute(
      `INSERT INTO person_rests (id, person_id, during, reason, recorded_at, recorded_by, recorded_by_id)
       VALUES ($1, $2, tstzrange($3, $4), $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [restId, personId, from, until, request.reason, tx.now, caller.username, caller.userId],
    );
    if (inserted === 0) throw new DomainError('TEAMS_REST_OVERLAPS');
    const teamId = await this.people.teamOf(tx, personId);
    if (teamId !== undefined) await this.reassess.execute(tx, teamId, cause);
    return { restId };
  }
}
