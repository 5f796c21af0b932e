import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const SCOPE = `scope ~ '^([*]|[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Counts of what lies in a depot, their lines, what keepers recorded, who decided what, and the rules of counting. */
export class CreateCounts1763813000000 implements MigrationInterface {
  name = 'CreateCounts1763813000000';

  async up(runner: QueryRunner): Promise<void> {
    await createSettings(runner);
    await createCounts(runner);
    await createLines(runner);
    await createHistory(runner);
    await makeAppendOnly(runner, ['count_records', 'count_decisions']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

/** The classes exist from the start, because rules need them; their figures are estimates for a region to replace. */
async function createSettings(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE count_class_settings (
      scope text NOT NULL,
      class text NOT NULL,
      interval_days integer NOT NULL,
      tolerance_basis_points integer NOT NULL,
      tolerance_base bigint NOT NULL,
      approver_above_base bigint NOT NULL,
      approver_above_fen bigint NOT NULL,
      basis text NOT NULL,
      set_by text NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_count_class_settings PRIMARY KEY (scope, class),
      CONSTRAINT ck_count_class_settings_scope CHECK (${SCOPE}),
      CONSTRAINT ck_count_class_settings_class CHECK (class IN ('A', 'B', 'C')),
      CONSTRAINT ck_count_class_settings_figures CHECK (interval_days > 0 AND tolerance_basis_points BETWEEN 0 AND 10000
        AND tolerance_base >= 0 AND approver_above_base >= 0 AND approver_above_fen >= 0)
    )`);
  await runner.query(`
    INSERT INTO count_class_settings (scope, class, interval_days, tolerance_basis_points, tolerance_base,
                                      approver_above_base, approver_above_fen, basis, set_by)
    VALUES ('*', 'A', 30, 0, 0, 20, 500000, 'estimate', 'default'),
           ('*', 'B', 90, 50, 5, 100, 1000000, 'estimate', 'default'),
           ('*', 'C', 180, 100, 20, 500, 2000000, 'estimate', 'default')`);
  await runner.query(`
    CREATE TABLE count_item_settings (
      scope text NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_count_item_settings_item REFERENCES items (code),
      class text NOT NULL,
      unit_value_fen bigint,
      basis text NOT NULL,
      set_by text NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_count_item_settings PRIMARY KEY (scope, item_code),
      CONSTRAINT ck_count_item_settings_scope CHECK (${SCOPE}),
      CONSTRAINT ck_count_item_settings_class CHECK (class IN ('A', 'B', 'C')),
      CONSTRAINT ck_count_item_settings_value CHECK (unit_value_fen >= 0)
    )`);
}

