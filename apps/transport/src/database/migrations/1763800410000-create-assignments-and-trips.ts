import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The exclusion constraint on bookings is what promises a vehicle to one trip at a time. */
export class CreateAssignmentsAndTrips1763800410000 implements MigrationInterface {
  name = 'CreateAssignmentsAndTrips1763800410000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await createAssignments(runner);
    await createTrips(runner);
    await createTripLoads(runner);
    await runner.query(`
      CREATE TABLE bookings (
        trip_id uuid NOT NULL CONSTRAINT pk_bookings PRIMARY KEY CONSTRAINT fk_bookings_trip REFERENCES trips (id),
        vehicle_id uuid NOT NULL CONSTRAINT fk_bookings_vehicle REFERENCES vehicles (id),
        during tstzrange NOT NULL,
        CONSTRAINT ex_bookings_one_per_vehicle EXCLUDE USING gist (vehicle_id WITH =, during WITH &&)
      )`);
    await runner.query('CREATE INDEX ix_bookings_open ON bookings (vehicle_id) WHERE upper_inf(during)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createAssignments(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE assignments (
      id uuid NOT NULL CONSTRAINT pk_assignments PRIMARY KEY,
      allocation_id uuid NOT NULL,
      incident_id uuid,
      sourcing text,
      site_id uuid,
      site_name text,
      site_region_code text,
      site_latitude double precision,
      site_longitude double precision,
      hold_until timestamptz,
      state text NOT NULL,
      requested_at timestamptz NOT NULL,
      ended_at timestamptz,
      end_reason text,
      released_trips integer,
      CONSTRAINT ck_assignments_state CHECK (state IN ('booked', 'refused', 'released')),
      CONSTRAINT ck_assignments_sourcing CHECK (sourcing IN ('own', 'contract', 'requisition')),
      CONSTRAINT ck_assignments_complete CHECK (state = 'released' OR num_nulls(incident_id, sourcing, site_id,
        site_name, site_region_code, site_latitude, site_longitude, hold_until) = 0),
      CONSTRAINT ck_assignments_ended CHECK ((ended_at IS NULL) = (state = 'booked')),
      CONSTRAINT ck_assignments_released_trips CHECK ((released_trips IS NOT NULL) = (state = 'released')),
      CONSTRAINT ck_assignments_site_region_code
        CHECK (site_region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
    )`);
  await runner.query('CREATE INDEX ix_assignments_allocation_id ON assignments (allocation_id)');
  await runner.query(
    'CREATE INDEX ix_assignments_site_region_code_prefix ON assignments (site_region_code text_pattern_ops)',
  );
}

async function createTrips(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE trips (
      id uuid NOT NULL CONSTRAINT pk_trips PRIMARY KEY,
      assignment_id uuid NOT NULL CONSTRAINT fk_trips_assignment REFERENCES assignments (id),
      allocation_id uuid NOT NULL,
      vehicle_id uuid NOT NULL CONSTRAINT fk_trips_vehicle REFERENCES vehicles (id),
      driver_name text NOT NULL,
      driver_username text,
      shipment_id uuid,
      line_id uuid,
      origin_depot_id uuid,
      origin_name text,
      origin_region_code text,
      origin_latitude double precision,
      origin_longitude double precision,
      approach_seconds integer NOT NULL,
      carriage_seconds integer NOT NULL,
      state text NOT NULL,
      booked_at timestamptz NOT NULL,
      loaded_at timestamptz,
      departed_at timestamptz,
      delivered_at timestamptz,
      receiver_name text,
      turned_back_at timestamptz,
      ended_at timestamptz,
      end_reason text,
      CONSTRAINT ck_trips_state CHECK (state IN ('assigned', 'loaded', 'departed', 'delivered', 'turned-back',
        'completed', 'cancelled')),
      CONSTRAINT ck_trips_purpose CHECK (shipment_id IS NOT NULL OR line_id IS NOT NULL),
      CONSTRAINT ck_trips_origin CHECK (num_nulls(origin_depot_id, origin_name, origin_region_code, origin_latitude,
        origin_longitude) = CASE WHEN shipment_id IS NULL THEN 5 ELSE 0 END),
      CONSTRAINT ck_trips_ended CHECK ((ended_at IS NOT NULL) = (state IN ('completed', 'cancelled'))),
      CONSTRAINT ck_trips_departed CHECK (departed_at IS NOT NULL OR state IN ('assigned', 'loaded', 'cancelled')),
      CONSTRAINT ck_trips_delivered CHECK ((delivered_at IS NULL) = (receiver_name IS NULL)),
      CONSTRAINT ck_trips_seconds CHECK (approach_seconds >= 0 AND carriage_seconds >= 0)
    )`);
  await runner.query('CREATE INDEX ix_trips_assignment_id ON trips (assignment_id)');
  await runner.query('CREATE INDEX ix_trips_allocation_id ON trips (allocation_id)');
  await runner.query('CREATE INDEX ix_trips_shipment_id ON trips (shipment_id) WHERE shipment_id IS NOT NULL');
  await runner.query('CREATE INDEX ix_trips_vehicle_id ON trips (vehicle_id)');
  await runner.query('CREATE INDEX ix_trips_driver_username ON trips (driver_username)');
}

async function createTripLoads(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE trip_loads (
      trip_id uuid NOT NULL CONSTRAINT fk_trip_loads_trip REFERENCES trips (id),
      line_id uuid NOT NULL,
      item_code text NOT NULL,
      quantity_base bigint NOT NULL,
      weight_grams bigint NOT NULL,
      volume_cubic_centimetres bigint NOT NULL,
      loaded_base bigint,
      received_base bigint,
      damaged_base bigint,
      lost_base bigint,
      missing_base bigint,
      CONSTRAINT pk_trip_loads PRIMARY KEY (trip_id, line_id),
      CONSTRAINT ck_trip_loads_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_trip_loads_size CHECK (weight_grams >= 0 AND volume_cubic_centimetres >= 0),
      CONSTRAINT ck_trip_loads_loaded CHECK (loaded_base BETWEEN 0 AND quantity_base),
      CONSTRAINT ck_trip_loads_delivered CHECK (
        num_nulls(received_base, damaged_base, lost_base, missing_base) = 4 OR (
          num_nulls(loaded_base, received_base, damaged_base, lost_base, missing_base) = 0
          AND least(received_base, damaged_base, lost_base, missing_base) >= 0
          AND received_base + damaged_base + lost_base + missing_base = loaded_base))
    )`);
}
