import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;
const STATES = [
  'draft',
  'submitted',
  'approved',
  'rejected',
  'sent',
  'partly-received',
  'received',
  'closed',
  'cancelled',
]
  .map((state) => `'${state}'`)
  .join(', ');

/** Suppliers, framework agreements, purchase orders and what came in against them. */
export class CreatePurchasing1763817010000 implements MigrationInterface {
  name = 'CreatePurchasing1763817010000';

  async up(runner: QueryRunner): Promise<void> {
    await createSuppliers(runner);
    await createFrameworks(runner);
    await createOrders(runner);
    await createReceipts(runner);
    await makeAppendOnly(runner, [
      'framework_items',
      'framework_regions',
      'purchase_receipts',
      'purchase_receipt_lines',
    ]);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createSuppliers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE suppliers (
      id uuid NOT NULL CONSTRAINT pk_suppliers PRIMARY KEY,
      name text NOT NULL,
      credit_code text NOT NULL,
      licence_number text,
      licence_valid_until date,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      contact_name text NOT NULL,
      contact_phone text NOT NULL,
      state text NOT NULL,
      state_reason text,
      registered_by text NOT NULL,
      registered_by_id uuid NOT NULL,
      registered_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_suppliers_credit_code UNIQUE (region_code, credit_code),
      CONSTRAINT ck_suppliers_credit_code CHECK (credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'),
      CONSTRAINT ck_suppliers_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_suppliers_state CHECK (state IN ('active', 'suspended') AND (state = 'active' OR state_reason IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_suppliers_region_code ON suppliers (region_code text_pattern_ops)');
}

async function createFrameworks(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE framework_agreements (
      id uuid NOT NULL CONSTRAINT pk_framework_agreements PRIMARY KEY,
      document_number text NOT NULL,
      supplier_id uuid NOT NULL CONSTRAINT fk_framework_agreements_supplier REFERENCES suppliers (id),
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      valid_from date NOT NULL,
      valid_until date NOT NULL,
      tolerance_permille integer NOT NULL,
      ended_on date,
      end_reason text,
      concluded_by text NOT NULL,
      concluded_by_id uuid NOT NULL,
      concluded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_framework_agreements_document UNIQUE (region_code, document_number),
      CONSTRAINT ck_framework_agreements_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_framework_agreements_days CHECK (valid_until >= valid_from),
      CONSTRAINT ck_framework_agreements_tolerance CHECK (tolerance_permille BETWEEN 0 AND 100),
      CONSTRAINT ck_framework_agreements_end CHECK ((ended_on IS NULL) = (end_reason IS NULL))
    )`);
  await runner.query('CREATE INDEX ix_framework_agreements_supplier ON framework_agreements (supplier_id)');
  await runner.query(`
    CREATE TABLE framework_items (
      framework_id uuid NOT NULL CONSTRAINT fk_framework_items_framework REFERENCES framework_agreements (id),
      item_code text NOT NULL CONSTRAINT fk_framework_items_item REFERENCES items (code),
      pack_base integer NOT NULL,
      unit_price_fen bigint NOT NULL,
      minimum_base bigint NOT NULL,
      maximum_base bigint,
      lead_time_days integer NOT NULL,
      CONSTRAINT pk_framework_items PRIMARY KEY (framework_id, item_code),
      CONSTRAINT ck_framework_items_price CHECK (pack_base > 0 AND unit_price_fen >= 0),
      CONSTRAINT ck_framework_items_bounds CHECK (minimum_base >= 0 AND (maximum_base IS NULL OR maximum_base > 0 AND maximum_base >= minimum_base)),
      CONSTRAINT ck_framework_items_lead_time CHECK (lead_time_days >= 0)
    )`);
  await runner.query('CREATE INDEX ix_framework_items_item ON framework_items (item_code)');
  await runner.query(`
    CREATE TABLE framework_regions (
      framework_id uuid NOT NULL CONSTRAINT fk_framework_regions_framework REFERENCES framework_agreements (id),
      region_code text NOT NULL,
      CONSTRAINT pk_framework_regions PRIMARY KEY (framework_id, region_code),
      CONSTRAINT ck_framework_regions_region_code CHECK (region_code ~ ${REGION})
    )`);
}

async function createOrders(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE purchase_order_numbers');
  await runner.query(`
    CREATE TABLE purchase_orders (
      id uuid NOT NULL CONSTRAINT pk_purchase_orders PRIMARY KEY,
      number text NOT NULL,
      kind text NOT NULL,
      state text NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_purchase_orders_depot REFERENCES depots (id),
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      supplier_id uuid NOT NULL CONSTRAINT fk_purchase_orders_supplier REFERENCES suppliers (id),
      framework_id uuid CONSTRAINT fk_purchase_orders_framework REFERENCES framework_agreements (id),
      origin text NOT NULL,
      reason text,
      season text,
      needed_by date,
      lead_time_days integer NOT NULL,
      amount_fen bigint NOT NULL,
      acted_first boolean NOT NULL DEFAULT false,
      drafted_by text NOT NULL,
      drafted_by_id uuid NOT NULL,
      drafted_at timestamptz NOT NULL DEFAULT now(),
      sent_at timestamptz,
      promised_by date,
      closed_at timestamptz,
      end_reason text,
      CONSTRAINT uq_purchase_orders_number UNIQUE (number),
      CONSTRAINT ck_purchase_orders_kind CHECK (kind IN ('ordinary', 'emergency', 'advance')),
      CONSTRAINT ck_purchase_orders_state CHECK (state IN (${STATES})),
      CONSTRAINT ck_purchase_orders_framework CHECK (framework_id IS NOT NULL OR (kind = 'emergency' AND reason IS NOT NULL)),
      CONSTRAINT ck_purchase_orders_season CHECK (kind <> 'advance' OR season IS NOT NULL),
      CONSTRAINT ck_purchase_orders_origin CHECK (origin IN ('manual', 'needs', 'pre-assessment')),
      CONSTRAINT ck_purchase_orders_amount CHECK (amount_fen >= 0),
      CONSTRAINT ck_purchase_orders_acted_first CHECK (NOT acted_first OR kind = 'emergency'),
      CONSTRAINT ck_purchase_orders_sent CHECK ((sent_at IS NULL) = (promised_by IS NULL)),
      CONSTRAINT ck_purchase_orders_closed CHECK ((state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_purchase_orders_region ON purchase_orders (region_code text_pattern_ops, state)');
  await runner.query('CREATE INDEX ix_purchase_orders_supplier ON purchase_orders (supplier_id)');
  await runner.query('CREATE INDEX ix_purchase_orders_framework ON purchase_orders (framework_id)');
  await runner.query(`
    CREATE TABLE purchase_order_lines (
      id uuid NOT NULL CONSTRAINT pk_purchase_order_lines PRIMARY KEY,
      order_id uuid NOT NULL CONSTRAINT fk_purchase_order_lines_order REFERENCES purchase_orders (id),
      position integer NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_purchase_order_lines_item REFERENCES items (code),
      pack_base integer NOT NULL,
      unit_price_fen bigint NOT NULL,
      ordered_base bigint NOT NULL,
      received_base bigint NOT NULL DEFAULT 0,
      tolerance_permille integer NOT NULL,
      need text,
      reasoning text,
      CONSTRAINT uq_purchase_order_lines_position UNIQUE (order_id, position),
      CONSTRAINT ck_purchase_order_lines_price CHECK (pack_base > 0 AND unit_price_fen >= 0),
      CONSTRAINT ck_purchase_order_lines_ordered CHECK (ordered_base > 0 AND ordered_base % pack_base = 0),
      CONSTRAINT ck_purchase_order_lines_received CHECK (
        received_base >= 0 AND received_base <= ordered_base + ordered_base * tolerance_permille / 1000)
    )`);
}

async function createReceipts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE purchase_receipts (
      id uuid NOT NULL CONSTRAINT pk_purchase_receipts PRIMARY KEY,
      order_id uuid NOT NULL CONSTRAINT fk_purchase_receipts_order REFERENCES purchase_orders (id),
      movement_id uuid NOT NULL CONSTRAINT fk_purchase_receipts_movement REFERENCES movements (id),
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_purchase_receipts_movement UNIQUE (movement_id)
    )`);
  await runner.query('CREATE INDEX ix_purchase_receipts_order ON purchase_receipts (order_id)');
  await runner.query(`
    CREATE TABLE purchase_receipt_lines (
      receipt_id uuid NOT NULL CONSTRAINT fk_purchase_receipt_lines_receipt REFERENCES purchase_receipts (id),
      position integer NOT NULL,
      line_id uuid NOT NULL CONSTRAINT fk_purchase_receipt_lines_line REFERENCES purchase_order_lines (id),
      lot_id uuid NOT NULL CONSTRAINT fk_purchase_receipt_lines_lot REFERENCES lots (id),
      quantity_base bigint NOT NULL,
      pack_base integer NOT NULL,
      unit_price_fen bigint NOT NULL,
      CONSTRAINT pk_purchase_receipt_lines PRIMARY KEY (receipt_id, position),
      CONSTRAINT ck_purchase_receipt_lines_quantity CHECK (quantity_base > 0 AND pack_base > 0 AND unit_price_fen >= 0)
    )`);
  await runner.query('CREATE INDEX ix_purchase_receipt_lines_line ON purchase_receipt_lines (line_id)');
  await runner.query('CREATE INDEX ix_purchase_receipt_lines_lot ON purchase_receipt_lines (lot_id)');
}
