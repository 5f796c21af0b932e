import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const KINDS = `'warehouse', 'point', 'enterprise-store', 'leased', 'co-built', 'shelter'`;
const STATES = `'open', 'suspended', 'closed'`;
const REGION_CODE = '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$';

/** Depots in full: owner, keepers, capacity, opening state, zones and bins, people in shelters, needs for forward stock. */
export class WidenDepots1763811000000 implements MigrationInterface {
  name = 'WidenDepots1763811000000';

  async up(runner: QueryRunner): Promise<void> {
    await widenDepots(runner);
    await createKeepers(runner);
    await createBins(runner);
    await createReports(runner);
    await createNeeds(runner);
    await makeAppendOnly(runner, ['depot_state_changes', 'depot_people_reports']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function widenDepots(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE depots
      DROP CONSTRAINT ck_depots_kind,
      ADD CONSTRAINT ck_depots_kind CHECK (kind IN (${KINDS})),
      ADD COLUMN owner_name text,
      ADD COLUMN owner_kind text,
      ADD COLUMN capacity_cubic_centimetres bigint,
      ADD COLUMN capacity_grams bigint,
      ADD COLUMN capacity_rule text NOT NULL DEFAULT 'soft',
      ADD COLUMN state text NOT NULL DEFAULT 'open',
      ADD COLUMN state_reason text,
      ADD COLUMN opening_hours text,
      ADD COLUMN shelter_places integer,
      ADD COLUMN pre_positioning_need boolean NOT NULL DEFAULT false,
      ADD COLUMN pre_positioning_reason text,
      ADD COLUMN pre_positioning_source text,
      ADD COLUMN pre_positioning_since date,
      ADD COLUMN version integer NOT NULL DEFAULT 1,
      ADD CONSTRAINT ck_depots_tier_region CHECK (tier = CASE char_length(region_code)
        WHEN 2 THEN 'province' WHEN 4 THEN 'city' WHEN 6 THEN 'county' WHEN 9 THEN 'township' ELSE 'village' END),
      ADD CONSTRAINT ck_depots_position_basis
        CHECK (position_basis IN ('surveyed', 'sourced', 'estimate', 'synthetic')),
      ADD CONSTRAINT ck_depots_owner_kind CHECK (
        owner_kind IN ('government', 'enterprise', 'charity', 'community', 'armed-forces', 'household')),
      ADD CONSTRAINT ck_depots_owner CHECK ((owner_name IS NULL) = (owner_kind IS NULL)),
      ADD CONSTRAINT ck_depots_capacity CHECK (capacity_cubic_centimetres > 0 AND capacity_grams > 0),
      ADD CONSTRAINT ck_depots_capacity_rule CHECK (capacity_rule IN ('soft', 'hard')),
      ADD CONSTRAINT ck_depots_state CHECK (state IN (${STATES})),
      ADD CONSTRAINT ck_depots_shelter CHECK ((kind = 'shelter') = (shelter_places IS NOT NULL) AND shelter_places > 0),
      ADD CONSTRAINT ck_depots_pre_positioning CHECK (
        pre_positioning_need = (pre_positioning_reason IS NOT NULL)
        AND pre_positioning_need = (pre_positioning_source IS NOT NULL)
        AND pre_positioning_need = (pre_positioning_since IS NOT NULL)),
      ADD CONSTRAINT ck_depots_version CHECK (version > 0)`);
  await runner.query(`
    CREATE TABLE depot_state_changes (
      id uuid NOT NULL CONSTRAINT pk_depot_state_changes PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_depot_state_changes_depot REFERENCES depots (id),
      from_state text NOT NULL,
      to_state text NOT NULL,
      reason text NOT NULL,
      changed_by text NOT NULL,
      changed_by_id uuid NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_depot_state_changes_states
        CHECK (from_state <> to_state AND from_state IN (${STATES}) AND to_state IN (${STATES}))
    )`);
  await runner.query('CREATE INDEX ix_depot_state_changes_depot ON depot_state_changes (depot_id, changed_at)');
}

async function createKeepers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE depot_keepers (
      id uuid NOT NULL CONSTRAINT pk_depot_keepers PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_depot_keepers_depot REFERENCES depots (id),
      user_id uuid NOT NULL,
      name text NOT NULL,
      phone text NOT NULL,
      valid_from date NOT NULL,
      valid_to date,
      CONSTRAINT ck_depot_keepers_dates CHECK (valid_to >= valid_from)
    )`);
  await runner.query('CREATE INDEX ix_depot_keepers_depot ON depot_keepers (depot_id, user_id)');
}

async function createBins(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE depot_zones (
      id uuid NOT NULL CONSTRAINT pk_depot_zones PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_depot_zones_depot REFERENCES depots (id),
      code text NOT NULL,
      name text NOT NULL,
      CONSTRAINT uq_depot_zones_code UNIQUE (depot_id, code),
      CONSTRAINT uq_depot_zones_id_depot UNIQUE (id, depot_id)
    )`);
  await runner.query(`
    CREATE TABLE depot_bins (
      id uuid NOT NULL CONSTRAINT pk_depot_bins PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_depot_bins_depot REFERENCES depots (id),
      zone_id uuid,
      label text NOT NULL,
      note text,
      CONSTRAINT uq_depot_bins_label UNIQUE (depot_id, label),
      CONSTRAINT fk_depot_bins_zone FOREIGN KEY (zone_id, depot_id) REFERENCES depot_zones (id, depot_id)
    )`);
  await runner.query(`
    CREATE TABLE depot_bin_lots (
      bin_id uuid NOT NULL CONSTRAINT fk_depot_bin_lots_bin REFERENCES depot_bins (id),
      lot_id uuid NOT NULL CONSTRAINT fk_depot_bin_lots_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      placed_by text NOT NULL,
      placed_by_id uuid NOT NULL,
      placed_at timestamptz NOT NULL,
      CONSTRAINT pk_depot_bin_lots PRIMARY KEY (bin_id, lot_id),
      CONSTRAINT ck_depot_bin_lots_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000)
    )`);
  await runner.query('CREATE INDEX ix_depot_bin_lots_lot ON depot_bin_lots (lot_id)');
}

async function createReports(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE depot_people_reports (
      id uuid NOT NULL CONSTRAINT pk_depot_people_reports PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_depot_people_reports_depot REFERENCES depots (id),
      people_present integer NOT NULL,
      priority_people integer NOT NULL,
      counted_at timestamptz NOT NULL,
      reported_by text NOT NULL,
      reported_by_id uuid NOT NULL,
      note text,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_depot_people_reports_people CHECK (priority_people BETWEEN 0 AND people_present)
    )`);
  await runner.query('CREATE INDEX ix_depot_people_reports_depot ON depot_people_reports (depot_id, counted_at)');
}

async function createNeeds(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE pre_positioning_needs (
      id uuid NOT NULL CONSTRAINT pk_pre_positioning_needs PRIMARY KEY,
      region_code text NOT NULL,
      reason text NOT NULL,
      risk_level text NOT NULL,
      source text NOT NULL,
      valid_from date NOT NULL,
      valid_to date,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_pre_positioning_needs_region_code CHECK (region_code ~ '${REGION_CODE}'),
      CONSTRAINT ck_pre_positioning_needs_risk_level CHECK (risk_level IN ('low', 'medium', 'high', 'very-high')),
      CONSTRAINT ck_pre_positioning_needs_dates CHECK (valid_to >= valid_from)
    )`);
  await runner.query(
    'CREATE INDEX ix_pre_positioning_needs_region_code ON pre_positioning_needs (region_code text_pattern_ops)',
  );
}
