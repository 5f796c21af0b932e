import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
const PURPOSE = (kinds: string) => `
  purpose_kind IN (${kinds}) AND (purpose_kind = 'region') = (purpose_region_code IS NOT NULL)
  AND (purpose_kind = 'incident') = (purpose_incident_id IS NOT NULL)
  AND (purpose_kind = 'group') = (purpose_group IS NOT NULL)`;

/** Donations, who gave them, what they are for and where they went. */
export class CreateDonations1763817020000 implements MigrationInterface {
  name = 'CreateDonations1763817020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE lots ADD COLUMN purpose_bound boolean NOT NULL DEFAULT false');
    await createDonations(runner);
    await createReceipts(runner);
    await createPurposes(runner);
    await createAllocations(runner);
    await makeAppendOnly(runner, [
      'donation_receipts',
      'donation_receipt_lines',
      'donation_purposes',
      'donation_purpose_lifts',
      'donation_allocations',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createDonations(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE donation_numbers');
  await runner.query('CREATE SEQUENCE donation_certificate_numbers');
  await runner.query(`
    CREATE TABLE donations (
      id uuid NOT NULL CONSTRAINT pk_donations PRIMARY KEY,
      number text NOT NULL,
      trace_code text NOT NULL,
      state text NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_donations_depot REFERENCES depots (id),
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      purpose_kind text NOT NULL,
      purpose_region_code text,
      purpose_incident_id uuid,
      purpose_group text,
      money_fen bigint,
      acted_first boolean NOT NULL DEFAULT false,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      accepted_at timestamptz,
      end_reason text,
      certificate_number text,
      certified_at timestamptz,
      CONSTRAINT uq_donations_number UNIQUE (number),
      CONSTRAINT uq_donations_trace_code UNIQUE (trace_code),
      CONSTRAINT uq_donations_certificate_number UNIQUE (certificate_number),
      CONSTRAINT ck_donations_trace_code CHECK (trace_code ~ '^[0-9A-HJKMNP-TV-Z]{26}$'),
      CONSTRAINT ck_donations_state CHECK (
        state IN ('declared', 'submitted', 'accepted', 'refused', 'partly-received', 'received', 'withdrawn')),
      CONSTRAINT ck_donations_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_donations_purpose CHECK (${PURPOSE(`'undirected', 'region', 'incident', 'group'`)}),
      CONSTRAINT ck_donations_purpose_region_code CHECK (purpose_region_code ~ ${REGION}),
      CONSTRAINT ck_donations_money CHECK (money_fen > 0),
      CONSTRAINT ck_donations_certificate CHECK ((certificate_number IS NULL) = (certified_at IS NULL))
    )`);
  await runner.query('CREATE INDEX ix_donations_region ON donations (region_code text_pattern_ops, state)');
  await runner.query(`
    CREATE TABLE donation_donors (
      donation_id uuid NOT NULL CONSTRAINT fk_donation_donors_donation REFERENCES donations (id),
      kind text NOT NULL,
      anonymous boolean NOT NULL,
      name text,
      phone text,
      address text,
      publish_name boolean NOT NULL,
      erased_at timestamptz,
      CONSTRAINT pk_donation_donors PRIMARY KEY (donation_id),
      CONSTRAINT ck_donation_donors_kind CHECK (kind IN ('person', 'organisation')),
      CONSTRAINT ck_donation_donors_name CHECK (anonymous OR name IS NOT NULL),
      CONSTRAINT ck_donation_donors_publish CHECK (NOT publish_name OR NOT anonymous),
      CONSTRAINT ck_donation_donors_erased CHECK (
        erased_at IS NULL OR (anonymous AND name IS NULL AND phone IS NULL AND address IS NULL))
    )`);
  await runner.query(`
    CREATE TABLE donation_lines (
      id uuid NOT NULL CONSTRAINT pk_donation_lines PRIMARY KEY,
      donation_id uuid NOT NULL CONSTRAINT fk_donation_lines_donation REFERENCES donations (id),
      position integer NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_donation_lines_item REFERENCES items (code),
      declared_base bigint NOT NULL,
      value_fen bigint NOT NULL,
      decision text NOT NULL DEFAULT 'open',
      refusal_reason text,
      refusal_note text,
      received_base bigint NOT NULL DEFAULT 0,
      lot_id uuid CONSTRAINT fk_donation_lines_lot REFERENCES lots (id),
      CONSTRAINT uq_donation_lines_position UNIQUE (donation_id, position),
      CONSTRAINT uq_donation_lines_lot UNIQUE (lot_id),
      CONSTRAINT ck_donation_lines_quantity CHECK (declared_base > 0 AND value_fen >= 0 AND received_base >= 0),
      CONSTRAINT ck_donation_lines_decision CHECK (decision IN ('open', 'accepted', 'refused')),
      CONSTRAINT ck_donation_lines_refusal CHECK (
        (decision = 'refused') = (refusal_reason IS NOT NULL)
        AND refusal_reason IN ('expired', 'unsafe', 'unsuitable', 'not-needed')),
      CONSTRAINT ck_donation_lines_received CHECK (received_base = 0 OR (decision = 'accepted' AND lot_id IS NOT NULL))
    )`);
}

async function createReceipts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE donation_receipts (
      id uuid NOT NULL CONSTRAINT pk_donation_receipts PRIMARY KEY,
      donation_id uuid NOT NULL CONSTRAINT fk_donation_receipts_donation REFERENCES donations (id),
      movement_id uuid NOT NULL CONSTRAINT fk_donation_receipts_movement REFERENCES movements (id),
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_donation_receipts_movement UNIQUE (movement_id)
    )`);
  await runner.query('CREATE INDEX ix_donation_receipts_donation ON donation_receipts (donation_id)');
  await runner.query(`
    CREATE TABLE donation_receipt_lines (
      receipt_id uuid NOT NULL CONSTRAINT fk_donation_receipt_lines_receipt REFERENCES donation_receipts (id),
      line_id uuid NOT NULL CONSTRAINT fk_donation_receipt_lines_line REFERENCES donation_lines (id),
      lot_id uuid NOT NULL CONSTRAINT fk_donation_receipt_lines_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_donation_receipt_lines PRIMARY KEY (receipt_id, line_id),
      CONSTRAINT uq_donation_receipt_lines_lot UNIQUE (lot_id),
      CONSTRAINT ck_donation_receipt_lines_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_donation_receipt_lines_line ON donation_receipt_lines (line_id)');
}

async function createPurposes(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE donation_purposes (
      lot_id uuid NOT NULL CONSTRAINT fk_donation_purposes_lot REFERENCES lots (id),
      donation_id uuid NOT NULL CONSTRAINT fk_donation_purposes_donation REFERENCES donations (id),
      purpose_kind text NOT NULL,
      purpose_region_code text,
      purpose_incident_id uuid,
      purpose_group text,
      since timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_donation_purposes PRIMARY KEY (lot_id),
      CONSTRAINT ck_donation_purposes_purpose CHECK (${PURPOSE(`'region', 'incident', 'group'`)})
    )`);
  await runner.query(`
    CREATE TABLE donation_purpose_lifts (
      lot_id uuid NOT NULL CONSTRAINT fk_donation_purpose_lifts_purpose REFERENCES donation_purposes (lot_id),
      paper_number text NOT NULL,
      reason text NOT NULL,
      lifted_by text NOT NULL,
      lifted_by_id uuid NOT NULL,
      lifted_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_donation_purpose_lifts PRIMARY KEY (lot_id)
    )`);
}

async function createAllocations(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE donation_allocations (
      id uuid NOT NULL CONSTRAINT pk_donation_allocations PRIMARY KEY,
      donation_id uuid NOT NULL CONSTRAINT fk_donation_allocations_donation REFERENCES donations (id),
      line_id uuid NOT NULL CONSTRAINT fk_donation_allocations_line REFERENCES donation_lines (id),
      lot_id uuid NOT NULL CONSTRAINT fk_donation_allocations_lot REFERENCES lots (id),
      movement_id uuid NOT NULL CONSTRAINT fk_donation_allocations_movement REFERENCES movements (id),
      depot_id uuid NOT NULL CONSTRAINT fk_donation_allocations_depot REFERENCES depots (id),
      quantity_base bigint NOT NULL,
      region_code text NOT NULL,
      incident_id uuid,
      group_code text,
      receiver text NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      allocated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_donation_allocations_movement UNIQUE (movement_id),
      CONSTRAINT ck_donation_allocations_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_donation_allocations_region_code CHECK (region_code ~ ${REGION})
    )`);
  await runner.query('CREATE INDEX ix_donation_allocations_donation ON donation_allocations (donation_id)');
}
