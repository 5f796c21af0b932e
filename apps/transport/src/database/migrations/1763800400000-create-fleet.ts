import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFleet1763800400000 implements MigrationInterface {
  name = 'CreateFleet1763800400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vehicle_types (
        code text NOT NULL CONSTRAINT pk_vehicle_types PRIMARY KEY,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        mode text NOT NULL,
        payload_kilograms integer NOT NULL,
        volume_cubic_centimetres bigint NOT NULL,
        seats integer NOT NULL,
        speed_kmh integer NOT NULL,
        terrain text NOT NULL,
        loading_need text NOT NULL,
        driver_licence text NOT NULL,
        dangerous_goods text NOT NULL,
        toll_rule text NOT NULL,
        capacity_basis text NOT NULL,
        carries_goods boolean NOT NULL,
        main_roads_only boolean NOT NULL,
        CONSTRAINT ck_vehicle_types_code CHECK (code ~ '^[A-Z]{3}-[0-9]{2}$'),
        CONSTRAINT ck_vehicle_types_payload CHECK (payload_kilograms >= 0),
        CONSTRAINT ck_vehicle_types_volume CHECK (volume_cubic_centimetres >= 0),
        CONSTRAINT ck_vehicle_types_seats CHECK (seats >= 0),
        CONSTRAINT ck_vehicle_types_speed CHECK (speed_kmh > 0)
      )`);
    await runner.query(`
      CREATE TABLE carriers (
        id uuid NOT NULL CONSTRAINT pk_carriers PRIMARY KEY,
        code text NOT NULL CONSTRAINT uq_carriers_code UNIQUE,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        sourcing text NOT NULL,
        region_code text NOT NULL,
        organisation_id uuid NOT NULL,
        synthetic boolean NOT NULL,
        CONSTRAINT ck_carriers_sourcing CHECK (sourcing IN ('own', 'contract', 'requisition')),
        CONSTRAINT ck_carriers_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
      )`);
    await runner.query(`
      CREATE TABLE vehicles (
        id uuid NOT NULL CONSTRAINT pk_vehicles PRIMARY KEY,
        plate text NOT NULL CONSTRAINT uq_vehicles_plate UNIQUE,
        type_code text NOT NULL CONSTRAINT fk_vehicles_type REFERENCES vehicle_types (code),
        carrier_id uuid NOT NULL CONSTRAINT fk_vehicles_carrier REFERENCES carriers (id),
        region_code text NOT NULL,
        latitude double precision NOT NULL,
        longitude double precision NOT NULL,
        driver_name text NOT NULL,
        driver_username text,
        available boolean NOT NULL,
        unavailable_reason text,
        synthetic boolean NOT NULL,
        CONSTRAINT ck_vehicles_region_code
          CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
        CONSTRAINT ck_vehicles_latitude CHECK (latitude BETWEEN -90 AND 90),
        CONSTRAINT ck_vehicles_longitude CHECK (longitude BETWEEN -180 AND 180),
        CONSTRAINT ck_vehicles_unavailable_reason CHECK (available = (unavailable_reason IS NULL))
      )`);
    await runner.query('CREATE INDEX ix_vehicles_region_code_prefix ON vehicles (region_code text_pattern_ops)');
    await runner.query('CREATE INDEX ix_vehicles_type_code ON vehicles (type_code)');
    await runner.query('CREATE INDEX ix_vehicles_carrier_id ON vehicles (carrier_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
