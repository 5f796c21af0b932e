import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** The people of teams, on which team each is, and what shows that they may go out. */
export class CreatePeople1763831020000 implements MigrationInterface {
  name = 'CreatePeople1763831020000';

  async up(runner: QueryRunner): Promise<void> {
    await createPersons(runner);
    await createEvidence(runner);
    await createRests(runner);
    await makeAppendOnly(runner, ['identity_salts', 'evidence_withdrawals']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createPersons(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE identity_salts (
      id integer NOT NULL CONSTRAINT pk_identity_salts PRIMARY KEY,
      salt text NOT NULL,
      CONSTRAINT ck_identity_salts_one CHECK (id = 1)
    )`);
  await runner.query(`
    INSERT INTO identity_salts (id, salt)
    VALUES (1, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))`);
  await runner.query(`
    CREATE TABLE persons (
      id uuid NOT NULL CONSTRAINT pk_persons PRIMARY KEY,
      name text NOT NULL,
      phone text NOT NULL,
      identity_masked text,
      identity_hash text CONSTRAINT uq_persons_identity_hash UNIQUE,
      user_id uuid CONSTRAINT uq_persons_user_id UNIQUE,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      version integer NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_persons_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_persons_identity CHECK ((identity_masked IS NULL) = (identity_hash IS NULL))
    )`);
  await runner.query(`
    CREATE TABLE team_memberships (
      id uuid NOT NULL CONSTRAINT pk_team_memberships PRIMARY KEY,
      person_id uuid NOT NULL CONSTRAINT fk_team_memberships_person REFERENCES persons (id),
      team_id uuid NOT NULL CONSTRAINT fk_team_memberships_team REFERENCES teams (id),
      role text NOT NULL,
      during tstzrange NOT NULL,
      end_reason text,
      CONSTRAINT ck_team_memberships_role
        CHECK (role IN ('commander', 'deputy', 'squad-leader', 'member', 'medic', 'driver', 'operator')),
      CONSTRAINT ck_team_memberships_end CHECK (upper_inf(during) = (end_reason IS NULL)),
      CONSTRAINT ex_team_memberships_one_team_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&)
    )`);
  await runner.query('CREATE INDEX ix_team_memberships_open ON team_memberships (team_id) WHERE upper_inf(during)');
}

async function createEvidence(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE evidence_kinds (
      code text NOT NULL CONSTRAINT pk_evidence_kinds PRIMARY KEY,
      family text NOT NULL,
      name_zh text NOT NULL,
      name_en text NOT NULL,
      CONSTRAINT ck_evidence_kinds_code CHECK (code ~ '^[a-z]+(-[a-z]+)*$'),
      CONSTRAINT ck_evidence_kinds_family CHECK (family IN ('certificate', 'training', 'medical', 'insurance'))
    )`);
  await runner.query(`
    CREATE TABLE person_evidence (
      id uuid NOT NULL CONSTRAINT pk_person_evidence PRIMARY KEY,
      person_id uuid NOT NULL CONSTRAINT fk_person_evidence_person REFERENCES persons (id),
      kind_code text NOT NULL CONSTRAINT fk_person_evidence_kind REFERENCES evidence_kinds (code),
      number text,
      issuer text NOT NULL,
      passed boolean NOT NULL,
      hours integer,
      begins_on date NOT NULL,
      valid_until date,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_person_evidence_validity CHECK (valid_until >= begins_on),
      CONSTRAINT ck_person_evidence_hours CHECK (hours > 0)
    )`);
  await runner.query('CREATE INDEX ix_person_evidence_person ON person_evidence (person_id, kind_code)');
  await runner.query(`
    CREATE TABLE evidence_withdrawals (
      evidence_id uuid NOT NULL CONSTRAINT pk_evidence_withdrawals PRIMARY KEY
        CONSTRAINT fk_evidence_withdrawals_evidence REFERENCES person_evidence (id),
      reason text NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      actor_id uuid NOT NULL
    )`);
}

async function createRests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE person_rests (
      id uuid NOT NULL CONSTRAINT pk_person_rests PRIMARY KEY,
      person_id uuid NOT NULL CONSTRAINT fk_person_rests_person REFERENCES persons (id),
      during tstzrange NOT NULL,
      reason text NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_person_rests_ends CHECK (NOT upper_inf(during) AND NOT lower_inf(during)),
      CONSTRAINT ex_person_rests_one_at_a_time EXCLUDE USING gist (person_id WITH =, during WITH &&)
    )`);
}
