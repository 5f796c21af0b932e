import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { Database, type Tx } from '@ledger/platform';
import type {
  AttemptResponse,
  CallUpResponse,
  CallUpSummaryResponse,
  CallUpsQuery,
  ChangeResponse,
} from './dto/call-up.dto';

/** Where a read runs: on its own, or inside the transaction whose result it answers with. */
type Reader = Pick<Tx, 'query'>;

/**
 * Reads of call-ups. A call-up is in scope when the caller's region covers its site or the base of a team that was
 * asked; a tombstone has neither and is never shown.
 */
@Injectable()
export class CallUpsQueries {
  constructor(private readonly database: Database) {}

  async callUps(caller: Caller, query: CallUpsQuery): Promise<CallUpSummaryResponse[]> {
    const rows = await this.database.query<CallUpRowShape>(
      `${CALL_UP_COLUMNS}
       WHERE ${IN_SCOPE} AND c.site_region_code LIKE $2 || '%'
         AND ($3::boolean IS NULL OR (c.ended_at IS NULL) = $3)
       ORDER BY c.requested_at DESC, c.id LIMIT $4 OFFSET $5`,
      [
        caller.regionCode,
        query.region ?? '',
        query.open === undefined ? null : query.open === 'true',
        query.limit,
        query.offset,
      ],
    );
    return rows.map(summaryOf);
  }

  /** @throws DomainError TEAMS_CALL_UP_NOT_FOUND for an unknown id and for a call-up outside the caller's scope */
  async callUp(caller: Caller, callUpId: string, reader: Reader = this.database): Promise<CallUpResponse> {
    const [row] = await reader.query<CallUpRowShape>(`${CALL_UP_COLUMNS} WHERE ${IN_SCOPE} AND c.id = $2`, [
      caller.regionCode,
      callUpId,
    ]);
    if (!row) throw new DomainError('TEAMS_CALL_UP_NOT_FOUND');
    const ownTeamsOnly = !regionCovers(caller.regionCode, row.siteRegionCode);
    const attempts = await reader.query<AttemptRowShape>(
      `${ATTEMPT_COLUMNS} WHERE a.call_up_id = $1 AND (NOT $2 OR t.region_code LIKE $3 || '%') ORDER BY a.ordinal`,
      [callUpId, ownTeamsOnly, caller.regionCode],
    );
    const changes = await reader.query<Omit<ChangeResponse, 'at'> & { at: Date }>(
      'SELECT state, at, actor FROM call_up_changes WHERE call_up_id = $1 ORDER BY ordinal',
      [callUpId],
    );
    return {
      ...summaryOf(row),
      attempts: attempts.map((attempt) => attemptOf(attempt, { ownTeamsOnly })),
      changes: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
    };
  }
}

/** Expects the caller's region as $1. */
const IN_SCOPE = `
  c.site_region_code IS NOT NULL AND (c.site_region_code LIKE $1 || '%' OR EXISTS (
    SELECT 1 FROM call_up_attempts asked JOIN teams team ON team.id = asked.team_id
    WHERE asked.call_up_id = c.id AND team.region_code LIKE $1 || '%'))`;

const CALL_UP_COLUMNS = `
  SELECT c.id, c.allocation_id AS "allocationId", c.line_id AS "lineId", c.incident_id AS "incidentId",
         c.type_code AS "typeCode", c.site_id AS "siteId", c.site_name AS "siteName",
         c.site_region_code AS "siteRegionCode", c.site_latitude AS "siteLatitude",
         c.site_longitude AS "siteLongitude", c.state, c.requested_at AS "requestedAt", c.ended_at AS "endedAt",
         c.end_reason AS "endReason"
  FROM call_ups c`;

interface CallUpRowShape extends Omit<CallUpSummaryResponse, 'site' | 'requestedAt' | 'endedAt'> {
  readonly siteId: string;
  readonly siteName: string;
  readonly siteRegionCode: string;
  readonly siteLatitude: number;
  readonly siteLongitude: number;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
}

const ATTEMPT_COLUMNS = `
  SELECT a.ordinal, a.team_id AS "teamId", t.name_zh AS "teamName", y.call_channel AS "callChannel",
         a.asked_at AS "askedAt", a.answer_by AS "answerBy", a.skipped, a.answer, a.answered_at AS "answeredAt",
         a.answered_by AS "answeredBy", a.channel, a.strength, a.reason, a.ended_at AS "endedAt"
  FROM call_up_attempts a JOIN teams t ON t.id = a.team_id JOIN team_types y ON y.code = t.type_code`;

interface AttemptRowShape extends Omit<AttemptResponse, 'askedAt' | 'answerBy' | 'answeredAt' | 'endedAt'> {
  readonly askedAt: Date;
  readonly answerBy: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
}

function summaryOf(row: CallUpRowShape): CallUpSummaryResponse {
  return {
    id: row.id,
    allocationId: row.allocationId,
    lineId: row.lineId,
    incidentId: row.incidentId,
    typeCode: row.typeCode,
    site: {
      siteId: row.siteId,
      name: row.siteName,
      regionCode: row.siteRegionCode,
      latitude: row.siteLatitude,
      longitude: row.siteLongitude,
    },
    state: row.state,
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
  };
}

/** Teams passed over belong to other regions: only the site's side learns of them. */
function attemptOf(row: AttemptRowShape, view: { readonly ownTeamsOnly: boolean }): AttemptResponse {
  return {
    ...row,
    askedAt: row.askedAt.toISOString(),
    answerBy: row.answerBy.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    skipped: view.ownTeamsOnly ? [] : row.skipped,
  };
}
