import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that every service has: outbox, inbox, parked events, idempotency keys and deadlines. */
export class PlatformTables1763800000000 implements MigrationInterface {
  name = 'PlatformTables1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        position bigserial CONSTRAINT pk_outbox PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT uq_outbox_id UNIQUE,
        topic text NOT NULL,
        partition_key text NOT NULL,
        sequence bigint NOT NULL,
        type text NOT NULL,
        envelope text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz,
        CONSTRAINT uq_outbox_sequence UNIQUE (topic, partition_key, sequence)
      )`);
    await runner.query('CREATE INDEX ix_outbox_unpublished ON outbox (position) WHERE published_at IS NULL');
    await runner.query('CREATE INDEX ix_outbox_published_at ON outbox (published_at) WHERE published_at IS NOT NULL');
    await runner.query(`
      CREATE TABLE outbox_sequences (
        topic text NOT NULL,
        partition_key text NOT NULL,
        last_sequence bigint NOT NULL,
        CONSTRAINT pk_outbox_sequences PRIMARY KEY (topic, partition_key),
        CONSTRAINT ck_outbox_sequences_positive CHECK (last_sequence > 0)
      )`);
    await runner.query(`
      CREATE TABLE inbox (
        subscriber text NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_inbox PRIMARY KEY (subscriber, event_id)
      )`);
    await runner.query('CREATE INDEX ix_inbox_received_at ON inbox (received_at)');
    await runner.query(`
      CREATE TABLE inbox_sequences (
        source text NOT NULL,
        topic text NOT NULL,
        partition_key text NOT NULL,
        last_sequence bigint NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_inbox_sequences PRIMARY KEY (source, topic, partition_key)
      )`);
    await runner.query('CREATE INDEX ix_inbox_sequences_updated_at ON inbox_sequences (updated_at)');
    await runner.query(`
      CREATE TABLE parked_events (
        position bigserial CONSTRAINT pk_parked_events PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT uq_parked_events_id UNIQUE,
        subscriber text NOT NULL,
        topic text NOT NULL,
        bus_position text NOT NULL,
        partition_key text,
        event_id text,
        type text,
        value bytea,
        code text NOT NULL,
        reason text NOT NULL,
        stack text,
        state text NOT NULL DEFAULT 'open',
        parked_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        settled_by text,
        CONSTRAINT uq_parked_events_bus_position UNIQUE (subscriber, bus_position),
        CONSTRAINT ck_parked_events_state CHECK (state IN ('open', 'replayed', 'discarded'))
      )`);
    await runner.query(
      `CREATE INDEX ix_parked_events_open ON parked_events (topic, partition_key) WHERE state = 'open'`,
    );
    await runner.query(`
      CREATE TABLE idempotency_keys (
        caller text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        content_hash text NOT NULL,
        answer jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (caller, route, key)
      )`);
    await runner.query('CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at)');
    await runner.query(`
      CREATE TABLE deadlines (
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        owner text NOT NULL,
        due_at timestamptz NOT NULL,
        payload jsonb NOT NULL DEFAULT '{}',
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        CONSTRAINT pk_deadlines PRIMARY KEY (kind, subject_id)
      )`);
    await runner.query('CREATE INDEX ix_deadlines_due_at ON deadlines (due_at)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
