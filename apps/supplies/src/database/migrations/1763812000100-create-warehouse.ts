import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Inspection and put-away, recall of lots, scrap with appraisal, goods sent back, and the rules that govern them. */
export class CreateWarehouse1763812000100 implements MigrationInterface {
  name = 'CreateWarehouse1763812000100';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createInspections(runner);
    await createRecalls(runner);
    await createScrapProposals(runner);
    await createSendBacks(runner);
    await guardQuarantine(runner);
    await makeAppendOnly(runner, [
      'inspection_policies',
      'warehouse_thresholds',
      'recall_notices',
      'recall_movements',
      'scrap_send_backs',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE inspection_policies (
      id uuid NOT NULL CONSTRAINT pk_inspection_policies PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_inspection_policies_depot REFERENCES depots (id),
      two_people boolean NOT NULL,
      within_hours integer NOT NULL,
      reason text NOT NULL,
      set_by text NOT NULL,
      set_by_id uuid NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_inspection_policies_hours CHECK (within_hours BETWEEN 1 AND 2160)
    )`);
  await runner.query('CREATE INDEX ix_inspection_policies_depot ON inspection_policies (depot_id, set_at)');
  await runner.query(`
    CREATE TABLE warehouse_thresholds (
      id uuid NOT NULL CONSTRAINT pk_warehouse_thresholds PRIMARY KEY,
      region_code text NOT NULL,
      kind text NOT NULL,
      value bigint NOT NULL,
      basis text NOT NULL,
      set_by text NOT NULL,
      set_by_id uuid NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_warehouse_thresholds_region_code
        CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_warehouse_thresholds_kind
        CHECK (kind IN ('scrap-approver-fen', 'transfer-loss-alone-base', 'transfer-arrival-hours')),
      CONSTRAINT ck_warehouse_thresholds_value CHECK (value >= 0)
    )`);
  await runner.query('CREATE INDEX ix_warehouse_thresholds_kind ON warehouse_thresholds (kind, region_code, set_at)');
}

async function createInspections(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE inspections (
      id uuid NOT NULL CONSTRAINT pk_inspections PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_inspections_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_inspections_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      state text NOT NULL,
      receipt_movement_id uuid CONSTRAINT fk_inspections_receipt REFERENCES movements (id),
      reason text NOT NULL,
      opened_by text NOT NULL,
      opened_by_id uuid NOT NULL,
      opened_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL,
      accepted_base bigint,
      rejected_base bigint,
      rejection_reason text,
      defects text,
      movement_id uuid CONSTRAINT fk_inspections_movement REFERENCES movements (id),
      closed_by text,
      closed_by_id uuid,
      closed_at timestamptz,
      CONSTRAINT ck_inspections_state CHECK (state IN ('open', 'passed', 'failed', 'partly', 'withdrawn')),
      CONSTRAINT ck_inspections_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000),
      CONSTRAINT ck_inspections_closed
        CHECK ((state = 'open') = (closed_at IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
      CONSTRAINT ck_inspections_result CHECK (
        CASE state WHEN 'passed' THEN accepted_base = quantity_base AND rejected_base = 0
                   WHEN 'failed' THEN accepted_base = 0 AND rejected_base = quantity_base
                   WHEN 'partly' THEN accepted_base > 0 AND rejected_base > 0
                                      AND accepted_base + rejected_base = quantity_base
                   ELSE accepted_base IS NULL AND rejected_base IS NULL END),
      CONSTRAINT ck_inspections_movement CHECK (movement_id IS NULL OR accepted_base > 0),
      CONSTRAINT ck_inspections_rejection CHECK ((coalesce(rejected_base, 0) > 0) = (rejection_reason IS NOT NULL))
    )`);
  await runner.query(`
    CREATE INDEX ix_inspections_open ON inspections (depot_id, lot_id) WHERE state = 'open'`);
  await runner.query('CREATE INDEX ix_inspections_depot ON inspections (depot_id, opened_at)');
  await runner.query(`
    CREATE INDEX ix_inspections_receipt ON inspections (receipt_movement_id) WHERE receipt_movement_id IS NOT NULL`);
}

async function createRecalls(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE recall_notices (
      id uuid NOT NULL CONSTRAINT pk_recall_notices PRIMARY KEY,
      lot_id uuid NOT NULL CONSTRAINT fk_recall_notices_lot REFERENCES lots (id),
      action text NOT NULL,
      reason text NOT NULL,
      notice_number text,
      notice_source text,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT ck_recall_notices_action CHECK (action IN ('hold', 'release', 'recall', 'withdraw')),
      CONSTRAINT ck_recall_notices_source
        CHECK (action <> 'recall' OR (notice_number IS NOT NULL AND notice_source IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_recall_notices_lot ON recall_notices (lot_id, recorded_at)');
  await runner.query(`
    CREATE TABLE recall_movements (
      notice_id uuid NOT NULL CONSTRAINT fk_recall_movements_notice REFERENCES recall_notices (id),
      depot_id uuid NOT NULL CONSTRAINT fk_recall_movements_depot REFERENCES depots (id),
      movement_id uuid NOT NULL CONSTRAINT fk_recall_movements_movement REFERENCES movements (id),
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_recall_movements PRIMARY KEY (notice_id, depot_id),
      CONSTRAINT ck_recall_movements_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_recall_movements_movement ON recall_movements (movement_id)');
}

async function createScrapProposals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE scrap_proposals (
      id uuid NOT NULL CONSTRAINT pk_scrap_proposals PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_scrap_proposals_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_scrap_proposals_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      state text NOT NULL,
      reason text NOT NULL,
      note text,
      residual_value_fen bigint NOT NULL,
      book_value_fen bigint,
      appraisers text[] NOT NULL,
      appraisal_method text NOT NULL,
      document_number text NOT NULL,
      held_movement_id uuid CONSTRAINT fk_scrap_proposals_held REFERENCES movements (id),
      proposed_by text NOT NULL,
      proposed_by_id uuid NOT NULL,
      proposed_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL,
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      decision_note text,
      movement_id uuid CONSTRAINT fk_scrap_proposals_movement REFERENCES movements (id),
      CONSTRAINT ck_scrap_proposals_state CHECK (state IN ('proposed', 'approved', 'rejected')),
      CONSTRAINT ck_scrap_proposals_reason CHECK (reason IN ('expired', 'damaged', 'failed-test', 'obsolete')),
      CONSTRAINT ck_scrap_proposals_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000),
      CONSTRAINT ck_scrap_proposals_values CHECK (residual_value_fen >= 0 AND book_value_fen >= 0),
      CONSTRAINT ck_scrap_proposals_appraisers CHECK (cardinality(appraisers) BETWEEN 1 AND 10),
      CONSTRAINT ck_scrap_proposals_decided CHECK (
        (state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)),
      CONSTRAINT ck_scrap_proposals_four_eyes CHECK (decided_by_id <> proposed_by_id),
      CONSTRAINT ck_scrap_proposals_movement CHECK (movement_id IS NULL OR state <> 'proposed')
    )`);
  await runner.query(`
    CREATE INDEX ix_scrap_proposals_open ON scrap_proposals (depot_id, lot_id) WHERE state = 'proposed'`);
  await runner.query('CREATE INDEX ix_scrap_proposals_depot ON scrap_proposals (depot_id, proposed_at)');
}

async function createSendBacks(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE scrap_send_backs (
      id uuid NOT NULL CONSTRAINT pk_scrap_send_backs PRIMARY KEY,
      depot_id uuid NOT NULL CONSTRAINT fk_scrap_send_backs_depot REFERENCES depots (id),
      lot_id uuid NOT NULL CONSTRAINT fk_scrap_send_backs_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      sent_to text NOT NULL,
      reason text NOT NULL,
      document_number text NOT NULL,
      movement_id uuid NOT NULL CONSTRAINT fk_scrap_send_backs_movement REFERENCES movements (id),
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_scrap_send_backs_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000)
    )`);
  await runner.query('CREATE INDEX ix_scrap_send_backs_depot ON scrap_send_backs (depot_id, recorded_at)');
}

/**
 * Pieces in quarantine that wait for an inspection or a scrap decision stay there until it is made, whoever wants them.
 * Whoever makes the claim holds the balance, so the trigger, which runs under the same lock, sees every claim.
 */
async function guardQuarantine(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION claimed_in_quarantine(depot uuid, lot uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
      SELECT (SELECT coalesce(sum(quantity_base), 0) FROM inspections
              WHERE depot_id = depot AND lot_id = lot AND state = 'open')
             + (SELECT coalesce(sum(quantity_base), 0) FROM scrap_proposals
                WHERE depot_id = depot AND lot_id = lot AND state = 'proposed')
    $$`);
  await runner.query(`
    CREATE FUNCTION refuse_claimed_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF claimed_in_quarantine(NEW.depot_id, NEW.lot_id) > NEW.quantity_base THEN
        RAISE EXCEPTION '% holds pieces that wait for an inspection or a scrap decision', NEW.account
          USING ERRCODE = 'LG001', DETAIL = json_build_object('account', NEW.account, 'lotId', NEW.lot_id)::text;
      END IF;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE TRIGGER balances_keep_claimed AFTER UPDATE OF quantity_base ON balances FOR EACH ROW
    WHEN (NEW.quantity_base < OLD.quantity_base AND right(NEW.account, 11) = ':quarantine')
    EXECUTE FUNCTION refuse_claimed_pieces()`);
}
