import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Issue orders, what was handed over on arrival, and the sites it went to. */
export class CreateShipments1763810300000 implements MigrationInterface {
  name = 'CreateShipments1763810300000';

  async up(runner: QueryRunner): Promise<void> {
    await createSites(runner);
    await createIssueOrders(runner);
    await createOverrides(runner);
    await createDeliveries(runner);
    await makeAppendOnly(runner, ['issue_overrides', 'deliveries', 'delivery_lines']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createSites(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE sites (
      id uuid NOT NULL CONSTRAINT pk_sites PRIMARY KEY,
      name text NOT NULL,
      region_code text NOT NULL,
      latitude double precision NOT NULL,
      longitude double precision NOT NULL,
      incident_id uuid NOT NULL,
      CONSTRAINT ck_sites_region_code CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
    )`);
}

async function createIssueOrders(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE issue_orders (
      shipment_id uuid NOT NULL CONSTRAINT pk_issue_orders PRIMARY KEY,
      allocation_id uuid NOT NULL,
      incident_id uuid NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_issue_orders_depot REFERENCES depots (id),
      site_id uuid NOT NULL CONSTRAINT fk_issue_orders_site REFERENCES sites (id),
      use_order text NOT NULL,
      state text NOT NULL,
      ordered_at timestamptz NOT NULL DEFAULT now(),
      closed_at timestamptz,
      confirmed_by text,
      movement_id uuid CONSTRAINT fk_issue_orders_movement REFERENCES movements (id),
      CONSTRAINT ck_issue_orders_state CHECK (state IN ('open', 'confirmed', 'cancelled')),
      CONSTRAINT ck_issue_orders_closed CHECK ((state = 'open') = (closed_at IS NULL)),
      CONSTRAINT ck_issue_orders_confirmed CHECK (
        (state = 'confirmed') = (movement_id IS NOT NULL) AND (state = 'confirmed') = (confirmed_by IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_issue_orders_allocation ON issue_orders (allocation_id)');
  await runner.query('CREATE INDEX ix_issue_orders_site ON issue_orders (site_id)');
  await runner.query('CREATE INDEX ix_issue_orders_depot ON issue_orders (depot_id, state)');
  await runner.query(`
    CREATE TABLE issue_order_lines (
      shipment_id uuid NOT NULL CONSTRAINT fk_issue_order_lines_order REFERENCES issue_orders (shipment_id),
      reservation_id uuid NOT NULL CONSTRAINT fk_issue_order_lines_reservation REFERENCES reservations (id),
      line_id uuid NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_issue_order_lines_item REFERENCES items (code),
      quantity_base bigint NOT NULL,
      state text NOT NULL,
      CONSTRAINT pk_issue_order_lines PRIMARY KEY (shipment_id, reservation_id),
      CONSTRAINT ck_issue_order_lines_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_issue_order_lines_state CHECK (state IN ('open', 'issued', 'cancelled'))
    )`);
  await runner.query('CREATE INDEX ix_issue_order_lines_reservation ON issue_order_lines (reservation_id)');
  await runner.query(`
    CREATE TABLE issue_order_trips (
      shipment_id uuid NOT NULL CONSTRAINT fk_issue_order_trips_order REFERENCES issue_orders (shipment_id),
      trip_id uuid NOT NULL,
      plate text NOT NULL,
      driver_name text NOT NULL,
      CONSTRAINT pk_issue_order_trips PRIMARY KEY (shipment_id, trip_id)
    )`);
}

async function createOverrides(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE issue_overrides (
      shipment_id uuid NOT NULL CONSTRAINT fk_issue_overrides_order REFERENCES issue_orders (shipment_id),
      lot_id uuid NOT NULL CONSTRAINT fk_issue_overrides_lot REFERENCES lots (id),
      use_order text NOT NULL,
      reason text NOT NULL,
      approved_by text NOT NULL,
      approved_by_id uuid NOT NULL,
      approved_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_issue_overrides PRIMARY KEY (shipment_id, lot_id)
    )`);
}

async function createDeliveries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE deliveries (
      trip_id uuid NOT NULL CONSTRAINT pk_deliveries PRIMARY KEY,
      shipment_id uuid NOT NULL CONSTRAINT fk_deliveries_order REFERENCES issue_orders (shipment_id),
      site_id uuid NOT NULL CONSTRAINT fk_deliveries_site REFERENCES sites (id),
      movement_id uuid CONSTRAINT fk_deliveries_movement REFERENCES movements (id),
      receiver_name text NOT NULL,
      delivered_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query('CREATE INDEX ix_deliveries_shipment ON deliveries (shipment_id)');
  await runner.query(`
    CREATE TABLE delivery_lines (
      trip_id uuid NOT NULL CONSTRAINT fk_delivery_lines_delivery REFERENCES deliveries (trip_id),
      line_id uuid NOT NULL,
      item_code text NOT NULL,
      received_base bigint NOT NULL,
      damaged_base bigint NOT NULL,
      lost_base bigint NOT NULL,
      missing_base bigint NOT NULL,
      CONSTRAINT pk_delivery_lines PRIMARY KEY (trip_id, line_id),
      CONSTRAINT ck_delivery_lines_counts
        CHECK (received_base >= 0 AND damaged_base >= 0 AND lost_base >= 0 AND missing_base >= 0)
    )`);
}
