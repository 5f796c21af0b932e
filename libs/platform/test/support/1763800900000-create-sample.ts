import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSample1763800900000 implements MigrationInterface {
  name = 'CreateSample1763800900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id uuid CONSTRAINT pk_notes PRIMARY KEY, text text NOT NULL)');
    await runner.query(`
      CREATE TABLE effects (
        event_id uuid CONSTRAINT pk_effects PRIMARY KEY,
        allocation_id uuid NOT NULL,
        sequence integer NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp()
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
