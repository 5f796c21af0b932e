import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
const KINDS = `'purchase', 'donation', 'pre-assessment'`;
const SIGNATORIES = `'stock-manager', 'approver', 'upper-approver'`;

/** Who signs what, and what waits for a signature. */
export class CreateApprovals1763817000000 implements MigrationInterface {
  name = 'CreateApprovals1763817000000';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createApprovals(runner);
    await makeAppendOnly(runner, ['approval_rules', 'approval_rule_steps']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE approval_rules (
      id uuid NOT NULL CONSTRAINT pk_approval_rules PRIMARY KEY,
      kind text NOT NULL,
      region_code text NOT NULL,
      valid_from date NOT NULL,
      answer_hours integer NOT NULL,
      papers_hours integer NOT NULL,
      basis text NOT NULL,
      source text NOT NULL,
      set_by text NOT NULL,
      set_by_id uuid NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_approval_rules_day UNIQUE (kind, region_code, valid_from),
      CONSTRAINT ck_approval_rules_kind CHECK (kind IN (${KINDS})),
      CONSTRAINT ck_approval_rules_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_approval_rules_hours CHECK (answer_hours > 0 AND papers_hours > 0),
      CONSTRAINT ck_approval_rules_basis CHECK (basis IN ('sourced', 'estimate'))
    )`);
  await runner.query(`
    CREATE TABLE approval_rule_steps (
      rule_id uuid NOT NULL CONSTRAINT fk_approval_rule_steps_rule REFERENCES approval_rules (id),
      from_fen bigint NOT NULL,
      signatory text NOT NULL,
      CONSTRAINT pk_approval_rule_steps PRIMARY KEY (rule_id, from_fen),
      CONSTRAINT ck_approval_rule_steps_amount CHECK (from_fen >= 0),
      CONSTRAINT ck_approval_rule_steps_signatory CHECK (signatory IN (${SIGNATORIES}))
    )`);
}

async function createApprovals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE approvals (
      id uuid NOT NULL CONSTRAINT pk_approvals PRIMARY KEY,
      kind text NOT NULL,
      subject_id uuid NOT NULL,
      subject_number text NOT NULL,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      amount_fen bigint NOT NULL,
      signatory text NOT NULL,
      rule_source text NOT NULL,
      lane text NOT NULL,
      state text NOT NULL,
      reason text,
      requested_by text NOT NULL,
      requested_by_id uuid NOT NULL,
      requested_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL,
      overdue_at timestamptz,
      warnings integer NOT NULL DEFAULT 0,
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      paper_number text,
      decision_note text,
      CONSTRAINT ck_approvals_kind CHECK (kind IN (${KINDS})),
      CONSTRAINT ck_approvals_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_approvals_amount CHECK (amount_fen >= 0),
      CONSTRAINT ck_approvals_signatory CHECK (signatory IN (${SIGNATORIES})),
      CONSTRAINT ck_approvals_lane CHECK (lane IN ('ordinary', 'act-first') AND (lane = 'ordinary' OR reason IS NOT NULL)),
      CONSTRAINT ck_approvals_state CHECK (state IN ('pending', 'approved', 'refused', 'withdrawn')),
      CONSTRAINT ck_approvals_decided CHECK ((state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL)),
      CONSTRAINT ck_approvals_four_eyes CHECK (decided_by_id <> requested_by_id)
    )`);
  await runner.query('CREATE INDEX ix_approvals_subject ON approvals (kind, subject_id)');
  await runner.query(
    `CREATE UNIQUE INDEX uq_approvals_pending ON approvals (kind, subject_id) WHERE state = 'pending'`,
  );
  await runner.query(
    `CREATE INDEX ix_approvals_pending_region ON approvals (region_code text_pattern_ops) WHERE state = 'pending'`,
  );
}
