import type { MigrationInterface, QueryRunner } from 'typeorm';

const RULES = [
  ...['FEFO', 'FIFO', 'FIFO-APPRAISE', 'RUN-TEST', 'INSPECT-ONLY', 'CYL-TEST', 'CALIBRATE', 'VEHICLE'],
  'AGREEMENT-ONLY',
]
  .map((rule) => `'${rule}'`)
  .join(', ');
const GB_T_38565_CODE = '^[123]((0[1-9]|[1-9][0-9])){3}$';

/** Sources of lives and rules, codes of the national standard as imported, packs, and what an item is able to do. */
export class WidenCatalogue1763811000100 implements MigrationInterface {
  name = 'WidenCatalogue1763811000100';

  async up(runner: QueryRunner): Promise<void> {
    await createStandardCodes(runner);
    await widenItems(runner);
    await createPacks(runner);
    await createCapabilities(runner);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createStandardCodes(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE item_standard_codes (
      code text NOT NULL CONSTRAINT pk_item_standard_codes PRIMARY KEY,
      name_zh text NOT NULL,
      source text NOT NULL,
      imported_by text NOT NULL,
      imported_by_id uuid NOT NULL,
      imported_at timestamptz NOT NULL,
      CONSTRAINT ck_item_standard_codes_code CHECK (code ~ '${GB_T_38565_CODE}')
    )`);
}

async function widenItems(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE items
      ADD COLUMN shelf_life_source text NOT NULL DEFAULT '',
      ADD COLUMN rotation_source text NOT NULL DEFAULT '',
      ADD COLUMN rotation_basis text NOT NULL DEFAULT 'estimate',
      ADD COLUMN size_source text NOT NULL DEFAULT '',
      ADD COLUMN standard_code text CONSTRAINT fk_items_standard_code REFERENCES item_standard_codes (code),
      ADD COLUMN version integer NOT NULL DEFAULT 1,
      ADD CONSTRAINT ck_items_rotation_rule CHECK (rotation_rule IN (${RULES})),
      ADD CONSTRAINT ck_items_rotation_basis CHECK (rotation_basis IN ('sourced', 'estimate')),
      ADD CONSTRAINT ck_items_months CHECK (shelf_life_months > 0 AND inspect_every_months > 0),
      ADD CONSTRAINT ck_items_version CHECK (version > 0)`);
}

async function createPacks(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE item_packs (
      id uuid NOT NULL CONSTRAINT pk_item_packs PRIMARY KEY,
      item_code text NOT NULL CONSTRAINT fk_item_packs_item REFERENCES items (code),
      name text NOT NULL,
      base_units bigint NOT NULL,
      gtin text,
      retired_at timestamptz,
      CONSTRAINT ck_item_packs_base_units CHECK (base_units BETWEEN 1 AND 1000000),
      CONSTRAINT ck_item_packs_gtin CHECK (gtin ~ '^([0-9]{8}|[0-9]{12,14})$')
    )`);
  await runner.query('CREATE UNIQUE INDEX ix_item_packs_name ON item_packs (item_code, name) WHERE retired_at IS NULL');
  await runner.query('CREATE UNIQUE INDEX ix_item_packs_gtin ON item_packs (gtin) WHERE retired_at IS NULL');
}

async function createCapabilities(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE item_capability_kinds (
      code text NOT NULL CONSTRAINT pk_item_capability_kinds PRIMARY KEY,
      name_zh text NOT NULL,
      name_en text NOT NULL,
      unit text NOT NULL,
      CONSTRAINT ck_item_capability_kinds_code CHECK (code ~ '^[a-z]+(-[a-z]+)*$')
    )`);
  await runner.query(`
    CREATE TABLE item_capabilities (
      item_code text NOT NULL CONSTRAINT fk_item_capabilities_item REFERENCES items (code),
      capability_code text NOT NULL
        CONSTRAINT fk_item_capabilities_kind REFERENCES item_capability_kinds (code),
      amount_per_base bigint NOT NULL,
      basis text NOT NULL,
      source text NOT NULL,
      CONSTRAINT pk_item_capabilities PRIMARY KEY (item_code, capability_code),
      CONSTRAINT ck_item_capabilities_amount CHECK (amount_per_base BETWEEN 1 AND 1000000000),
      CONSTRAINT ck_item_capabilities_basis CHECK (basis IN ('sourced', 'estimate'))
    )`);
  await runner.query('CREATE INDEX ix_item_capabilities_kind ON item_capabilities (capability_code)');
}
