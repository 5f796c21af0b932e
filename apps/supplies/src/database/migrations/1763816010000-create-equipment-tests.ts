import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const KINDS = `('run-test', 'cylinder-test', 'set-check', 'calibrate', 'inspect', 'vehicle-check')`;

/** Tests of equipment in store: which are due when, what they found, and what is held until it passes. */
export class CreateEquipmentTests1763816010000 implements MigrationInterface {
  name = 'CreateEquipmentTests1763816010000';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createOrders(runner);
    await createTests(runner);
    await makeAppendOnly(runner, ['equipment_test_rules', 'equipment_tests']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE equipment_test_rules (
      id uuid NOT NULL CONSTRAINT pk_equipment_test_rules PRIMARY KEY,
      item_class text NOT NULL,
      class_value text NOT NULL,
      test_kind text NOT NULL,
      required boolean NOT NULL,
      interval_months integer,
      notice_days integer NOT NULL,
      grace_days integer NOT NULL,
      region_code text,
      valid_from date NOT NULL,
      basis text NOT NULL,
      source text,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_equipment_test_rules_class CHECK (item_class IN ('item', 'category', 'rule')),
      CONSTRAINT ck_equipment_test_rules_kind CHECK (test_kind IN ${KINDS}),
      CONSTRAINT ck_equipment_test_rules_interval CHECK (interval_months BETWEEN 1 AND 240),
      CONSTRAINT ck_equipment_test_rules_days CHECK (notice_days BETWEEN 0 AND 365 AND grace_days BETWEEN 0 AND 365),
      CONSTRAINT ck_equipment_test_rules_region_code
        CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_equipment_test_rules_basis
        CHECK (basis = 'estimate' OR (basis = 'sourced' AND source IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_equipment_test_rules_class ON equipment_test_rules (item_class, class_value)');
}

async function createOrders(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE equipment_test_orders (
      id uuid NOT NULL CONSTRAINT pk_equipment_test_orders PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_equipment_test_orders_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_equipment_test_orders_lot REFERENCES lots (id),
      item_code text NOT NULL CONSTRAINT fk_equipment_test_orders_item REFERENCES items (code),
      test_kind text NOT NULL,
      state text NOT NULL,
      due_on date NOT NULL,
      hold_on date NOT NULL,
      hold_reason text,
      held_base bigint NOT NULL DEFAULT 0,
      opened_at timestamptz NOT NULL DEFAULT now(),
      held_at timestamptz,
      ended_at timestamptz,
      CONSTRAINT ck_equipment_test_orders_kind CHECK (test_kind IN ${KINDS}),
      CONSTRAINT ck_equipment_test_orders_state CHECK (state IN ('open', 'held', 'repair', 'done', 'void')),
      CONSTRAINT ck_equipment_test_orders_hold
        CHECK (hold_on > due_on AND held_base >= 0 AND (hold_reason IS NULL) = (held_at IS NULL)),
      CONSTRAINT ck_equipment_test_orders_held CHECK (state NOT IN ('held', 'repair') OR hold_reason IS NOT NULL),
      CONSTRAINT ck_equipment_test_orders_end CHECK ((state IN ('done', 'void')) = (ended_at IS NOT NULL))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX uq_equipment_test_orders_open ON equipment_test_orders (depot_id, lot_id, test_kind)
    WHERE ended_at IS NULL`);
  await runner.query('CREATE INDEX ix_equipment_test_orders_lot ON equipment_test_orders (lot_id, depot_id)');
}

async function createTests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE equipment_tests (
      id uuid NOT NULL CONSTRAINT pk_equipment_tests PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_equipment_tests_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_equipment_tests_lot REFERENCES lots (id),
      item_code text NOT NULL CONSTRAINT fk_equipment_tests_item REFERENCES items (code),
      test_kind text NOT NULL,
      order_id uuid CONSTRAINT fk_equipment_tests_order REFERENCES equipment_test_orders (id),
      tested_on date NOT NULL,
      result text NOT NULL,
      next_due_on date,
      tester text NOT NULL,
      remarks text,
      document text,
      movement_id uuid CONSTRAINT fk_equipment_tests_movement REFERENCES movements (id),
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_equipment_tests_kind CHECK (test_kind IN ${KINDS}),
      CONSTRAINT ck_equipment_tests_result CHECK (result IN ('passed', 'remarks', 'failed')),
      CONSTRAINT ck_equipment_tests_remarks CHECK (result = 'passed' OR remarks IS NOT NULL),
      CONSTRAINT ck_equipment_tests_next
        CHECK ((result = 'failed') = (next_due_on IS NULL) AND next_due_on > tested_on)
    )`);
  await runner.query('CREATE INDEX ix_equipment_tests_lot ON equipment_tests (lot_id, test_kind, tested_on)');
  await runner.query('CREATE INDEX ix_equipment_tests_depot ON equipment_tests (depot_id, tested_on)');
}
