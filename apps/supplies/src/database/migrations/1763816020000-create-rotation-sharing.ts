import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rotation through sharing: what is offered, what is needed elsewhere, and who took what. */
export class CreateRotationSharing1763816020000 implements MigrationInterface {
  name = 'CreateRotationSharing1763816020000';

  async up(runner: QueryRunner): Promise<void> {
    await createDemands(runner);
    await createOffers(runner);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createDemands(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_demands (
      id uuid NOT NULL CONSTRAINT pk_rotation_demands PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_rotation_demands_depot REFERENCES depots (id),
      item_code text NOT NULL CONSTRAINT fk_rotation_demands_item REFERENCES items (code),
      purpose text NOT NULL,
      quantity_base bigint NOT NULL,
      taken_base bigint NOT NULL DEFAULT 0,
      needed_from date NOT NULL,
      needed_until date NOT NULL,
      state text NOT NULL,
      note text,
      declared_by text NOT NULL,
      declared_by_id uuid NOT NULL,
      declared_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      CONSTRAINT ck_rotation_demands_purpose CHECK (purpose IN ('drill', 'training', 'consumption', 'relief')),
      CONSTRAINT ck_rotation_demands_quantity CHECK (taken_base >= 0 AND taken_base <= quantity_base AND quantity_base > 0),
      CONSTRAINT ck_rotation_demands_dates CHECK (needed_until >= needed_from),
      CONSTRAINT ck_rotation_demands_state CHECK (state IN ('open', 'met', 'withdrawn')),
      CONSTRAINT ck_rotation_demands_met CHECK ((state = 'met') = (taken_base = quantity_base)),
      CONSTRAINT ck_rotation_demands_end CHECK ((state = 'open') = (ended_at IS NULL))
    )`);
  await runner.query(`CREATE INDEX ix_rotation_demands_open ON rotation_demands (item_code) WHERE ended_at IS NULL`);
}

async function createOffers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE rotation_offers (
      id uuid NOT NULL CONSTRAINT pk_rotation_offers PRIMARY KEY,
      order_id uuid CONSTRAINT fk_rotation_offers_order REFERENCES rotation_orders (id),
      depot_id uuid NOT NULL CONSTRAINT fk_rotation_offers_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_rotation_offers_lot REFERENCES lots (id),
      item_code text NOT NULL CONSTRAINT fk_rotation_offers_item REFERENCES items (code),
      quantity_base bigint NOT NULL,
      taken_base bigint NOT NULL DEFAULT 0,
      offered_until date NOT NULL,
      state text NOT NULL,
      note text,
      offered_by text NOT NULL,
      offered_by_id uuid NOT NULL,
      offered_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      CONSTRAINT ck_rotation_offers_quantity CHECK (taken_base >= 0 AND taken_base <= quantity_base AND quantity_base > 0),
      CONSTRAINT ck_rotation_offers_state CHECK (state IN ('open', 'taken', 'withdrawn')),
      CONSTRAINT ck_rotation_offers_taken CHECK (state <> 'taken' OR taken_base = quantity_base),
      CONSTRAINT ck_rotation_offers_end CHECK ((state = 'open') = (ended_at IS NULL))
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX uq_rotation_offers_open ON rotation_offers (depot_id, lot_id) WHERE ended_at IS NULL`);
  await runner.query(`
    CREATE TABLE rotation_acceptances (
      id uuid NOT NULL CONSTRAINT pk_rotation_acceptances PRIMARY KEY,
      offer_id uuid NOT NULL CONSTRAINT fk_rotation_acceptances_offer REFERENCES rotation_offers (id),
      demand_id uuid CONSTRAINT fk_rotation_acceptances_demand REFERENCES rotation_demands (id),
      depot_id uuid NOT NULL CONSTRAINT fk_rotation_acceptances_depot REFERENCES depots (id),
      quantity_base bigint NOT NULL,
      arrives_on date NOT NULL,
      state text NOT NULL,
      transfer_id uuid,
      accepted_by text NOT NULL,
      accepted_by_id uuid NOT NULL,
      accepted_at timestamptz NOT NULL DEFAULT now(),
      ended_at timestamptz,
      CONSTRAINT ck_rotation_acceptances_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_rotation_acceptances_state CHECK (state IN ('accepted', 'transferred', 'fallen-through')),
      CONSTRAINT ck_rotation_acceptances_transfer CHECK (state <> 'transferred' OR transfer_id IS NOT NULL),
      CONSTRAINT ck_rotation_acceptances_end CHECK ((state = 'accepted') = (ended_at IS NULL))
    )`);
  await runner.query('CREATE INDEX ix_rotation_acceptances_offer ON rotation_acceptances (offer_id)');
  await runner.query(
    'CREATE INDEX ix_rotation_acceptances_transfer ON rotation_acceptances (transfer_id) WHERE transfer_id IS NOT NULL',
  );
}
