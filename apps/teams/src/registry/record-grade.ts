import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertActive } from './amend-team';
import type { GradeWrittenResponse, RecordGradeRequest } from './dto/grade.dto';
import { assertKeeps } from './register-team';
import { TeamEntriesRepository } from './team-entries.repository';

export interface Grading {
  readonly caller: Caller;
  readonly teamId: string;
  readonly request: RecordGradeRequest;
}

/** Enters the grade that an assessor gave a team. Earlier grades stay; the latest of a scheme that is valid counts. */
@Injectable()
export class RecordGradeUseCase {
  constructor(private readonly entries: TeamEntriesRepository) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_DATES_INVALID when it was assessed after today or ends before it begins
   * Source: plan 000 §15–19 (grading), plan 004 §19 (grading of social forces).
   */
  async execute(tx: Tx, { caller, teamId, request }: Grading): Promise<GradeWrittenResponse> {
    const team = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, team);
    assertActive(team);
    const { scheme, grade, assessedOn, assessor, validUntil = null } = request;
    if (assessedOn > dayInChina(tx.now)) throw new DomainError('TEAMS_DATES_INVALID', { detail: 'assessed in future' });
    if (validUntil !== null && validUntil < assessedOn) {
      throw new DomainError('TEAMS_DATES_INVALID', { detail: 'the grade ends before it was assessed' });
    }
    const gradeId = newId();
    await tx.execute(
      `INSERT INTO team_grades (id, team_id, scheme, grade, assessed_on, assessor, valid_until, recorded_at,
                                recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[gradeId, teamId, scheme, grade, assessedOn, assessor, validUntil],
        ...[tx.now, caller.username, caller.userId],
      ],
    );
    return { gradeId };
  }
}
