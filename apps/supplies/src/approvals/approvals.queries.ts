import { Injectable } from '@nestjs/common';
import { lineageOf, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { ApprovalKind } from './domain/approval-rule';
import type { ApprovalRuleResponse, ApprovalRulesQuery, ApprovalRulesResponse } from './dto/approval-rule.dto';
import type { ApprovalResponse, ApprovalsQuery, ApprovalsResponse } from './dto/approval.dto';

type ApprovalRow = Omit<ApprovalResponse, 'amountFen' | 'requestedAt' | 'dueAt' | 'decidedAt'> & {
  readonly amountFen: string;
  readonly requestedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly total: string;
};

const SELECT = `
  SELECT id AS "approvalId", kind, subject_id AS "subjectId", subject_number AS "subjectNumber",
         region_code AS "regionCode", amount_fen AS "amountFen", signatory, rule_source AS "ruleSource", lane, state,
         reason, requested_by AS "requestedBy", requested_at AS "requestedAt", due_at AS "dueAt",
         state = 'pending' AND due_at <= now() AS overdue, warnings, decided_by AS "decidedBy",
         decided_at AS "decidedAt", paper_number AS "paperNumber", decision_note AS "decisionNote",
         count(*) OVER () AS total
  FROM approvals`;

/** Reads of what waits for a signature, and of the rules. */
@Injectable()
export class ApprovalsQueries {
  constructor(private readonly database: Database) {}

  /** What is due first comes first. */
  async approvals(caller: Caller, query: ApprovalsQuery): Promise<ApprovalsResponse> {
    const rows = await this.database.query<ApprovalRow>(
      `${SELECT}
       WHERE region_code LIKE $1 AND state = $2 AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR lane = $4)
         AND ($5::boolean IS NULL OR (state = 'pending' AND due_at <= now()) = $5)
       ORDER BY due_at, id LIMIT $6 OFFSET $7`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), query.state ?? 'pending', query.kind ?? null],
        ...[query.lane ?? null, query.overdue ?? null, query.limit, query.offset],
      ],
    );
    return { items: rows.map(approvalOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  /** Everything that was ever asked or owed about a thing; whoever calls has checked that its readers may see it. */
  async ofSubject(kind: ApprovalKind, subjectId: string): Promise<ApprovalResponse[]> {
    const rows = await this.database.query<ApprovalRow>(
      `${SELECT} WHERE kind = $1 AND subject_id = $2 ORDER BY requested_at, id`,
      [kind, subjectId],
    );
    return rows.map(approvalOf);
  }

  /** The rules of the caller's region, of those above it, which hold there too, and of those below. */
  async rules(caller: Caller, query: ApprovalRulesQuery): Promise<ApprovalRulesResponse> {
    const rows = await this.database.query<ApprovalRuleResponse & { total: string }>(
      `SELECT rule.id, rule.kind, rule.region_code AS "regionCode", rule.valid_from::text AS "validFrom",
              (SELECT json_agg(json_build_object('fromFen', step.from_fen, 'signatory', step.signatory)
                               ORDER BY step.from_fen)
               FROM approval_rule_steps AS step WHERE step.rule_id = rule.id) AS steps,
              rule.answer_hours AS "answerHours", rule.papers_hours AS "papersHours", rule.basis, rule.source,
              rule.set_by AS "setBy", count(*) OVER () AS total
       FROM approval_rules AS rule
       WHERE (rule.region_code LIKE $1 OR rule.region_code = ANY($2)) AND ($3::text IS NULL OR rule.kind = $3)
       ORDER BY rule.kind, rule.region_code, rule.valid_from DESC LIMIT $4 OFFSET $5`,
      [regionPattern(caller.regionCode), lineageOf(caller.regionCode), query.kind ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, ...rule }) => rule);
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}

const approvalOf = ({ total: _total, ...row }: ApprovalRow): ApprovalResponse => ({
  ...row,
  amountFen: safeInteger(row.amountFen),
  requestedAt: row.requestedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});
