import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Joint reserves: one stock that several regions or departments own in shares. */
export class CreateJointReserves1763819010000 implements MigrationInterface {
  name = 'CreateJointReserves1763819010000';

  async up(runner: QueryRunner): Promise<void> {
    await createReserves(runner);
    await createDraws(runner);
    await createCosts(runner);
    await makeAppendOnly(runner, [
      'joint_reserve_owners',
      'joint_reserve_lots',
      'joint_reserve_costs',
      'joint_reserve_cost_shares',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createReserves(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE joint_reserve_numbers');
  await runner.query(`
    CREATE TABLE joint_reserves (
      id uuid NOT NULL CONSTRAINT pk_joint_reserves PRIMARY KEY,
      number text NOT NULL,
      document_number text NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_joint_reserves_depot REFERENCES depots (id),
      item_code text NOT NULL CONSTRAINT fk_joint_reserves_item REFERENCES items (code),
      share_basis text NOT NULL,
      whole_share bigint NOT NULL,
      valid_from date NOT NULL,
      valid_to date NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_joint_reserves_number UNIQUE (number),
      CONSTRAINT ck_joint_reserves_basis CHECK (
        share_basis IN ('percent', 'pieces') AND whole_share > 0 AND (share_basis <> 'percent' OR whole_share = 100)),
      CONSTRAINT ck_joint_reserves_dates CHECK (valid_to >= valid_from)
    )`);
  await runner.query('CREATE INDEX ix_joint_reserves_depot ON joint_reserves (depot_id, item_code)');
  await runner.query(`
    CREATE TABLE joint_reserve_owners (
      id uuid NOT NULL CONSTRAINT pk_joint_reserve_owners PRIMARY KEY,
      reserve_id uuid NOT NULL CONSTRAINT fk_joint_reserve_owners_reserve REFERENCES joint_reserves (id),
      position integer NOT NULL,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      name text NOT NULL,
      share bigint NOT NULL,
      draw_limit_base bigint NOT NULL,
      signed_by text NOT NULL,
      cost_percent integer NOT NULL,
      CONSTRAINT uq_joint_reserve_owners_position UNIQUE (reserve_id, position),
      CONSTRAINT uq_joint_reserve_owners_owner UNIQUE (reserve_id, region_code, organisation_id),
      CONSTRAINT ck_joint_reserve_owners_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_joint_reserve_owners_share CHECK (share > 0 AND draw_limit_base >= 0),
      CONSTRAINT ck_joint_reserve_owners_signed_by CHECK (signed_by IN ('stock-manager', 'approver')),
      CONSTRAINT ck_joint_reserve_owners_cost CHECK (cost_percent BETWEEN 0 AND 100)
    )`);
  await runner.query(`
    CREATE TABLE joint_reserve_lots (
      lot_id uuid NOT NULL CONSTRAINT fk_joint_reserve_lots_lot REFERENCES lots (id),
      reserve_id uuid NOT NULL CONSTRAINT fk_joint_reserve_lots_reserve REFERENCES joint_reserves (id),
      quantity_base bigint NOT NULL,
      recorded_by text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_joint_reserve_lots PRIMARY KEY (lot_id, reserve_id),
      CONSTRAINT ck_joint_reserve_lots_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_joint_reserve_lots_reserve ON joint_reserve_lots (reserve_id)');
}

async function createDraws(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE joint_reserve_draws (
      id uuid NOT NULL CONSTRAINT pk_joint_reserve_draws PRIMARY KEY,
      reserve_id uuid NOT NULL CONSTRAINT fk_joint_reserve_draws_reserve REFERENCES joint_reserves (id),
      owner_id uuid NOT NULL CONSTRAINT fk_joint_reserve_draws_owner REFERENCES joint_reserve_owners (id),
      state text NOT NULL,
      quantity_base bigint NOT NULL,
      to_depot_id uuid NOT NULL CONSTRAINT fk_joint_reserve_draws_to_depot REFERENCES depots (id),
      reason text NOT NULL,
      requested_by text NOT NULL,
      requested_by_id uuid NOT NULL,
      requested_at timestamptz NOT NULL DEFAULT now(),
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      CONSTRAINT ck_joint_reserve_draws_state CHECK (
        state IN ('requested', 'on-the-road', 'received', 'refused', 'lapsed')),
      CONSTRAINT ck_joint_reserve_draws_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_joint_reserve_draws_signed CHECK (
        state NOT IN ('on-the-road', 'received') OR decided_by_id IS NOT NULL),
      CONSTRAINT ck_joint_reserve_draws_four_eyes CHECK (decided_by_id <> requested_by_id)
    )`);
  await runner.query('CREATE INDEX ix_joint_reserve_draws_reserve ON joint_reserve_draws (reserve_id, owner_id)');
}

async function createCosts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE joint_reserve_costs (
      id uuid NOT NULL CONSTRAINT pk_joint_reserve_costs PRIMARY KEY,
      reserve_id uuid NOT NULL CONSTRAINT fk_joint_reserve_costs_reserve REFERENCES joint_reserves (id),
      kind text NOT NULL,
      amount_fen bigint NOT NULL,
      period_from date NOT NULL,
      period_to date NOT NULL,
      document_number text NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_joint_reserve_costs_kind CHECK (kind IN ('holding', 'rotation', 'transport', 'other')),
      CONSTRAINT ck_joint_reserve_costs_amount CHECK (amount_fen > 0),
      CONSTRAINT ck_joint_reserve_costs_period CHECK (period_to >= period_from)
    )`);
  await runner.query('CREATE INDEX ix_joint_reserve_costs_reserve ON joint_reserve_costs (reserve_id)');
  await runner.query(`
    CREATE TABLE joint_reserve_cost_shares (
      cost_id uuid NOT NULL CONSTRAINT fk_joint_reserve_cost_shares_cost REFERENCES joint_reserve_costs (id),
      owner_id uuid NOT NULL CONSTRAINT fk_joint_reserve_cost_shares_owner REFERENCES joint_reserve_owners (id),
      amount_fen bigint NOT NULL,
      CONSTRAINT pk_joint_reserve_cost_shares PRIMARY KEY (cost_id, owner_id),
      CONSTRAINT ck_joint_reserve_cost_shares_amount CHECK (amount_fen >= 0)
    )`);
}
