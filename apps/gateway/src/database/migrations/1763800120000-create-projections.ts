import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProjections1763800120000 implements MigrationInterface {
  name = 'CreateProjections1763800120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projected_items (
        item_code text NOT NULL CONSTRAINT pk_projected_items PRIMARY KEY,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        category text NOT NULL,
        unit text NOT NULL,
        recoverable boolean NOT NULL,
        perishable boolean NOT NULL,
        weight_grams integer NOT NULL,
        volume_cubic_centimetres integer NOT NULL,
        sequence bigint NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE projected_depots (
        depot_id uuid NOT NULL CONSTRAINT pk_projected_depots PRIMARY KEY,
        code text NOT NULL,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        region_code text NOT NULL,
        organisation_id uuid NOT NULL,
        tier text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        sequence bigint NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX ix_projected_depots_region_code_prefix ON projected_depots (region_code text_pattern_ops)',
    );
    await runner.query(`
      CREATE TABLE projected_floors (
        depot_id uuid NOT NULL,
        item_code text NOT NULL,
        valid_from date NOT NULL,
        floor_base bigint NOT NULL,
        sequence bigint NOT NULL,
        CONSTRAINT pk_projected_floors PRIMARY KEY (depot_id, item_code, valid_from),
        CONSTRAINT ck_projected_floors_not_negative CHECK (floor_base >= 0)
      )`);
    // A delivery may overtake the receipt of the same goods, so a sum may be negative for a while.
    await runner.query(`
      CREATE TABLE projected_stock (
        depot_id uuid NOT NULL,
        item_code text NOT NULL,
        expiry_date date NOT NULL,
        available_base bigint NOT NULL,
        CONSTRAINT pk_projected_stock PRIMARY KEY (depot_id, item_code, expiry_date)
      )`);
    await runner.query('CREATE INDEX ix_projected_stock_item_code ON projected_stock (item_code)');
    await runner.query(`
      CREATE TABLE projected_teams (
        team_id uuid NOT NULL CONSTRAINT pk_projected_teams PRIMARY KEY,
        code text NOT NULL,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        type_code text NOT NULL,
        region_code text NOT NULL,
        organisation_id uuid NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        strength integer NOT NULL,
        sequence bigint NOT NULL
      )`);
    await runner.query('CREATE INDEX ix_projected_teams_type_code ON projected_teams (type_code)');
    await runner.query(`
      CREATE TABLE projected_vehicles (
        vehicle_id uuid NOT NULL CONSTRAINT pk_projected_vehicles PRIMARY KEY,
        plate text NOT NULL,
        type_code text NOT NULL,
        carrier_id uuid NOT NULL,
        sourcing text NOT NULL,
        region_code text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        payload_kilograms integer NOT NULL,
        volume_cubic_centimetres bigint NOT NULL,
        speed_kmh integer NOT NULL,
        available boolean NOT NULL,
        sequence bigint NOT NULL
      )`);
    await runner.query('CREATE INDEX ix_projected_vehicles_type_code ON projected_vehicles (type_code)');
    await runner.query(`
      CREATE TABLE projection_states (
        source text NOT NULL CONSTRAINT pk_projection_states PRIMARY KEY,
        last_event_at timestamptz NOT NULL
      )`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
