import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdentity1763800100000 implements MigrationInterface {
  name = 'CreateIdentity1763800100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organisations (
        id uuid NOT NULL CONSTRAINT pk_organisations PRIMARY KEY,
        code text NOT NULL CONSTRAINT uq_organisations_code UNIQUE,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        kind text NOT NULL,
        region_code text NOT NULL,
        synthetic boolean NOT NULL,
        CONSTRAINT ck_organisations_kind CHECK (kind IN ('emergency', 'government', 'water', 'forestry', 'fire',
          'health', 'transport', 'public-security', 'armed-forces', 'enterprise', 'charity')),
        CONSTRAINT ck_organisations_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
      )`);
    await runner.query(`
      CREATE TABLE users (
        id uuid NOT NULL CONSTRAINT pk_users PRIMARY KEY,
        username text NOT NULL CONSTRAINT uq_users_username UNIQUE,
        display_name_zh text NOT NULL,
        display_name_en text NOT NULL,
        roles text[] NOT NULL,
        region_code text NOT NULL,
        organisation_id uuid NOT NULL CONSTRAINT fk_users_organisation REFERENCES organisations (id),
        password_hash text,
        demonstration boolean NOT NULL,
        CONSTRAINT ck_users_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        CONSTRAINT ck_users_roles CHECK (cardinality(roles) > 0)
      )`);
    await runner.query(`
      CREATE TABLE sign_in_attempts (
        kind text NOT NULL,
        subject_hash text NOT NULL,
        attempts integer NOT NULL,
        last_attempt_at timestamptz NOT NULL,
        blocked_until timestamptz NOT NULL,
        CONSTRAINT pk_sign_in_attempts PRIMARY KEY (kind, subject_hash),
        CONSTRAINT ck_sign_in_attempts_kind CHECK (kind IN ('user', 'address')),
        CONSTRAINT ck_sign_in_attempts_not_negative CHECK (attempts >= 0)
      )`);
    await runner.query('CREATE INDEX ix_sign_in_attempts_last_attempt_at ON sign_in_attempts (last_attempt_at)');
    await runner.query(`
      CREATE TABLE signing_keys (
        kid text NOT NULL CONSTRAINT pk_signing_keys PRIMARY KEY,
        private_jwk jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
