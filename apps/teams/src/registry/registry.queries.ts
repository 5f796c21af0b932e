import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database } from '@ledger/platform';
import type { TeamResponse, TeamTypeResponse, TeamsQuery } from './dto/team.dto';

/** Reads of the register. Every statement on teams carries the caller's region. */
@Injectable()
export class RegistryQueries {
  constructor(private readonly database: Database) {}

  async teams(caller: Caller, query: TeamsQuery): Promise<TeamResponse[]> {
    const rows = await this.database.query<TeamRowShape>(
      `${TEAM_COLUMNS}
       WHERE t.region_code LIKE $1 || '%' AND t.region_code LIKE $2 || '%' AND ($3::text IS NULL OR t.type_code = $3)
       ORDER BY t.code LIMIT $4 OFFSET $5`,
      [caller.regionCode, query.region ?? caller.regionCode, query.type ?? null, query.limit, query.offset],
    );
    return rows.map(teamResponseOf);
  }

  /** @throws DomainError TEAMS_TEAM_NOT_FOUND for an unknown id and for a team outside the caller's region */
  async team(caller: Caller, teamId: string): Promise<TeamResponse> {
    const [row] = await this.database.query<TeamRowShape>(
      `${TEAM_COLUMNS} WHERE t.id = $1 AND t.region_code LIKE $2 || '%'`,
      [teamId, caller.regionCode],
    );
    if (!row) throw new DomainError('TEAMS_TEAM_NOT_FOUND');
    return teamResponseOf(row);
  }

  async teamTypes(): Promise<TeamTypeResponse[]> {
    return this.database.query<TeamTypeResponse>(
      `SELECT code, kind, name_zh AS "nameZh", name_en AS "nameEn", specialty, call_channel AS "callChannel",
              plan_reference AS "planReference"
       FROM team_types ORDER BY code`,
    );
  }
}

interface TeamRowShape extends Omit<TeamResponse, 'readiness' | 'commitment'> {
  readonly heldBy: string | null;
  readonly heldState: string;
  readonly heldSince: Date;
}

const TEAM_COLUMNS = `
  SELECT t.id, t.code, t.name_zh AS "nameZh", t.name_en AS "nameEn", t.type_code AS "typeCode",
         y.name_zh AS "typeNameZh", y.name_en AS "typeNameEn", y.call_channel AS "callChannel",
         t.region_code AS "regionCode", t.organisation_id AS "organisationId", t.latitude, t.longitude,
         t.position_basis AS "positionBasis", t.strength, t.readiness_note AS "readinessNote", t.synthetic,
         c.id AS "heldBy", c.state AS "heldState", a.asked_at AS "heldSince"
  FROM teams t
  JOIN team_types y ON y.code = t.type_code
  LEFT JOIN call_up_attempts a ON a.team_id = t.id AND a.ended_at IS NULL
  LEFT JOIN call_ups c ON c.id = a.call_up_id`;

function teamResponseOf({ heldBy, heldState, heldSince, ...team }: TeamRowShape): TeamResponse {
  const commitment = heldBy === null ? null : { callUpId: heldBy, state: heldState, since: heldSince.toISOString() };
  return { ...team, readiness: commitment ? 'committed' : 'free', commitment };
}
