import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Items, depots and reserve standards: what the ledger refers to. */
export class CreateCatalogue1763810000000 implements MigrationInterface {
  name = 'CreateCatalogue1763810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE items (
        code text NOT NULL CONSTRAINT pk_items PRIMARY KEY,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        category text NOT NULL,
        unit text NOT NULL,
        perishable boolean NOT NULL,
        recoverable boolean NOT NULL,
        shelf_life_months integer,
        shelf_life_basis text NOT NULL,
        rotation_rule text NOT NULL,
        inspect_every_months integer,
        hazard_class text NOT NULL,
        weight_grams bigint NOT NULL,
        volume_cubic_centimetres bigint NOT NULL,
        size_basis text NOT NULL,
        plan_reference text NOT NULL,
        CONSTRAINT ck_items_code CHECK (code ~ '^[A-Z]{3}-[0-9]{3}$'),
        CONSTRAINT ck_items_size CHECK (weight_grams >= 0 AND volume_cubic_centimetres >= 0)
      )`);
    await runner.query(`
      CREATE TABLE depots (
        id uuid NOT NULL CONSTRAINT pk_depots PRIMARY KEY,
        code text NOT NULL CONSTRAINT uq_depots_code UNIQUE,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        region_code text NOT NULL,
        tier text NOT NULL,
        kind text NOT NULL,
        organisation_id uuid NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        position_basis text NOT NULL,
        remote boolean NOT NULL,
        synthetic boolean NOT NULL,
        CONSTRAINT ck_depots_region_code CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        CONSTRAINT ck_depots_tier CHECK (tier IN ('province', 'city', 'county', 'township', 'village')),
        CONSTRAINT ck_depots_kind CHECK (kind IN ('warehouse', 'point')),
        CONSTRAINT ck_depots_position CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
      )`);
    await runner.query('CREATE INDEX ix_depots_region_code ON depots (region_code text_pattern_ops)');
    await runner.query(`
      CREATE TABLE reserve_standards (
        depot_id uuid NOT NULL CONSTRAINT fk_reserve_standards_depot REFERENCES depots (id),
        item_code text NOT NULL CONSTRAINT fk_reserve_standards_item REFERENCES items (code),
        valid_from date NOT NULL,
        floor_base bigint NOT NULL,
        basis text NOT NULL,
        CONSTRAINT pk_reserve_standards PRIMARY KEY (depot_id, item_code, valid_from),
        CONSTRAINT ck_reserve_standards_floor CHECK (floor_base >= 0)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
