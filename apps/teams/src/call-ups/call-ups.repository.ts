import { Injectable } from '@nestjs/common';
import { lineageOf, type CallUp as CallUpCommand, type Site } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { CallUpState } from './domain/call-up-state';
import type { Candidate, Skip } from './domain/choose-team';

/** A call-up as stored. `task` is null for a tombstone: its stand-down came first, so nothing else is known. */
export interface StoredCallUp {
  readonly id: string;
  readonly allocationId: string;
  readonly lineId: string;
  readonly state: CallUpState;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly task: CallUpTask | null;
}

export interface CallUpTask {
  readonly typeCode: string;
  readonly site: Site;
  readonly answerSeconds: number;
}

/** One team that was asked. */
export interface StoredAttempt {
  readonly id: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly teamRegionCode: string;
  readonly teamOrganisationId: string;
  readonly callChannel: string;
  readonly answerBy: Date;
  readonly skipped: readonly Skip[];
  readonly answer: 'accepted' | 'declined' | 'no-answer' | null;
  readonly answeredBy: string | null;
  readonly channel: 'phone' | 'system' | null;
  readonly strength: number | null;
}

export interface AttemptAnswer {
  readonly answer: 'accepted' | 'declined' | 'no-answer';
  readonly reason: string | null;
  readonly answeredBy: string | null;
  readonly channel: 'phone' | 'system' | null;
  readonly recordedBy: string | null;
  readonly strength: number | null;
}

export interface StateChange {
  readonly callUpId: string;
  readonly from: CallUpState;
  readonly to: CallUpState;
  readonly actor: string;
  /** Why it ended; null while it goes on. */
  readonly endReason: string | null;
}

/** More teams of one kind than this are never ranked; the nearest by tier and place come first. */
const MAX_CANDIDATES = 200;

interface CallUpRowShape {
  readonly id: string;
  readonly allocation_id: string;
  readonly line_id: string;
  readonly type_code: string | null;
  readonly site_id: string;
  readonly site_name: string;
  readonly site_region_code: string;
  readonly site_latitude: number;
  readonly site_longitude: number;
  readonly answer_seconds: number;
  readonly state: CallUpState;
  readonly ended_at: Date | null;
  readonly end_reason: string | null;
}

/** Statements of the write side. Every change starts with the lock on the call-up's row. */
@Injectable()
export class CallUpsRepository {
  /** @returns false when the id is known already: a repeated command or a tombstone */
  async insert(tx: Tx, command: CallUpCommand): Promise<boolean> {
    const { site } = command;
    const inserted = await tx.execute(
      `INSERT INTO call_ups (id, allocation_id, line_id, incident_id, type_code, site_id, site_name, site_region_code,
                             site_latitude, site_longitude, answer_seconds, state, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'requested', $12) ON CONFLICT (id) DO NOTHING`,
      [
        command.callUpId,
        command.allocationId,
        command.lineId,
        command.incidentId,
        command.typeCode,
        site.siteId,
        site.name,
        site.regionCode,
        site.latitude,
        site.longitude,
        command.answerSeconds,
        tx.now,
      ],
    );
    if (inserted === 1) await this.recordChange(tx, command.callUpId, 'requested', 'dispatch');
    return inserted === 1;
  }

