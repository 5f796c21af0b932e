import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRegistry1763800300000 implements MigrationInterface {
  name = 'CreateRegistry1763800300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE team_types (
        code text NOT NULL CONSTRAINT pk_team_types PRIMARY KEY,
        kind text NOT NULL,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        specialty text NOT NULL,
        call_channel text NOT NULL,
        plan_reference text NOT NULL,
        CONSTRAINT ck_team_types_code CHECK (code ~ '^[A-Z]{3}-[0-9]{2}$')
      )`);
    await runner.query(`
      CREATE TABLE teams (
        id uuid NOT NULL CONSTRAINT pk_teams PRIMARY KEY,
        code text NOT NULL CONSTRAINT uq_teams_code UNIQUE,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        type_code text NOT NULL CONSTRAINT fk_teams_type REFERENCES team_types (code),
        region_code text NOT NULL,
        organisation_id uuid NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        position_basis text NOT NULL,
        strength integer NOT NULL,
        readiness_note text NOT NULL,
        synthetic boolean NOT NULL,
        CONSTRAINT ck_teams_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        CONSTRAINT ck_teams_latitude CHECK (latitude BETWEEN -90 AND 90),
        CONSTRAINT ck_teams_longitude CHECK (longitude BETWEEN -180 AND 180),
        CONSTRAINT ck_teams_position_basis CHECK (position_basis IN ('sourced', 'synthetic')),
        CONSTRAINT ck_teams_strength CHECK (strength >= 0)
      )`);
    await runner.query('CREATE INDEX ix_teams_type_code ON teams (type_code)');
    await runner.query('CREATE INDEX ix_teams_region_code_prefix ON teams (region_code text_pattern_ops)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
