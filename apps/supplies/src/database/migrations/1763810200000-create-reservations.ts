import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Promises of goods: what was asked of which depot, and which lots are held for it. */
export class CreateReservations1763810200000 implements MigrationInterface {
  name = 'CreateReservations1763810200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reservations (
        id uuid NOT NULL CONSTRAINT pk_reservations PRIMARY KEY,
        allocation_id uuid NOT NULL,
        line_id uuid NOT NULL,
        item_code text,
        state text NOT NULL,
        usable_until date,
        expires_at timestamptz,
        end_cause text,
        refusal_code text,
        refusal_reason text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT ck_reservations_state CHECK (state IN ('soft', 'firm', 'issued', 'released', 'refused')),
        CONSTRAINT ck_reservations_held
          CHECK (state NOT IN ('soft', 'firm') OR (expires_at IS NOT NULL AND item_code IS NOT NULL)),
        CONSTRAINT ck_reservations_end CHECK ((state = 'released') = (end_cause IS NOT NULL)),
        CONSTRAINT ck_reservations_end_cause CHECK (end_cause IN ('released', 'expired')),
        CONSTRAINT ck_reservations_refusal
          CHECK ((state = 'refused') = (refusal_code IS NOT NULL AND refusal_reason IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX ix_reservations_allocation ON reservations (allocation_id)');
    await runner.query(`
      CREATE TABLE reservation_sources (
        reservation_id uuid NOT NULL CONSTRAINT fk_reservation_sources_reservation REFERENCES reservations (id),
        depot_id uuid NOT NULL,
        quantity_base bigint NOT NULL,
        short boolean NOT NULL,
        CONSTRAINT pk_reservation_sources PRIMARY KEY (reservation_id, depot_id),
        CONSTRAINT ck_reservation_sources_quantity CHECK (quantity_base > 0)
      )`);
    await runner.query(`
      CREATE TABLE reservation_shares (
        reservation_id uuid NOT NULL CONSTRAINT fk_reservation_shares_reservation REFERENCES reservations (id),
        depot_id uuid NOT NULL CONSTRAINT fk_reservation_shares_depot REFERENCES depots (id),
        lot_id uuid NOT NULL CONSTRAINT fk_reservation_shares_lot REFERENCES lots (id),
        quantity_base bigint NOT NULL,
        issued_base bigint NOT NULL DEFAULT 0,
        released_base bigint NOT NULL DEFAULT 0,
        CONSTRAINT pk_reservation_shares PRIMARY KEY (reservation_id, depot_id, lot_id),
        CONSTRAINT ck_reservation_shares_open CHECK (
          quantity_base > 0 AND issued_base >= 0 AND released_base >= 0
          AND issued_base + released_base <= quantity_base)
      )`);
    await runner.query(`
      CREATE INDEX ix_reservation_shares_open ON reservation_shares (depot_id, lot_id)
      WHERE issued_base + released_base < quantity_base`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
