import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Recipes of kits, the lots that were built from them with what went in, and kits that were broken up again. */
export class CreateKits1763811000200 implements MigrationInterface {
  name = 'CreateKits1763811000200';

  async up(runner: QueryRunner): Promise<void> {
    await createRecipes(runner);
    await createKitLots(runner);
    await makeAppendOnly(runner, ['kit_recipes', 'kit_components', 'kit_lots', 'kit_lot_components', 'kit_breaks']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRecipes(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE kit_recipes (
      id uuid NOT NULL CONSTRAINT pk_kit_recipes PRIMARY KEY,
      kit_code text NOT NULL CONSTRAINT fk_kit_recipes_item REFERENCES items (code),
      revision integer NOT NULL,
      valid_from date NOT NULL,
      source text NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_kit_recipes_revision UNIQUE (kit_code, revision),
      CONSTRAINT ck_kit_recipes_revision CHECK (revision > 0)
    )`);
  await runner.query(`
    CREATE TABLE kit_components (
      recipe_id uuid NOT NULL CONSTRAINT fk_kit_components_recipe REFERENCES kit_recipes (id),
      item_code text NOT NULL CONSTRAINT fk_kit_components_item REFERENCES items (code),
      quantity_per_kit bigint NOT NULL,
      required boolean NOT NULL,
      CONSTRAINT pk_kit_components PRIMARY KEY (recipe_id, item_code),
      CONSTRAINT ck_kit_components_quantity CHECK (quantity_per_kit BETWEEN 1 AND 1000000)
    )`);
  await runner.query('CREATE INDEX ix_kit_components_item ON kit_components (item_code)');
}

async function createKitLots(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE kit_lots (
      lot_id uuid NOT NULL CONSTRAINT pk_kit_lots PRIMARY KEY CONSTRAINT fk_kit_lots_lot REFERENCES lots (id),
      recipe_id uuid NOT NULL CONSTRAINT fk_kit_lots_recipe REFERENCES kit_recipes (id),
      movement_id uuid NOT NULL CONSTRAINT fk_kit_lots_movement REFERENCES movements (id),
      depot_id uuid NOT NULL CONSTRAINT fk_kit_lots_depot REFERENCES depots (id),
      quantity_base bigint NOT NULL,
      CONSTRAINT ck_kit_lots_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query(`
    CREATE TABLE kit_lot_components (
      kit_lot_id uuid NOT NULL CONSTRAINT fk_kit_lot_components_kit REFERENCES kit_lots (lot_id),
      component_lot_id uuid NOT NULL CONSTRAINT fk_kit_lot_components_lot REFERENCES lots (id),
      quantity_per_kit bigint NOT NULL,
      CONSTRAINT pk_kit_lot_components PRIMARY KEY (kit_lot_id, component_lot_id),
      CONSTRAINT ck_kit_lot_components_quantity CHECK (quantity_per_kit > 0)
    )`);
  await runner.query('CREATE INDEX ix_kit_lot_components_lot ON kit_lot_components (component_lot_id)');
  await runner.query(`
    CREATE TABLE kit_breaks (
      movement_id uuid NOT NULL CONSTRAINT pk_kit_breaks PRIMARY KEY
        CONSTRAINT fk_kit_breaks_movement REFERENCES movements (id),
      kit_lot_id uuid NOT NULL CONSTRAINT fk_kit_breaks_kit REFERENCES kit_lots (lot_id),
      depot_id uuid NOT NULL CONSTRAINT fk_kit_breaks_depot REFERENCES depots (id),
      quantity_base bigint NOT NULL,
      reason text NOT NULL,
      CONSTRAINT ck_kit_breaks_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_kit_breaks_kit ON kit_breaks (kit_lot_id)');
}
