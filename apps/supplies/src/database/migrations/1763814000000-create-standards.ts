import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
const BASES = `('sourced', 'estimate', 'synthetic')`;
const RISKS = `('low', 'medium', 'high', 'very-high')`;
const SET_BY = `
  set_by text NOT NULL,
  set_by_id uuid,
  set_at timestamptz NOT NULL DEFAULT now()`;

/** Reserve standards as dated rules, the facts that they need, agreement shares, and standards for a time. */
export class CreateStandards1763814000000 implements MigrationInterface {
  name = 'CreateStandards1763814000000';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createFacts(runner);
    await createShares(runner);
    await createFloorChanges(runner);
    await createTemporaryStandards(runner);
    await runner.query(RESERVE_FLOOR);
    await makeAppendOnly(runner, [
      'standard_rules',
      'region_facts',
      'standard_shares',
      'standard_floor_changes',
      'temporary_standards',
      'temporary_standard_items',
      'temporary_standard_ends',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE standard_rules (
      id uuid NOT NULL CONSTRAINT pk_standard_rules PRIMARY KEY,
      line_key text NOT NULL,
      region_code text NOT NULL,
      tier text,
      enterprise_id uuid,
      enterprise_name text,
      item_code text CONSTRAINT fk_standard_rules_item REFERENCES items (code),
      category text,
      capability text,
      measure text NOT NULL,
      amount_base bigint NOT NULL,
      per_people integer,
      risk_level text,
      valid_from date NOT NULL,
      valid_to date,
      source text NOT NULL,
      basis text NOT NULL,
      approved_by text,
      note text,
      replaces_id uuid CONSTRAINT fk_standard_rules_replaces REFERENCES standard_rules (id),
      ${SET_BY},
      CONSTRAINT ck_standard_rules_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_standard_rules_holder CHECK (
        tier IN ('province', 'city', 'county', 'township', 'village')
          AND enterprise_id IS NULL AND enterprise_name IS NULL
        OR tier IS NULL AND enterprise_id IS NOT NULL AND enterprise_name IS NOT NULL AND measure = 'fixed'),
      CONSTRAINT ck_standard_rules_target CHECK (num_nonnulls(item_code, category, capability) = 1),
      CONSTRAINT ck_standard_rules_measure CHECK (
        measure = 'fixed' AND per_people IS NULL AND risk_level IS NULL
        OR measure = 'per-people' AND per_people > 0 AND risk_level IS NULL
        OR measure = 'risk-level' AND per_people IS NULL AND risk_level IN ${RISKS}),
      CONSTRAINT ck_standard_rules_amount CHECK (amount_base BETWEEN 0 AND 1000000000),
      CONSTRAINT ck_standard_rules_dates CHECK (valid_to >= valid_from - 1),
      CONSTRAINT ck_standard_rules_basis CHECK (basis IN ${BASES})
    )`);
  await runner.query('CREATE INDEX ix_standard_rules_region_code ON standard_rules (region_code text_pattern_ops)');
  await runner.query('CREATE INDEX ix_standard_rules_line ON standard_rules (line_key, valid_from)');
}

async function createFacts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE region_facts (
      id uuid NOT NULL CONSTRAINT pk_region_facts PRIMARY KEY,
      region_code text NOT NULL,
      kind text NOT NULL,
      population bigint,
      risk_level text,
      valid_from date NOT NULL,
      source text NOT NULL,
      basis text NOT NULL,
      ${SET_BY},
      CONSTRAINT ck_region_facts_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_region_facts_value CHECK (
        kind = 'population' AND population BETWEEN 0 AND 2000000000 AND risk_level IS NULL
        OR kind = 'risk-level' AND risk_level IN ${RISKS} AND population IS NULL),
      CONSTRAINT ck_region_facts_basis CHECK (basis IN ${BASES})
    )`);
  await runner.query('CREATE INDEX ix_region_facts_region_code ON region_facts (region_code text_pattern_ops)');
}

async function createShares(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE standard_shares (
      id uuid NOT NULL CONSTRAINT pk_standard_shares PRIMARY KEY,
      region_code text NOT NULL,
      mode text NOT NULL,
      item_code text CONSTRAINT fk_standard_shares_item REFERENCES items (code),
      category text,
      share_percent integer NOT NULL,
      valid_from date NOT NULL,
      valid_to date,
      source text NOT NULL,
      basis text NOT NULL,
      ${SET_BY},
      CONSTRAINT ck_standard_shares_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_standard_shares_mode CHECK (mode IN ('agreement', 'enterprise', 'capacity')),
      CONSTRAINT ck_standard_shares_target CHECK (num_nonnulls(item_code, category) <= 1),
      CONSTRAINT ck_standard_shares_percent CHECK (share_percent BETWEEN 0 AND 100),
      CONSTRAINT ck_standard_shares_dates CHECK (valid_to >= valid_from - 1),
      CONSTRAINT ck_standard_shares_basis CHECK (basis IN ${BASES})
    )`);
  await runner.query('CREATE INDEX ix_standard_shares_region_code ON standard_shares (region_code text_pattern_ops)');
}

/** `reserve_standards` holds the floors as they stand; this is who set which, when and why. */
async function createFloorChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE standard_floor_changes (
      id uuid NOT NULL CONSTRAINT pk_standard_floor_changes PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_standard_floor_changes_depot REFERENCES depots (id),
      item_code text NOT NULL CONSTRAINT fk_standard_floor_changes_item REFERENCES items (code),
      valid_from date NOT NULL,
      floor_base bigint NOT NULL,
      source text NOT NULL,
      basis text NOT NULL,
      ${SET_BY},
      CONSTRAINT ck_standard_floor_changes_floor CHECK (floor_base >= 0),
      CONSTRAINT ck_standard_floor_changes_basis CHECK (basis IN ${BASES})
    )`);
  await runner.query('CREATE INDEX ix_standard_floor_changes_depot ON standard_floor_changes (depot_id)');
}

