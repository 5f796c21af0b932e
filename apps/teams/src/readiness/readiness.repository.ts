import { Injectable } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import type { Assessment, Facts, Level, Member, Override, Reason, Rule } from './domain/readiness';

export interface StoredState {
  readonly ordinal: number;
  readonly since: Date;
  readonly level: Level;
  readonly computedLevel: Level;
  readonly reasons: readonly Reason[];
}

interface TeamRowShape {
  readonly typeCode: string;
  readonly regionCode: string;
  readonly strength: number;
  readonly state: 'active' | 'disbanded';
}

interface MemberRowShape extends Omit<Member, 'rests'> {
  readonly rests: readonly { readonly from: string; readonly until: string }[];
}

/** Statements behind an assessment. The team's row is locked first, so that its history has one order. */
@Injectable()
export class ReadinessRepository {
  /** @returns undefined for an unknown team */
  async lockFacts(tx: Tx, teamId: string): Promise<Facts | undefined> {
    const [team] = await tx.query<TeamRowShape>(
      `SELECT type_code AS "typeCode", region_code AS "regionCode", strength, state FROM teams WHERE id = $1 FOR UPDATE`,
      [teamId],
    );
    if (!team) return undefined;
    const { state, strength } = team;
    const members = await this.members(tx, teamId);
    const rules = await this.rules(tx, team);
    return { state, strength, members, rules, overrides: await this.overrides(tx, teamId) };
  }

  async lastState(tx: Tx, teamId: string): Promise<StoredState | undefined> {
    const [row] = await tx.query<StoredState>(
      `SELECT ordinal, since, level, computed_level AS "computedLevel", reasons FROM readiness_states
       WHERE team_id = $1 ORDER BY ordinal DESC LIMIT 1`,
      [teamId],
    );
    return row;
  }

  async appendState(tx: Tx, teamId: string, next: Assessment & { ordinal: number; since: Date }): Promise<void> {
    await tx.execute(
      `INSERT INTO readiness_states (team_id, ordinal, since, level, computed_level, reasons)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [teamId, next.ordinal, next.since, next.level, next.computedLevel, JSON.stringify(next.reasons)],
    );
  }

  private async members(tx: Tx, teamId: string): Promise<Member[]> {
    const rows = await tx.query<MemberRowShape>(
      `SELECT m.person_id AS "personId",
              coalesce((SELECT jsonb_agg(jsonb_build_object('kindCode', e.kind_code, 'family', k.family, 'passed',
                          e.passed, 'beginsOn', e.begins_on, 'validUntil', e.valid_until) ORDER BY e.recorded_at, e.id)
                        FROM person_evidence e JOIN evidence_kinds k ON k.code = e.kind_code
                        WHERE e.person_id = m.person_id AND NOT EXISTS (
                          SELECT 1 FROM evidence_withdrawals w WHERE w.evidence_id = e.id)), '[]') AS evidence,
              coalesce((SELECT jsonb_agg(jsonb_build_object('from', lower(r.during), 'until', upper(r.during)))
                        FROM person_rests r WHERE r.person_id = m.person_id AND upper(r.during) > $2), '[]') AS rests
       FROM team_memberships m WHERE m.team_id = $1 AND upper_inf(m.during) ORDER BY m.person_id`,
      [teamId, tx.now],
    );
    return rows.map((row) => ({
      ...row,
      rests: row.rests.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
    }));
  }

  private async rules(tx: Tx, team: TeamRowShape): Promise<Rule[]> {
    return tx.query<Rule>(
      `SELECT r.type_code AS "typeCode", r.region_code AS "regionCode", r.valid_from::text AS "validFrom",
              r.ready_percent AS "readyPercent", r.limited_percent AS "limitedPercent",
              coalesce((SELECT jsonb_agg(jsonb_build_object('kindCode', n.kind_code, 'kindName', k.name_zh, 'holders',
                          n.holders, 'lowersTo', n.lowers_to) ORDER BY n.kind_code)
                        FROM readiness_rule_needs n JOIN evidence_kinds k ON k.code = n.kind_code
                        WHERE n.rule_id = r.id), '[]') AS needs
       FROM readiness_rules r
       WHERE (r.type_code IS NULL OR r.type_code = $1) AND (r.region_code IS NULL OR starts_with($2, r.region_code))`,
      [team.typeCode, team.regionCode],
    );
  }

  private async overrides(tx: Tx, teamId: string): Promise<Override[]> {
    return tx.query<Override>(
      `SELECT way, level, reason, set_by AS "setBy", lower(during) AS "from", upper(during) AS until
       FROM readiness_overrides WHERE team_id = $1 AND during && tstzrange($2, NULL)`,
      [teamId, tx.now],
    );
  }
}