  /** @returns false when the call-up is known: then there is something to stand down */
  async insertTombstone(
    tx: Tx,
    tombstone: { readonly callUpId: string; readonly allocationId: string; readonly lineId: string; reason: string },
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO call_ups (id, allocation_id, line_id, state, requested_at, ended_at, end_reason)
       VALUES ($1, $2, $3, 'cancelled', $4, $4, $5) ON CONFLICT (id) DO NOTHING`,
      [tombstone.callUpId, tombstone.allocationId, tombstone.lineId, tx.now, tombstone.reason],
    );
    if (inserted === 1) await this.recordChange(tx, tombstone.callUpId, 'cancelled', 'dispatch');
    return inserted === 1;
  }

  async lock(tx: Tx, callUpId: string): Promise<StoredCallUp | undefined> {
    const [row] = await tx.query<CallUpRowShape>('SELECT * FROM call_ups WHERE id = $1 FOR UPDATE', [callUpId]);
    return row && storedCallUpOf(row);
  }

  /** The teams asked so far, in order. */
  async attempts(tx: Tx, callUpId: string): Promise<StoredAttempt[]> {
    return tx.query<StoredAttempt>(`${ATTEMPT_COLUMNS} WHERE a.call_up_id = $1 ORDER BY a.ordinal`, [callUpId]);
  }

  /** Teams of the kind, the local ones first, each with what holds it now and how it answered this call-up. */
  async candidates(tx: Tx, callUpId: string, task: CallUpTask): Promise<Candidate[]> {
    return tx.query<Candidate>(
      `SELECT t.id AS "teamId", t.name_zh AS "teamName", t.region_code AS "regionCode", t.latitude, t.longitude,
              open.asked_at AS "heldSince", earlier.answer AS "earlierAnswer"
       FROM teams t
       LEFT JOIN call_up_attempts open ON open.team_id = t.id AND open.ended_at IS NULL
       LEFT JOIN LATERAL (
         SELECT answer FROM call_up_attempts
         WHERE call_up_id = $1 AND team_id = t.id AND answer <> 'accepted' ORDER BY ordinal DESC LIMIT 1
       ) earlier ON true
       LEFT JOIN LATERAL (
         SELECT min(climb) AS climb FROM unnest($3::text[]) WITH ORDINALITY AS scope (code, climb)
         WHERE starts_with(t.region_code, scope.code)
       ) local ON true
       WHERE t.type_code = $2 AND t.state = 'active'
       ORDER BY local.climb NULLS LAST, (t.latitude - $4) ^ 2 + (t.longitude - $5) ^ 2, t.id
       LIMIT ${MAX_CANDIDATES}`,
      [callUpId, task.typeCode, lineageOf(task.site.regionCode), task.site.latitude, task.site.longitude],
    );
  }

  /**
   * Promises the team to the call-up. Of two that try at once, the unique index lets one through and the other waits
   * for its commit; of a call-up and the team's disbandment as well, since both take the team's row.
   * @returns undefined when another call-up has the team, or when it was disbanded in the meantime
   */
  async openAttempt(
    tx: Tx,
    callUp: StoredCallUp,
    asked: { readonly teamId: string; readonly skipped: readonly Skip[]; readonly answerSeconds: number },
  ): Promise<StoredAttempt | undefined> {
    const active = await tx.query(`SELECT 1 FROM teams WHERE id = $1 AND state = 'active' FOR SHARE`, [asked.teamId]);
    if (active.length === 0) return undefined;
    const attemptId = newId();
    const inserted = await tx.execute(
      `INSERT INTO call_up_attempts (id, call_up_id, ordinal, team_id, asked_at, answer_by, skipped)
       SELECT $1, $2, count(*) + 1, $3, $4, $4::timestamptz + $5 * interval '1 second', $6
       FROM call_up_attempts WHERE call_up_id = $2
       ON CONFLICT (team_id) WHERE ended_at IS NULL DO NOTHING`,
      [attemptId, callUp.id, asked.teamId, tx.now, asked.answerSeconds, JSON.stringify(asked.skipped)],
    );
    if (inserted === 0) return undefined;
    const [attempt] = await tx.query<StoredAttempt>(`${ATTEMPT_COLUMNS} WHERE a.id = $1`, [attemptId]);
    return attempt;
  }

  /** Enters a team's answer; anything but `accepted` frees the team. */
  async recordAnswer(tx: Tx, attemptId: string, answer: AttemptAnswer): Promise<void> {
    const changed = await tx.execute(
      `UPDATE call_up_attempts
       SET answer = $2, answered_at = $3::timestamptz, answered_by = $4, channel = $5, recorded_by = $6, strength = $7, reason = $8,
           ended_at = CASE WHEN $2 = 'accepted' THEN NULL ELSE $3::timestamptz END
       WHERE id = $1 AND answer IS NULL AND ended_at IS NULL`,
      [
        attemptId,
        answer.answer,
        tx.now,
        answer.answeredBy,
        answer.channel,
        answer.recordedBy,
        answer.strength,
        answer.reason,
      ],
    );
    if (changed !== 1) throw new Error(`attempt ${attemptId} was answered or ended before`);
  }

  /** Frees the team that the call-up holds, if it holds one. */
  async endOpenAttempt(tx: Tx, callUpId: string): Promise<void> {
    await tx.execute('UPDATE call_up_attempts SET ended_at = $2 WHERE call_up_id = $1 AND ended_at IS NULL', [
      callUpId,
      tx.now,
    ]);
  }

  async changeState(tx: Tx, change: StateChange): Promise<void> {
    const isEnd = change.endReason !== null;
    const changed = await tx.execute(
      'UPDATE call_ups SET state = $3, ended_at = $4, end_reason = $5 WHERE id = $1 AND state = $2',
      [change.callUpId, change.from, change.to, isEnd ? tx.now : null, change.endReason],
    );
    if (changed !== 1) throw new Error(`call-up ${change.callUpId} is no longer ${change.from}`);
    await this.recordChange(tx, change.callUpId, change.to, change.actor);
  }

  private async recordChange(tx: Tx, callUpId: string, state: CallUpState, actor: string): Promise<void> {
    await tx.execute(
      `INSERT INTO call_up_changes (call_up_id, ordinal, state, at, actor)
       SELECT $1, count(*) + 1, $2, $3, $4 FROM call_up_changes WHERE call_up_id = $1`,
      [callUpId, state, tx.now, actor],
    );
  }
}

const ATTEMPT_COLUMNS = `
  SELECT a.id, a.team_id AS "teamId", t.name_zh AS "teamName", t.region_code AS "teamRegionCode",
         t.organisation_id AS "teamOrganisationId",
         y.call_channel AS "callChannel", a.answer_by AS "answerBy", a.skipped, a.answer,
         a.answered_by AS "answeredBy", a.channel, a.strength
  FROM call_up_attempts a JOIN teams t ON t.id = a.team_id JOIN team_types y ON y.code = t.type_code`;

function storedCallUpOf(row: CallUpRowShape): StoredCallUp {
  return {
    id: row.id,
    allocationId: row.allocation_id,
    lineId: row.line_id,
    state: row.state,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    task: row.type_code === null ? null : taskOf(row, row.type_code),
  };
}

function taskOf(row: CallUpRowShape, typeCode: string): CallUpTask {
  return {
    typeCode,
    answerSeconds: safeInteger(row.answer_seconds),
    site: {
      siteId: row.site_id,
      name: row.site_name,
      regionCode: row.site_region_code,
      latitude: row.site_latitude,
      longitude: row.site_longitude,
    },
  };
}