async function createCounts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE counts (
      id uuid NOT NULL CONSTRAINT pk_counts PRIMARY KEY,
      number bigserial NOT NULL CONSTRAINT uq_counts_number UNIQUE,
      kind text NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_counts_depot REFERENCES depots (id),
      state text NOT NULL,
      blind boolean NOT NULL,
      round integer NOT NULL DEFAULT 1,
      round_started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      note text,
      opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      opened_sequence bigint NOT NULL,
      opened_by text NOT NULL,
      opened_by_id uuid NOT NULL,
      submitted_at timestamptz,
      submitted_by text,
      submitted_by_id uuid,
      closed_at timestamptz,
      CONSTRAINT ck_counts_kind CHECK (kind IN ('cycle', 'full')),
      CONSTRAINT ck_counts_state CHECK (state IN ('counting', 'recounting', 'submitted', 'closed', 'cancelled')),
      CONSTRAINT ck_counts_over CHECK ((state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)),
      CONSTRAINT ck_counts_round CHECK (round >= 1)
    )`);
  await runner.query('CREATE INDEX ix_counts_depot ON counts (depot_id, state)');
}

/** A lot, or a batch that nobody knew, stands in one open count of a depot only: two would book one variance twice. */
async function createLines(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE count_lines (
      id uuid NOT NULL CONSTRAINT pk_count_lines PRIMARY KEY,
      count_id uuid NOT NULL CONSTRAINT fk_count_lines_count REFERENCES counts (id),
      position integer NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_count_lines_depot REFERENCES depots (id),
      open boolean NOT NULL DEFAULT true,
      place text NOT NULL,
      origin text NOT NULL,
      lot_id uuid CONSTRAINT fk_count_lines_lot REFERENCES lots (id),
      item_code text NOT NULL CONSTRAINT fk_count_lines_item REFERENCES items (code),
      batch_number text NOT NULL,
      production_date date,
      expiry_date date,
      snapshot_base bigint NOT NULL,
      state text NOT NULL DEFAULT 'open',
      round integer NOT NULL DEFAULT 1,
      times_counted integer NOT NULL DEFAULT 0,
      counted_base bigint,
      balance_base bigint,
      available_base bigint,
      moved_between_parts boolean NOT NULL DEFAULT false,
      counted_at timestamptz,
      adjusted_base bigint,
      missing_reserved_base bigint NOT NULL DEFAULT 0,
      movement_id uuid CONSTRAINT fk_count_lines_movement REFERENCES movements (id),
      CONSTRAINT uq_count_lines_position UNIQUE (count_id, position),
      CONSTRAINT ck_count_lines_place CHECK (place IN ('shelf', 'quarantine')),
      CONSTRAINT ck_count_lines_origin CHECK (origin IN ('listed', 'found')),
      CONSTRAINT ck_count_lines_state CHECK (state IN ('open', 'partial', 'counted')),
      CONSTRAINT ck_count_lines_counted CHECK ((state = 'open') = (counted_base IS NULL)
        AND (counted_base IS NULL) = (balance_base IS NULL) AND (counted_base IS NULL) = (available_base IS NULL)
        AND (counted_base IS NULL) = (counted_at IS NULL)),
      CONSTRAINT ck_count_lines_quantities CHECK (snapshot_base >= 0 AND counted_base >= 0 AND missing_reserved_base >= 0)
    )`);
  await runner.query(`CREATE UNIQUE INDEX uq_count_lines_open_lot ON count_lines (depot_id, lot_id, place)
                      WHERE open AND lot_id IS NOT NULL`);
  await runner.query(`CREATE UNIQUE INDEX uq_count_lines_open_batch ON count_lines (depot_id, item_code, batch_number)
                      WHERE open AND lot_id IS NULL`);
  await runner.query('CREATE INDEX ix_count_lines_lot ON count_lines (lot_id) WHERE lot_id IS NOT NULL');
}

async function createHistory(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE count_records (
      id uuid NOT NULL CONSTRAINT pk_count_records PRIMARY KEY,
      line_id uuid NOT NULL CONSTRAINT fk_count_records_line REFERENCES count_lines (id),
      count_id uuid NOT NULL CONSTRAINT fk_count_records_count REFERENCES counts (id),
      round integer NOT NULL,
      counted_base bigint NOT NULL,
      complete boolean NOT NULL,
      correction boolean NOT NULL,
      balance_base bigint NOT NULL,
      available_base bigint NOT NULL,
      counted_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_count_records_quantities CHECK (counted_base >= 0 AND balance_base >= 0)
    )`);
  await runner.query('CREATE INDEX ix_count_records_line ON count_records (line_id)');
  await runner.query('CREATE INDEX ix_count_records_count ON count_records (count_id)');
  await runner.query(`
    CREATE TABLE count_decisions (
      id uuid NOT NULL CONSTRAINT pk_count_decisions PRIMARY KEY,
      count_id uuid NOT NULL CONSTRAINT fk_count_decisions_count REFERENCES counts (id),
      event text NOT NULL,
      to_state text NOT NULL,
      line_ids uuid[] NOT NULL,
      reason text,
      decided_by text NOT NULL,
      decided_by_id uuid,
      decided_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`);
  await runner.query('CREATE INDEX ix_count_decisions_count ON count_decisions (count_id)');
}
