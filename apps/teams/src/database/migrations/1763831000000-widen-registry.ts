import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
const CODE = `'^[a-z]+(-[a-z]+)*$'`;

/** What a team is, can do and answers for: its entry, kept by a person instead of by the seeds alone. */
export class WidenRegistry1763831000000 implements MigrationInterface {
  name = 'WidenRegistry1763831000000';

  async up(runner: QueryRunner): Promise<void> {
    await widenTeams(runner);
    await createAbilities(runner);
    await createContacts(runner);
    await createGrades(runner);
    await makeAppendOnly(runner, ['team_grades', 'team_state_changes', 'personal_data_reads']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function widenTeams(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE teams
      ADD COLUMN sponsor_name text,
      ADD COLUMN base_address text,
      ADD COLUMN state text NOT NULL DEFAULT 'active',
      ADD COLUMN version integer NOT NULL DEFAULT 1,
      ADD CONSTRAINT ck_teams_state CHECK (state IN ('active', 'disbanded'))`);
  await runner.query(`
    CREATE TABLE team_coverage_regions (
      team_id uuid NOT NULL CONSTRAINT fk_team_coverage_regions_team REFERENCES teams (id),
      region_code text NOT NULL,
      CONSTRAINT pk_team_coverage_regions PRIMARY KEY (team_id, region_code),
      CONSTRAINT ck_team_coverage_regions_region_code CHECK (region_code ~ ${REGION})
    )`);
  await runner.query(`
    CREATE TABLE team_state_changes (
      team_id uuid NOT NULL CONSTRAINT fk_team_state_changes_team REFERENCES teams (id),
      version integer NOT NULL,
      state text NOT NULL,
      reason text NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      actor_id uuid NOT NULL,
      CONSTRAINT pk_team_state_changes PRIMARY KEY (team_id, version),
      CONSTRAINT ck_team_state_changes_state CHECK (state IN ('active', 'disbanded'))
    )`);
}

async function createAbilities(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE specialties (
      code text NOT NULL CONSTRAINT pk_specialties PRIMARY KEY,
      name_zh text NOT NULL,
      name_en text NOT NULL,
      CONSTRAINT ck_specialties_code CHECK (code ~ ${CODE})
    )`);
  await runner.query(`
    CREATE TABLE team_specialties (
      team_id uuid NOT NULL CONSTRAINT fk_team_specialties_team REFERENCES teams (id),
      specialty_code text NOT NULL CONSTRAINT fk_team_specialties_specialty REFERENCES specialties (code),
      main boolean NOT NULL,
      CONSTRAINT pk_team_specialties PRIMARY KEY (team_id, specialty_code)
    )`);
  await runner.query('CREATE UNIQUE INDEX ux_team_specialties_one_main ON team_specialties (team_id) WHERE main');
  await runner.query(`
    CREATE TABLE team_capability_kinds (
      code text NOT NULL CONSTRAINT pk_team_capability_kinds PRIMARY KEY,
      name_zh text NOT NULL,
      name_en text NOT NULL,
      unit text NOT NULL,
      highest_level integer NOT NULL,
      CONSTRAINT ck_team_capability_kinds_code CHECK (code ~ ${CODE}),
      CONSTRAINT ck_team_capability_kinds_level CHECK (highest_level BETWEEN 0 AND 9)
    )`);
  await runner.query(`
    CREATE TABLE team_capabilities (
      id uuid NOT NULL CONSTRAINT pk_team_capabilities PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_team_capabilities_team REFERENCES teams (id),
      kind_code text NOT NULL CONSTRAINT fk_team_capabilities_kind REFERENCES team_capability_kinds (code),
      amount bigint NOT NULL,
      level integer NOT NULL,
      basis text NOT NULL,
      stated_at timestamptz NOT NULL,
      ended_at timestamptz,
      CONSTRAINT ck_team_capabilities_amount CHECK (amount > 0),
      CONSTRAINT ck_team_capabilities_level CHECK (level BETWEEN 0 AND 9),
      CONSTRAINT ck_team_capabilities_basis CHECK (basis IN ('declared', 'assessed'))
    )`);
  await runner.query(
    'CREATE UNIQUE INDEX ux_team_capabilities_one_per_kind ON team_capabilities (team_id, kind_code) WHERE ended_at IS NULL',
  );
  await runner.query(
    'CREATE INDEX ix_team_capabilities_kind ON team_capabilities (kind_code, amount) WHERE ended_at IS NULL',
  );
}

async function createContacts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE team_contacts (
      id uuid NOT NULL CONSTRAINT pk_team_contacts PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_team_contacts_team REFERENCES teams (id),
      role text NOT NULL,
      ordinal integer NOT NULL,
      name text NOT NULL,
      phone text NOT NULL,
      user_id uuid,
      since timestamptz NOT NULL,
      ended_at timestamptz,
      CONSTRAINT ck_team_contacts_role CHECK (role IN ('commander', 'deputy', 'duty-desk'))
    )`);
  await runner.query(
    'CREATE UNIQUE INDEX ux_team_contacts_place ON team_contacts (team_id, ordinal) WHERE ended_at IS NULL',
  );
  await runner.query(`
    CREATE UNIQUE INDEX ux_team_contacts_one_commander ON team_contacts (team_id)
    WHERE ended_at IS NULL AND role = 'commander'`);
  await runner.query(`
    CREATE TABLE personal_data_reads (
      id uuid NOT NULL CONSTRAINT pk_personal_data_reads PRIMARY KEY,
      subject_kind text NOT NULL,
      subject_id uuid NOT NULL,
      region_code text NOT NULL,
      reader text NOT NULL,
      reader_id uuid NOT NULL,
      reader_region_code text NOT NULL,
      reason text NOT NULL,
      at timestamptz NOT NULL,
      CONSTRAINT ck_personal_data_reads_subject_kind CHECK (subject_kind IN ('team-contacts', 'person')),
      CONSTRAINT ck_personal_data_reads_region_code CHECK (region_code ~ ${REGION})
    )`);
  await runner.query('CREATE INDEX ix_personal_data_reads_subject ON personal_data_reads (subject_id, at)');
}

async function createGrades(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE team_grades (
      id uuid NOT NULL CONSTRAINT pk_team_grades PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_team_grades_team REFERENCES teams (id),
      scheme text NOT NULL,
      grade text NOT NULL,
      assessed_on date NOT NULL,
      assessor text NOT NULL,
      valid_until date,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_team_grades_validity CHECK (valid_until >= assessed_on)
    )`);
  await runner.query('CREATE INDEX ix_team_grades_team ON team_grades (team_id, assessed_on)');
}
