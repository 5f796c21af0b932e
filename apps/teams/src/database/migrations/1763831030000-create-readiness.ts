import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const LEVELS = `'ready', 'limited', 'not-ready'`;

/** What a team needs to be ready, how ready it was at any minute, and what people said against the computation. */
export class CreateReadiness1763831030000 implements MigrationInterface {
  name = 'CreateReadiness1763831030000';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createStates(runner);
    await makeAppendOnly(runner, ['readiness_rules', 'readiness_rule_needs', 'readiness_states']);
    await runner.query(`
      INSERT INTO deadlines (kind, subject_id, owner, due_at, payload)
      SELECT 'team-readiness', id, 'team-manager', now(), '{"realm": "real"}' FROM teams ON CONFLICT DO NOTHING`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE readiness_rules (
      id uuid NOT NULL CONSTRAINT pk_readiness_rules PRIMARY KEY,
      type_code text CONSTRAINT fk_readiness_rules_type REFERENCES team_types (code),
      region_code text,
      valid_from date NOT NULL,
      ready_percent integer NOT NULL,
      limited_percent integer NOT NULL,
      basis text NOT NULL,
      source text NOT NULL,
      set_by text NOT NULL,
      set_by_id uuid,
      set_at timestamptz NOT NULL,
      CONSTRAINT ck_readiness_rules_region_code
        CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_readiness_rules_percent
        CHECK (limited_percent BETWEEN 0 AND ready_percent AND ready_percent <= 100),
      CONSTRAINT ck_readiness_rules_basis CHECK (basis IN ('sourced', 'estimate'))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX ux_readiness_rules_day ON readiness_rules (type_code, region_code, valid_from)
    NULLS NOT DISTINCT`);
  await runner.query(`
    CREATE TABLE readiness_rule_needs (
      rule_id uuid NOT NULL CONSTRAINT fk_readiness_rule_needs_rule REFERENCES readiness_rules (id),
      kind_code text NOT NULL CONSTRAINT fk_readiness_rule_needs_kind REFERENCES evidence_kinds (code),
      holders integer,
      lowers_to text NOT NULL,
      CONSTRAINT pk_readiness_rule_needs PRIMARY KEY (rule_id, kind_code),
      CONSTRAINT ck_readiness_rule_needs_holders CHECK (holders > 0),
      CONSTRAINT ck_readiness_rule_needs_lowers_to CHECK (lowers_to IN ('limited', 'not-ready'))
    )`);
}

async function createStates(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE readiness_states (
      team_id uuid NOT NULL CONSTRAINT fk_readiness_states_team REFERENCES teams (id),
      ordinal integer NOT NULL,
      since timestamptz NOT NULL,
      level text NOT NULL,
      computed_level text NOT NULL,
      reasons jsonb NOT NULL,
      CONSTRAINT pk_readiness_states PRIMARY KEY (team_id, ordinal),
      CONSTRAINT ck_readiness_states_level CHECK (level IN (${LEVELS})),
      CONSTRAINT ck_readiness_states_computed_level CHECK (computed_level IN (${LEVELS}))
    )`);
  await runner.query('CREATE INDEX ix_readiness_states_since ON readiness_states (team_id, since)');
  await runner.query(`
    CREATE TABLE readiness_overrides (
      id uuid NOT NULL CONSTRAINT pk_readiness_overrides PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_readiness_overrides_team REFERENCES teams (id),
      way text NOT NULL,
      level text NOT NULL,
      reason text NOT NULL,
      during tstzrange NOT NULL,
      set_by text NOT NULL,
      set_by_id uuid NOT NULL,
      lifted_by text,
      CONSTRAINT ck_readiness_overrides_way CHECK (way IN ('lower', 'raise')),
      CONSTRAINT ck_readiness_overrides_level CHECK (level IN (${LEVELS})),
      CONSTRAINT ck_readiness_overrides_raise_ends CHECK (way = 'lower' OR NOT upper_inf(during)),
      CONSTRAINT ex_readiness_overrides_one_at_a_time EXCLUDE USING gist (team_id WITH =, during WITH &&)
    )`);
}
