import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertActive } from '../registry/amend-team';
import { assertKeeps } from '../registry/register-team';
import { TeamEntriesRepository } from '../registry/team-entries.repository';
import type { RecordSurveyReturnRequest, SurveyReturnWrittenResponse } from './dto/social-record.dto';

export interface SurveyReturn {
  readonly caller: Caller;
  readonly teamId: string;
  readonly request: RecordSurveyReturnRequest;
}

/** Enters what a social force returned in a survey: people, gear, money, and the support that it asks for. */
@Injectable()
export class RecordSurveyReturnUseCase {
  constructor(private readonly entries: TeamEntriesRepository) {}

  /**
   * @throws DomainError in this order: TEAMS_TEAM_NOT_FOUND, TEAMS_TEAM_ORGANISATION_FOREIGN, TEAMS_TEAM_DISBANDED,
   *   TEAMS_NOT_A_SOCIAL_FORCE, TEAMS_DATES_INVALID, TEAMS_SURVEY_PEOPLE_INVALID, TEAMS_SURVEY_DAY_TAKEN
   * Source: plan 004 §19 (survey of people, gear, money).
   */
  async execute(tx: Tx, { caller, teamId, request }: SurveyReturn): Promise<SurveyReturnWrittenResponse> {
    const team = await this.entries.lockFor(tx, caller, teamId);
    assertKeeps(caller, team);
    assertActive(team);
    const social = await tx.query(`SELECT 1 FROM team_types WHERE code = $1 AND kind = 'social'`, [team.typeCode]);
    if (social.length === 0) throw new DomainError('TEAMS_NOT_A_SOCIAL_FORCE');
    if (request.surveyedOn > dayInChina(tx.now)) throw new DomainError('TEAMS_DATES_INVALID');
    if (request.fullTimePeople > request.people) throw new DomainError('TEAMS_SURVEY_PEOPLE_INVALID');
    const surveyReturnId = newId();
    const inserted = await tx.execute(
      `INSERT INTO team_survey_returns (id, team_id, surveyed_on, people, full_time_people, gear, gear_value_fen,
                                        yearly_funds_fen, support_wanted, recorded_at, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (team_id, surveyed_on) DO NOTHING`,
      [
        ...[surveyReturnId, teamId, request.surveyedOn, request.people, request.fullTimePeople, request.gear],
        ...[request.gearValueFen, request.yearlyFundsFen, request.supportWanted],
        ...[tx.now, caller.username, caller.userId],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_SURVEY_DAY_TAKEN');
    return { surveyReturnId };
  }
}
