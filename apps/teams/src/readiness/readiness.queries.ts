import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { Level, Reason } from './domain/readiness';
import type { ReadinessResponse, RuleResponse } from './dto/readiness.dto';

interface StateRow {
  readonly asOf: Date;
  readonly level: Level;
  readonly computedLevel: Level;
  readonly reasons: readonly Reason[];
  readonly since: Date;
  readonly until: Date | null;
}

const STATE = `
  SELECT s.level, s.computed_level AS "computedLevel", s.reasons, s.since,
         (SELECT n.since FROM readiness_states n WHERE n.team_id = s.team_id AND n.ordinal = s.ordinal + 1) AS until`;

@Injectable()
export class ReadinessQueries {
  constructor(private readonly database: Database) {}

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND; TEAMS_DATES_INVALID for an instant to come */
  async readiness(caller: Caller, teamId: string, asOf: string | undefined): Promise<ReadinessResponse> {
    await this.requireTeam(caller, teamId);
    const [clock] = await this.database.query<{ at: Date; ahead: boolean }>(
      `SELECT coalesce($1::timestamptz, now()) AS at, $1::timestamptz > now() AS ahead`,
      [asOf ?? null],
    );
    if (clock.ahead) throw new DomainError('TEAMS_DATES_INVALID', { detail: 'nobody knows how ready it will be' });
    const [row] = await this.database.query<StateRow>(
      `${STATE}, coalesce($2::timestamptz, now()) AS "asOf" FROM readiness_states s
       WHERE s.team_id = $1 AND s.since <= coalesce($2::timestamptz, now()) ORDER BY s.ordinal DESC LIMIT 1`,
      [teamId, asOf ?? null],
    );
    if (row) return responseOf(teamId, row);
    const nothing = { level: null, computedLevel: null, reasons: [], since: null, until: null };
    return { teamId, asOf: clock.at.toISOString(), ...nothing };
  }

  /**
   * The intervals, the latest first; `asOf` is the begin of each.
   * @throws DomainError TEAMS_TEAM_NOT_FOUND
   */
  async history(caller: Caller, teamId: string, page: PageQuery): Promise<ReadinessResponse[]> {
    await this.requireTeam(caller, teamId);
    const rows = await this.database.query<StateRow>(
      `${STATE}, s.since AS "asOf" FROM readiness_states s
       WHERE s.team_id = $1 ORDER BY s.ordinal DESC LIMIT $2 OFFSET $3`,
      [teamId, page.limit, page.offset],
    );
    return rows.map((row) => responseOf(teamId, row));
  }

  /** Rules for every region and those that concern the caller's. */
  async rules(caller: Caller, page: PageQuery): Promise<RuleResponse[]> {
    return this.database.query<RuleResponse>(
      `SELECT r.id, r.type_code AS "typeCode", r.region_code AS "regionCode", r.valid_from::text AS "validFrom",
              r.ready_percent AS "readyPercent", r.limited_percent AS "limitedPercent", r.basis, r.source,
              r.set_by AS "setBy",
              coalesce((SELECT jsonb_agg(jsonb_build_object('kindCode', kind_code, 'holders', holders, 'lowersTo',
                          lowers_to) ORDER BY kind_code)
                        FROM readiness_rule_needs WHERE rule_id = r.id), '[]') AS needs
       FROM readiness_rules r
       WHERE r.region_code IS NULL OR r.region_code LIKE $1 OR starts_with($2, r.region_code)
       ORDER BY r.type_code NULLS FIRST, r.region_code NULLS FIRST, r.valid_from DESC LIMIT $3 OFFSET $4`,
      [regionPattern(caller.regionCode), caller.regionCode, page.limit, page.offset],
    );
  }

  private async requireTeam(caller: Caller, teamId: string): Promise<void> {
    const found = await this.database.query('SELECT 1 FROM teams WHERE id = $1 AND region_code LIKE $2', [
      ...[teamId, regionPattern(caller.regionCode)],
    ]);
    if (found.length === 0) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
  }
}

const responseOf = (teamId: string, row: StateRow): ReadinessResponse => ({
  ...{ teamId, asOf: row.asOf.toISOString(), level: row.level, computedLevel: row.computedLevel },
  reasons: row.reasons.map((reason) => ({
    ...{ code: reason.code, level: reason.level, detail: reason.detail },
    personIds: [...(reason.personIds ?? [])],
  })),
  ...{ since: row.since.toISOString(), until: row.until?.toISOString() ?? null },
});
