import type { MigrationInterface, QueryRunner } from 'typeorm';

/** At most one private key is kept in the database, so that copies which start together agree on it. */
export class CreatePasses1763800420000 implements MigrationInterface {
  name = 'CreatePasses1763800420000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pass_keys (
        kid text NOT NULL CONSTRAINT pk_pass_keys PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        private_jwk jsonb,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX ux_pass_keys_one_private ON pass_keys ((private_jwk IS NOT NULL)) WHERE private_jwk IS NOT NULL',
    );
    await runner.query(`
      CREATE TABLE passes (
        number text NOT NULL CONSTRAINT pk_passes PRIMARY KEY,
        trip_id uuid NOT NULL CONSTRAINT uq_passes_trip UNIQUE CONSTRAINT fk_passes_trip REFERENCES trips (id),
        kid text NOT NULL CONSTRAINT fk_passes_key REFERENCES pass_keys (kid),
        token text NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT ck_passes_hours CHECK (valid_until > valid_from)
      )`);
    await runner.query('CREATE SEQUENCE pass_numbers AS bigint');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
