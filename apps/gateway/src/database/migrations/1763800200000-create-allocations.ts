import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Allocations, their timelines and the numbers of use orders. */
export class CreateAllocations1763800200000 implements MigrationInterface {
  name = 'CreateAllocations1763800200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE allocations (
        id uuid NOT NULL CONSTRAINT pk_allocations PRIMARY KEY,
        incident_id uuid NOT NULL CONSTRAINT fk_allocations_incident REFERENCES incidents (id),
        region_code text NOT NULL,
        organisation_id uuid NOT NULL,
        phase text NOT NULL,
        requested_by uuid NOT NULL,
        requested_by_name text NOT NULL,
        approved_by_name text,
        state jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        changed_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX ix_allocations_incident ON allocations (incident_id)');
    await runner.query(
      'CREATE INDEX ix_allocations_region_code_prefix ON allocations (region_code text_pattern_ops, created_at DESC)',
    );
    await runner.query(`
      CREATE TABLE allocation_entries (
        allocation_id uuid NOT NULL CONSTRAINT fk_allocation_entries_allocation REFERENCES allocations (id),
        position integer NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        step text NOT NULL,
        what text NOT NULL,
        why text NOT NULL,
        event_id uuid NOT NULL,
        CONSTRAINT pk_allocation_entries PRIMARY KEY (allocation_id, position)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_timeline_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'the timeline of an allocation is append-only'; END $$`);
    await runner.query(`
      CREATE TRIGGER tr_allocation_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON allocation_entries
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_timeline_change()`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON allocation_entries FROM gateway_app');
    await runner.query('CREATE SEQUENCE use_order_numbers');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
