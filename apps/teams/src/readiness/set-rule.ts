import { Injectable } from '@nestjs/common';
import { DomainError, dayInChina, regionCovers, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import type { RuleWrittenResponse, SetRuleRequest } from './dto/readiness.dto';
import { READINESS_DEADLINE } from './reassess-team';

/** Says what teams of a kind need in a region, from a day on. Earlier rules stay for what was before. */
@Injectable()
export class SetRuleUseCase {
  /**
   * The teams that it concerns are assessed anew within seconds, and again on the day on which it begins.
   * @throws DomainError in this order: AUTH_REGION_OUT_OF_SCOPE, TEAMS_READINESS_RULE_INVALID (percentages, codes that
   *   nobody knows), TEAMS_DATES_INVALID when it begins before today, TEAMS_READINESS_RULE_DAY_TAKEN
   */
  async execute(tx: Tx, caller: Caller, request: SetRuleRequest): Promise<RuleWrittenResponse> {
    const { regionCode, typeCode = null, validFrom } = request;
    if (!regionCovers(caller.regionCode, regionCode)) throw new DomainError('AUTH_REGION_OUT_OF_SCOPE');
    await this.checkCodes(tx, request);
    if (validFrom < dayInChina(tx.now)) throw new DomainError('TEAMS_DATES_INVALID');
    const ruleId = newId();
    const inserted = await tx.execute(
      `INSERT INTO readiness_rules (id, type_code, region_code, valid_from, ready_percent, limited_percent, basis,
                                    source, set_by, set_by_id, set_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        ...[ruleId, typeCode, regionCode, validFrom, request.readyPercent, request.limitedPercent],
        ...[request.basis, request.source, caller.displayName, caller.userId, tx.now],
      ],
    );
    if (inserted === 0) throw new DomainError('TEAMS_READINESS_RULE_DAY_TAKEN');
    await tx.execute(
      `INSERT INTO readiness_rule_needs (rule_id, kind_code, holders, lowers_to)
       SELECT $1, "kindCode", holders, "lowersTo"
       FROM jsonb_to_recordset($2) AS need ("kindCode" text, holders integer, "lowersTo" text)`,
      [ruleId, JSON.stringify(request.needs)],
    );
    await tx.execute(
      `INSERT INTO deadlines (kind, subject_id, owner, due_at, payload)
       SELECT $1, id, 'team-manager', now(), $4 FROM teams
       WHERE state = 'active' AND starts_with(region_code, $2) AND ($3::text IS NULL OR type_code = $3) ORDER BY id
       ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = EXCLUDED.due_at`,
      [READINESS_DEADLINE, regionCode, typeCode, JSON.stringify({ realm: caller.realm })],
    );
    return { ruleId };
  }

  private async checkCodes(tx: Tx, request: SetRuleRequest): Promise<void> {
    const kinds = request.needs.map(({ kindCode }) => kindCode);
    const known = await tx.query<{ code: string }>('SELECT code FROM evidence_kinds WHERE code = ANY($1)', [kinds]);
    const type = await tx.query('SELECT 1 FROM team_types WHERE code = $1', [request.typeCode ?? null]);
    const isTypeKnown = request.typeCode == null || type.length > 0;
    const isSound = request.limitedPercent <= request.readyPercent && known.length === kinds.length && isTypeKnown;
    if (!isSound) throw new DomainError('TEAMS_READINESS_RULE_INVALID');
  }
}
