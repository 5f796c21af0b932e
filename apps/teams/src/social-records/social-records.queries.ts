import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { ServiceContractResponse, SurveyReturnResponse } from './dto/social-record.dto';

interface Page {
  readonly limit: number;
  readonly offset: number;
}

type Raw<Row, Keys extends keyof Row> = Omit<Row, Keys> & Record<Keys, string>;

@Injectable()
export class SocialRecordsQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND */
  async surveyReturns(caller: Caller, teamId: string, page: Page): Promise<SurveyReturnResponse[]> {
    await this.requireTeam(caller, teamId);
    const rows = await this.database.query<Raw<SurveyReturnResponse, 'gearValueFen' | 'yearlyFundsFen'>>(
      `SELECT id, surveyed_on::text AS "surveyedOn", people, full_time_people AS "fullTimePeople", gear,
              gear_value_fen AS "gearValueFen", yearly_funds_fen AS "yearlyFundsFen",
              support_wanted AS "supportWanted", recorded_by AS "recordedBy"
       FROM team_survey_returns WHERE team_id = $1 ORDER BY surveyed_on DESC LIMIT $2 OFFSET $3`,
      [teamId, page.limit, page.offset],
    );
    return rows.map((row) => ({
      ...row,
      gearValueFen: safeInteger(row.gearValueFen),
      yearlyFundsFen: safeInteger(row.yearlyFundsFen),
    }));
  }

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND */
  async serviceContracts(caller: Caller, teamId: string, page: Page): Promise<ServiceContractResponse[]> {
    await this.requireTeam(caller, teamId);
    return this.database.query<ServiceContractResponse>(
      `SELECT c.id, c.number, c.buyer_name AS "buyerName", c.service, c.begins_on::text AS "beginsOn",
              c.ends_on::text AS "endsOn", c.ended_on::text AS "endedOn", c.end_reason AS "endReason",
              (SELECT jsonb_agg(jsonb_build_object('per', per, 'amountFen', amount_fen) ORDER BY per)
               FROM service_contract_rates WHERE contract_id = c.id) AS rates
       FROM service_contracts c WHERE c.team_id = $1 ORDER BY c.begins_on DESC, c.id LIMIT $2 OFFSET $3`,
      [teamId, page.limit, page.offset],
    );
  }

  private async requireTeam(caller: Caller, teamId: string): Promise<void> {
    const found = await this.database.query('SELECT 1 FROM teams WHERE id = $1 AND region_code LIKE $2', [
      ...[teamId, regionPattern(caller.regionCode)],
    ]);
    if (found.length === 0) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
  }
}