async function createTemporaryStandards(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE temporary_standards (
      id uuid NOT NULL CONSTRAINT pk_temporary_standards PRIMARY KEY,
      kind text NOT NULL,
      name text NOT NULL,
      region_code text NOT NULL,
      depot_id uuid CONSTRAINT fk_temporary_standards_depot REFERENCES depots (id),
      valid_from date NOT NULL,
      valid_to date NOT NULL,
      fill_up_by date NOT NULL,
      draw_down_by date NOT NULL,
      source text NOT NULL,
      basis text NOT NULL,
      ${SET_BY},
      CONSTRAINT ck_temporary_standards_kind CHECK (kind IN ('event', 'season', 'special-need')),
      CONSTRAINT ck_temporary_standards_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_temporary_standards_dates
        CHECK (valid_from <= valid_to AND fill_up_by <= valid_to AND draw_down_by > valid_to),
      CONSTRAINT ck_temporary_standards_basis CHECK (basis IN ${BASES})
    )`);
  await runner.query(
    'CREATE INDEX ix_temporary_standards_region_code ON temporary_standards (region_code text_pattern_ops)',
  );
  await runner.query(
    'CREATE INDEX ix_temporary_standards_depot ON temporary_standards (depot_id) WHERE depot_id IS NOT NULL',
  );
  await runner.query(`
    CREATE TABLE temporary_standard_items (
      standard_id uuid NOT NULL CONSTRAINT fk_temporary_standard_items_standard REFERENCES temporary_standards (id),
      item_code text NOT NULL CONSTRAINT fk_temporary_standard_items_item REFERENCES items (code),
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_temporary_standard_items PRIMARY KEY (standard_id, item_code),
      CONSTRAINT ck_temporary_standard_items_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000)
    )`);
  await runner.query(`
    CREATE TABLE temporary_standard_ends (
      id uuid NOT NULL CONSTRAINT pk_temporary_standard_ends PRIMARY KEY,
      standard_id uuid NOT NULL CONSTRAINT uq_temporary_standard_ends_standard UNIQUE
        CONSTRAINT fk_temporary_standard_ends_standard REFERENCES temporary_standards (id),
      last_day date NOT NULL,
      reason text NOT NULL,
      ${SET_BY}
    )`);
}

/**
 * The floor of an item in a depot on a day: the standard in force and whatever standards for a time add to it. What has
 * ended drops out by its date; no job removes it.
 */
const RESERVE_FLOOR = `
  CREATE FUNCTION reserve_floor(depot uuid, item text, day date) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce((
    SELECT standard.floor_base FROM reserve_standards AS standard
    WHERE standard.depot_id = depot AND standard.item_code = item AND standard.valid_from <= day
    ORDER BY standard.valid_from DESC LIMIT 1), 0) + coalesce((
    SELECT sum(line.quantity_base)::bigint FROM temporary_standards AS extra
    JOIN temporary_standard_items AS line ON line.standard_id = extra.id
    LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = extra.id
    WHERE extra.depot_id = depot AND line.item_code = item AND extra.valid_from <= day
      AND coalesce(ended.last_day, extra.valid_to) >= day), 0)`;
