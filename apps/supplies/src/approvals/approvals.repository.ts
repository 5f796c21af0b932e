import { Injectable } from '@nestjs/common';
import { lineageOf } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Place } from '../scope';
import type { Recorder } from '../stock/domain/recorder';
import type { ApprovalKind, ApprovalRule, ApprovalStep, OpenApproval, Signatory } from './domain/approval-rule';

export type Lane = 'ordinary' | 'act-first';

/** A request for a signature, or the debt of one. */
export interface Approval extends OpenApproval {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly subjectNumber: string;
  readonly organisationId: string;
  readonly amountFen: number;
  readonly lane: Lane;
  readonly requestedBy: string;
  readonly dueAt: Date;
  readonly warnings: number;
}

export interface NewApproval {
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly subjectNumber: string;
  readonly place: Place;
  readonly amountFen: number;
  readonly signatory: Signatory;
  readonly ruleSource: string;
  readonly lane: Lane;
  readonly reason: string | null;
  readonly requestedBy: Recorder;
  readonly dueInSeconds: number;
}

export interface Decision {
  readonly state: 'approved' | 'refused';
  readonly decidedBy: Recorder;
  readonly paperNumber: string | null;
  readonly note: string | null;
}

export interface NewApprovalRule extends Omit<ApprovalRule, 'steps'> {
  readonly kind: ApprovalKind;
  readonly steps: readonly ApprovalStep[];
  readonly setBy: Recorder;
}

type ApprovalRow = Omit<Approval, 'amountFen'> & { readonly amountFen: string };

const COLUMNS = `
  id, kind, subject_id AS "subjectId", subject_number AS "subjectNumber", region_code AS "regionCode",
  organisation_id AS "organisationId", amount_fen AS "amountFen", signatory, lane, requested_by AS "requestedBy",
  requested_by_id AS "requestedById", due_at AS "dueAt", warnings`;

/** Writes approvals and their rules. An approval is locked after the thing it is about. */
@Injectable()
export class ApprovalsRepository {
  /** Every rule that could be in force for a region: its own and those of the regions above. */
  async rulesFor(tx: Tx, kind: ApprovalKind, regionCode: string): Promise<ApprovalRule[]> {
    const rows = await tx.query<ApprovalRule & { steps: readonly ApprovalStep[] }>(
      `SELECT rule.region_code AS "regionCode", rule.valid_from::text AS "validFrom", rule.answer_hours AS "answerHours",
              rule.papers_hours AS "papersHours", rule.basis, rule.source,
              (SELECT json_agg(json_build_object('fromFen', step.from_fen, 'signatory', step.signatory)
                               ORDER BY step.from_fen)
               FROM approval_rule_steps AS step WHERE step.rule_id = rule.id) AS steps
       FROM approval_rules AS rule WHERE rule.kind = $1 AND rule.region_code = ANY($2)`,
      [kind, lineageOf(regionCode)],
    );
    return rows;
  }

  /** @returns false when the region has a rule of that day already */
  async insertRule(tx: Tx, rule: NewApprovalRule): Promise<string | undefined> {
    const id = newId();
    const inserted = await tx.execute(
      `INSERT INTO approval_rules (id, kind, region_code, valid_from, answer_hours, papers_hours, basis, source, set_by,
                                   set_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (kind, region_code, valid_from) DO NOTHING`,
      [
        ...[id, rule.kind, rule.regionCode, rule.validFrom, rule.answerHours, rule.papersHours],
        ...[rule.basis, rule.source, rule.setBy.name, rule.setBy.userId],
      ],
    );
    if (inserted === 0) return undefined;
    await tx.execute(
      `INSERT INTO approval_rule_steps (rule_id, from_fen, signatory)
       SELECT $1, step.* FROM unnest($2::bigint[], $3::text[]) AS step`,
      [id, rule.steps.map(({ fromFen }) => fromFen), rule.steps.map(({ signatory }) => signatory)],
    );
    return id;
  }

  async insert(tx: Tx, approval: NewApproval): Promise<{ id: string; dueAt: Date }> {
    const id = newId();
    const [row] = await tx.query<{ due_at: Date }>(
      `INSERT INTO approvals (id, kind, subject_id, subject_number, region_code, organisation_id, amount_fen, signatory,
                              rule_source, lane, state, reason, requested_by, requested_by_id, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', $11, $12, $13, now() + $14 * interval '1 second')
       RETURNING due_at`,
      [
        ...[id, approval.kind, approval.subjectId, approval.subjectNumber, approval.place.regionCode],
        ...[approval.place.organisationId, approval.amountFen, approval.signatory, approval.ruleSource, approval.lane],
        ...[approval.reason, approval.requestedBy.name, approval.requestedBy.userId, approval.dueInSeconds],
      ],
    );
    return { id, dueAt: row.due_at };
  }

  /** The request about a thing that still waits, locked. */
  async lockPending(tx: Tx, kind: ApprovalKind, subjectId: string): Promise<Approval | undefined> {
    const [row] = await tx.query<ApprovalRow>(
      `SELECT ${COLUMNS} FROM approvals WHERE kind = $1 AND subject_id = $2 AND state = 'pending' FOR UPDATE`,
      [kind, subjectId],
    );
    return row && approvalOf(row);
  }

  async lockPendingById(tx: Tx, id: string): Promise<Approval | undefined> {
    const [row] = await tx.query<ApprovalRow>(
      `SELECT ${COLUMNS} FROM approvals WHERE id = $1 AND state = 'pending' FOR UPDATE`,
      [id],
    );
    return row && approvalOf(row);
  }

  async decide(tx: Tx, id: string, { state, decidedBy, paperNumber, note }: Decision): Promise<void> {
    await tx.execute(
      `UPDATE approvals SET state = $2, decided_by = $3, decided_by_id = $4, decided_at = now(), paper_number = $5,
              decision_note = $6
       WHERE id = $1`,
      [id, state, decidedBy.name, decidedBy.userId, paperNumber, note],
    );
  }

  async withdraw(tx: Tx, id: string, note: string): Promise<void> {
    await tx.execute(`UPDATE approvals SET state = 'withdrawn', decision_note = $2 WHERE id = $1`, [id, note]);
  }

  async markOverdue(tx: Tx, id: string): Promise<void> {
    await tx.execute(
      'UPDATE approvals SET overdue_at = coalesce(overdue_at, now()), warnings = warnings + 1 WHERE id = $1',
      [id],
    );
  }
}

const approvalOf = (row: ApprovalRow): Approval => ({ ...row, amountFen: safeInteger(row.amountFen) });
