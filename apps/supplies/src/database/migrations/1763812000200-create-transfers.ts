import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Goods on their way from depot to depot: what was ordered, sent, received, and what became of the rest. */
export class CreateTransfers1763812000200 implements MigrationInterface {
  name = 'CreateTransfers1763812000200';

  async up(runner: QueryRunner): Promise<void> {
    await createTransfers(runner);
    await createReceipts(runner);
    await createSettlements(runner);
    await makeAppendOnly(runner, [
      'transfer_lines',
      'transfer_lots',
      'transfer_receipts',
      'transfer_receipt_lines',
      'transfer_settlement_lines',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createTransfers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE transfers (
      id uuid NOT NULL CONSTRAINT pk_transfers PRIMARY KEY,
      from_depot_id uuid NOT NULL CONSTRAINT fk_transfers_from REFERENCES depots (id),
      to_depot_id uuid NOT NULL CONSTRAINT fk_transfers_to REFERENCES depots (id),
      state text NOT NULL,
      reason text NOT NULL,
      may_break_floor boolean NOT NULL,
      arrival_hours integer NOT NULL,
      due_at timestamptz NOT NULL,
      requested_by text NOT NULL,
      requested_by_id uuid NOT NULL,
      requested_at timestamptz NOT NULL DEFAULT now(),
      dispatched_by text,
      dispatched_by_id uuid,
      dispatched_at timestamptz,
      dispatch_movement_id uuid CONSTRAINT fk_transfers_dispatch REFERENCES movements (id),
      carried_by text,
      cancelled_by text,
      cancelled_by_id uuid,
      cancel_reason text,
      closed_at timestamptz,
      CONSTRAINT ck_transfers_state CHECK (state IN ('ordered', 'dispatched', 'closed', 'cancelled')),
      CONSTRAINT ck_transfers_depots CHECK (from_depot_id <> to_depot_id),
      CONSTRAINT ck_transfers_hours CHECK (arrival_hours BETWEEN 1 AND 2160),
      CONSTRAINT ck_transfers_dispatched
        CHECK ((state IN ('dispatched', 'closed')) = (dispatch_movement_id IS NOT NULL)
               AND (dispatch_movement_id IS NULL) = (dispatched_at IS NULL)
               AND (dispatch_movement_id IS NULL) = (dispatched_by_id IS NULL)),
      CONSTRAINT ck_transfers_cancelled CHECK ((state = 'cancelled') = (cancelled_by_id IS NOT NULL)),
      CONSTRAINT ck_transfers_closed CHECK ((state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_transfers_from ON transfers (from_depot_id, requested_at)');
  await runner.query('CREATE INDEX ix_transfers_to ON transfers (to_depot_id, requested_at)');
  await runner.query(`
    CREATE TABLE transfer_lines (
      transfer_id uuid NOT NULL CONSTRAINT fk_transfer_lines_transfer REFERENCES transfers (id),
      position integer NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_transfer_lines_item REFERENCES items (code),
      lot_id uuid CONSTRAINT fk_transfer_lines_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_transfer_lines PRIMARY KEY (transfer_id, position),
      CONSTRAINT ck_transfer_lines_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000)
    )`);
  await runner.query(`
    CREATE TABLE transfer_lots (
      transfer_id uuid NOT NULL CONSTRAINT fk_transfer_lots_transfer REFERENCES transfers (id),
      lot_id uuid NOT NULL CONSTRAINT fk_transfer_lots_lot REFERENCES lots (id),
      item_code text NOT NULL,
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_transfer_lots PRIMARY KEY (transfer_id, lot_id),
      CONSTRAINT ck_transfer_lots_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000)
    )`);
  await runner.query('CREATE INDEX ix_transfer_lots_lot ON transfer_lots (lot_id)');
}

async function createReceipts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE transfer_receipts (
      id uuid NOT NULL CONSTRAINT pk_transfer_receipts PRIMARY KEY,
      transfer_id uuid NOT NULL CONSTRAINT fk_transfer_receipts_transfer REFERENCES transfers (id),
      movement_id uuid CONSTRAINT fk_transfer_receipts_movement REFERENCES movements (id),
      note text,
      received_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query('CREATE INDEX ix_transfer_receipts_transfer ON transfer_receipts (transfer_id)');
  await runner.query(`
    CREATE TABLE transfer_receipt_lines (
      receipt_id uuid NOT NULL CONSTRAINT fk_transfer_receipt_lines_receipt REFERENCES transfer_receipts (id),
      lot_id uuid NOT NULL CONSTRAINT fk_transfer_receipt_lines_lot REFERENCES lots (id),
      item_code text NOT NULL,
      received_base bigint NOT NULL,
      damaged_base bigint NOT NULL,
      short_base bigint NOT NULL,
      surplus_base bigint NOT NULL,
      CONSTRAINT pk_transfer_receipt_lines PRIMARY KEY (receipt_id, lot_id),
      CONSTRAINT ck_transfer_receipt_lines_counts CHECK (
        received_base >= 0 AND damaged_base >= 0 AND short_base >= 0 AND surplus_base >= 0
        AND received_base + damaged_base + short_base + surplus_base > 0 AND (short_base = 0 OR surplus_base = 0))
    )`);
}

async function createSettlements(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE transfer_settlements (
      id uuid NOT NULL CONSTRAINT pk_transfer_settlements PRIMARY KEY,
      transfer_id uuid NOT NULL CONSTRAINT fk_transfer_settlements_transfer REFERENCES transfers (id),
      state text NOT NULL,
      note text NOT NULL,
      proposed_by text NOT NULL,
      proposed_by_id uuid NOT NULL,
      proposed_at timestamptz NOT NULL DEFAULT now(),
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      decision_note text,
      movement_id uuid CONSTRAINT fk_transfer_settlements_movement REFERENCES movements (id),
      CONSTRAINT ck_transfer_settlements_state CHECK (state IN ('proposed', 'booked', 'rejected')),
      CONSTRAINT ck_transfer_settlements_movement CHECK ((state = 'booked') = (movement_id IS NOT NULL)),
      CONSTRAINT ck_transfer_settlements_four_eyes CHECK (decided_by_id <> proposed_by_id)
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX uq_transfer_settlements_open ON transfer_settlements (transfer_id) WHERE state = 'proposed'`);
  await runner.query('CREATE INDEX ix_transfer_settlements_transfer ON transfer_settlements (transfer_id)');
  await runner.query(`
    CREATE TABLE transfer_settlement_lines (
      settlement_id uuid NOT NULL CONSTRAINT fk_transfer_settlement_lines_settlement REFERENCES transfer_settlements (id),
      lot_id uuid NOT NULL CONSTRAINT fk_transfer_settlement_lines_lot REFERENCES lots (id),
      found_at_receiver_base bigint NOT NULL,
      found_at_sender_base bigint NOT NULL,
      lost_base bigint NOT NULL,
      CONSTRAINT pk_transfer_settlement_lines PRIMARY KEY (settlement_id, lot_id),
      CONSTRAINT ck_transfer_settlement_lines_counts CHECK (
        found_at_receiver_base >= 0 AND found_at_sender_base >= 0 AND lost_base >= 0
        AND found_at_receiver_base + found_at_sender_base + lost_base > 0)
    )`);
}
