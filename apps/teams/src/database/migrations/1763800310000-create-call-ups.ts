import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The two unique indexes on open attempts are what promises a team to one call-up at a time. */
export class CreateCallUps1763800310000 implements MigrationInterface {
  name = 'CreateCallUps1763800310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_ups (
        id uuid NOT NULL CONSTRAINT pk_call_ups PRIMARY KEY,
        allocation_id uuid NOT NULL,
        line_id uuid NOT NULL,
        incident_id uuid,
        type_code text,
        site_id uuid,
        site_name text,
        site_region_code text,
        site_latitude double precision,
        site_longitude double precision,
        answer_seconds integer,
        state text NOT NULL,
        requested_at timestamptz NOT NULL,
        ended_at timestamptz,
        end_reason text,
        CONSTRAINT ck_call_ups_state CHECK (state IN ('requested', 'accepted', 'mustering', 'en-route', 'on-scene',
          'released', 'stood-down', 'refused', 'cancelled')),
        CONSTRAINT ck_call_ups_complete CHECK (state = 'cancelled' OR num_nulls(incident_id, type_code, site_id,
          site_name, site_region_code, site_latitude, site_longitude, answer_seconds) = 0),
        CONSTRAINT ck_call_ups_ended
          CHECK ((ended_at IS NOT NULL) = (state IN ('stood-down', 'refused', 'cancelled'))),
        CONSTRAINT ck_call_ups_answer_seconds CHECK (answer_seconds > 0),
        CONSTRAINT ck_call_ups_site_region_code
          CHECK (site_region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
      )`);
    await runner.query('CREATE INDEX ix_call_ups_allocation_id ON call_ups (allocation_id)');
    await runner.query(
      'CREATE INDEX ix_call_ups_site_region_code_prefix ON call_ups (site_region_code text_pattern_ops)',
    );
    await runner.query(`
      CREATE TABLE call_up_attempts (
        id uuid NOT NULL CONSTRAINT pk_call_up_attempts PRIMARY KEY,
        call_up_id uuid NOT NULL CONSTRAINT fk_call_up_attempts_call_up REFERENCES call_ups (id),
        ordinal integer NOT NULL,
        team_id uuid NOT NULL CONSTRAINT fk_call_up_attempts_team REFERENCES teams (id),
        asked_at timestamptz NOT NULL,
        answer_by timestamptz NOT NULL,
        skipped jsonb NOT NULL,
        answer text,
        answered_at timestamptz,
        answered_by text,
        channel text,
        recorded_by uuid,
        strength integer,
        reason text,
        ended_at timestamptz,
        CONSTRAINT uq_call_up_attempts_ordinal UNIQUE (call_up_id, ordinal),
        CONSTRAINT ck_call_up_attempts_answer CHECK (answer IN ('accepted', 'declined', 'no-answer')),
        CONSTRAINT ck_call_up_attempts_channel CHECK (channel IN ('phone', 'system')),
        CONSTRAINT ck_call_up_attempts_turned_down
          CHECK (answer IS NULL OR answer = 'accepted' OR ended_at IS NOT NULL),
        CONSTRAINT ck_call_up_attempts_strength CHECK (answer IS DISTINCT FROM 'accepted' OR strength > 0)
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX ux_call_up_attempts_one_per_team ON call_up_attempts (team_id) WHERE ended_at IS NULL',
    );
    await runner.query(
      'CREATE UNIQUE INDEX ux_call_up_attempts_one_per_call_up ON call_up_attempts (call_up_id) WHERE ended_at IS NULL',
    );
    await runner.query(`
      CREATE TABLE call_up_changes (
        call_up_id uuid NOT NULL CONSTRAINT fk_call_up_changes_call_up REFERENCES call_ups (id),
        ordinal integer NOT NULL,
        state text NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        CONSTRAINT pk_call_up_changes PRIMARY KEY (call_up_id, ordinal)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
