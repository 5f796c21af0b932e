import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Rotation: thresholds, orders and what was done under them, extensions after appraisal, and prices of items. */
export class CreateRotation1763816000000 implements MigrationInterface {
  name = 'CreateRotation1763816000000';

  async up(runner: QueryRunner): Promise<void> {
    await createThresholds(runner);
    await createOrders(runner);
    await createProposals(runner);
    await createActions(runner);
    await createPrices(runner);
    await makeAppendOnly(runner, [
      'rotation_thresholds',
      'rotation_plan_lines',
      'rotation_actions',
      'lot_extensions',
      'item_prices',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createThresholds(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_thresholds (
      id uuid NOT NULL CONSTRAINT pk_rotation_thresholds PRIMARY KEY,
      item_class text NOT NULL,
      class_value text NOT NULL,
      tier text NOT NULL,
      region_code text,
      valid_from date NOT NULL,
      measure text NOT NULL,
      notice_before integer NOT NULL,
      act_before integer NOT NULL,
      late_before integer NOT NULL,
      basis text NOT NULL,
      source text,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_rotation_thresholds_class CHECK (item_class IN ('item', 'category', 'rule')),
      CONSTRAINT ck_rotation_thresholds_tier
        CHECK (tier IN ('any', 'province', 'city', 'county', 'township', 'village')),
      CONSTRAINT ck_rotation_thresholds_region_code
        CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_rotation_thresholds_measure CHECK (measure IN ('days', 'share')),
      CONSTRAINT ck_rotation_thresholds_windows CHECK (late_before >= 0 AND act_before >= late_before
        AND notice_before >= act_before
        AND notice_before <= CASE measure WHEN 'share' THEN 1000 ELSE 3650 END),
      CONSTRAINT ck_rotation_thresholds_basis
        CHECK (basis = 'estimate' OR (basis = 'sourced' AND source IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_rotation_thresholds_class ON rotation_thresholds (item_class, class_value)');
}

async function createOrders(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_orders (
      id uuid NOT NULL CONSTRAINT pk_rotation_orders PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_rotation_orders_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_rotation_orders_lot REFERENCES lots (id),
      item_code text NOT NULL CONSTRAINT fk_rotation_orders_item REFERENCES items (code),
      threshold_id uuid CONSTRAINT fk_rotation_orders_threshold REFERENCES rotation_thresholds (id),
      state text NOT NULL,
      standing text NOT NULL,
      life_end date NOT NULL,
      late_on date NOT NULL,
      quantity_base bigint NOT NULL,
      opened_by text NOT NULL,
      opened_by_id uuid,
      opened_at timestamptz NOT NULL DEFAULT now(),
      cancel_reason text,
      cancel_asked_by text,
      cancel_asked_by_id uuid,
      cancel_asked_at timestamptz,
      ended_by text,
      ended_by_id uuid,
      ended_at timestamptz,
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_rotation_orders_state
        CHECK (state IN ('open', 'planned', 'in-progress', 'awaiting-replenishment', 'closed', 'cancelled')),
      CONSTRAINT ck_rotation_orders_standing CHECK (standing IN ('none', 'notice', 'due', 'overdue', 'expired')),
      CONSTRAINT ck_rotation_orders_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_rotation_orders_end CHECK ((state IN ('closed', 'cancelled')) = (ended_at IS NOT NULL)
        AND (ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL)),
      CONSTRAINT ck_rotation_orders_cancel_asked CHECK ((cancel_reason IS NULL) = (cancel_asked_by_id IS NULL)
        AND (cancel_reason IS NULL) = (cancel_asked_at IS NULL) AND (cancel_reason IS NULL) = (cancel_asked_by IS NULL)),
      CONSTRAINT ck_rotation_orders_cancelled
        CHECK (state <> 'cancelled' OR (cancel_reason IS NOT NULL AND cancel_asked_by_id <> ended_by_id))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX uq_rotation_orders_open ON rotation_orders (depot_id, lot_id)
    WHERE state <> 'closed' AND state <> 'cancelled'`);
  await runner.query('CREATE INDEX ix_rotation_orders_lot ON rotation_orders (lot_id, depot_id)');
  await runner.query('CREATE INDEX ix_rotation_orders_item ON rotation_orders (depot_id, item_code)');
  await runner.query(`
    CREATE TABLE rotation_plan_lines (
      order_id uuid NOT NULL CONSTRAINT fk_rotation_plan_lines_order REFERENCES rotation_orders (id),
      version integer NOT NULL,
      position integer NOT NULL,
      way text NOT NULL,
      quantity_base bigint NOT NULL,
      do_by date,
      note text,
      planned_by text NOT NULL,
      planned_by_id uuid NOT NULL,
      planned_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_rotation_plan_lines PRIMARY KEY (order_id, version, position),
      CONSTRAINT ck_rotation_plan_lines_way CHECK (way IN ('use', 'drill', 'swap', 'offer', 'transfer', 'donate', 'sell',
        'extend', 'scrap')),
      CONSTRAINT ck_rotation_plan_lines_quantity CHECK (quantity_base > 0)
    )`);
}

async function createProposals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_proposals (
      id uuid NOT NULL CONSTRAINT pk_rotation_proposals PRIMARY KEY,
      order_id uuid NOT NULL CONSTRAINT fk_rotation_proposals_order REFERENCES rotation_orders (id),
      way text NOT NULL,
      quantity_base bigint,
      from_state text,
      new_expiry_date date,
      appraiser text NOT NULL,
      method text NOT NULL,
      finding text NOT NULL,
      document text,
      state text NOT NULL,
      proposed_by text NOT NULL,
      proposed_by_id uuid NOT NULL,
      proposed_at timestamptz NOT NULL DEFAULT now(),
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      decision_note text,
      CONSTRAINT ck_rotation_proposals_way CHECK (
        way = 'extend' AND new_expiry_date IS NOT NULL AND document IS NOT NULL AND quantity_base IS NULL
          AND from_state IS NULL
        OR way = 'scrap' AND new_expiry_date IS NULL AND quantity_base > 0 AND from_state IN ('available', 'quarantine')),
      CONSTRAINT ck_rotation_proposals_state CHECK (state IN ('proposed', 'approved', 'rejected')),
      CONSTRAINT ck_rotation_proposals_decided CHECK ((state = 'proposed') = (decided_at IS NULL)
        AND (decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)),
      CONSTRAINT ck_rotation_proposals_four_eyes CHECK (decided_by_id <> proposed_by_id)
    )`);
  await runner.query('CREATE INDEX ix_rotation_proposals_order ON rotation_proposals (order_id)');
  await runner.query(`
    CREATE TABLE lot_extensions (
      id uuid NOT NULL CONSTRAINT pk_lot_extensions PRIMARY KEY,
      lot_id uuid NOT NULL CONSTRAINT fk_lot_extensions_lot REFERENCES lots (id),
      proposal_id uuid NOT NULL CONSTRAINT uq_lot_extensions_proposal UNIQUE
        CONSTRAINT fk_lot_extensions_proposal REFERENCES rotation_proposals (id),
      old_life_end date NOT NULL,
      new_expiry_date date NOT NULL,
      appraiser text NOT NULL,
      method text NOT NULL,
      document text NOT NULL,
      proposed_by_id uuid NOT NULL,
      approved_by text NOT NULL,
      approved_by_id uuid NOT NULL,
      approved_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_lot_extensions_later CHECK (new_expiry_date > old_life_end),
      CONSTRAINT ck_lot_extensions_four_eyes CHECK (approved_by_id <> proposed_by_id)
    )`);
  await runner.query('CREATE INDEX ix_lot_extensions_lot ON lot_extensions (lot_id)');
}

async function createActions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_actions (
      id uuid NOT NULL CONSTRAINT pk_rotation_actions PRIMARY KEY,
      order_id uuid NOT NULL CONSTRAINT fk_rotation_actions_order REFERENCES rotation_orders (id),
      way text NOT NULL,
      quantity_base bigint NOT NULL,
      movement_id uuid CONSTRAINT fk_rotation_actions_movement REFERENCES movements (id),
      replacement_movement_id uuid CONSTRAINT fk_rotation_actions_replacement REFERENCES movements (id),
      transfer_id uuid,
      extension_id uuid CONSTRAINT fk_rotation_actions_extension REFERENCES lot_extensions (id),
      counterparty text,
      price_fen bigint,
      document text,
      note text,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_rotation_actions_way CHECK (way IN ('use', 'drill', 'swap', 'transfer', 'donate', 'sell', 'extend',
        'scrap')),
      CONSTRAINT ck_rotation_actions_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_rotation_actions_price CHECK (price_fen >= 0),
      CONSTRAINT ck_rotation_actions_proof CHECK (CASE way WHEN 'transfer' THEN transfer_id IS NOT NULL
        WHEN 'extend' THEN extension_id IS NOT NULL ELSE movement_id IS NOT NULL END),
      CONSTRAINT ck_rotation_actions_counterparty
        CHECK (way NOT IN ('swap', 'donate', 'sell') OR counterparty IS NOT NULL),
      CONSTRAINT ck_rotation_actions_sale CHECK (way <> 'sell' OR price_fen IS NOT NULL)
    )`);
  await runner.query('CREATE INDEX ix_rotation_actions_order ON rotation_actions (order_id)');
  await runner.query(`
    CREATE UNIQUE INDEX uq_rotation_actions_movement ON rotation_actions (movement_id) WHERE movement_id IS NOT NULL`);
}

async function createPrices(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE item_prices (
      id uuid NOT NULL CONSTRAINT pk_item_prices PRIMARY KEY,
      item_code text NOT NULL CONSTRAINT fk_item_prices_item REFERENCES items (code),
      region_code text,
      valid_from date NOT NULL,
      price_fen bigint NOT NULL,
      basis text NOT NULL,
      source text,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_item_prices_region_code
        CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_item_prices_price CHECK (price_fen >= 0),
      CONSTRAINT ck_item_prices_basis
        CHECK (basis = 'estimate' OR (basis IN ('sourced', 'contract') AND source IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_item_prices_item ON item_prices (item_code, valid_from)');
}
