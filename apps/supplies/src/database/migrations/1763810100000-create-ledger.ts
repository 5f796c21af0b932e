import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ACCOUNT =
  `^(depot:${UUID}:(available|reserved|quarantine)|transit:${UUID}|site:${UUID}(:damaged)?` +
  '|supplier|donor|consumed|lost|scrapped|rotated-out|count-difference)$';

/** Lots, balances, movements and postings: the stock ledger. */
export class CreateLedger1763810100000 implements MigrationInterface {
  name = 'CreateLedger1763810100000';

  async up(runner: QueryRunner): Promise<void> {
    await createLots(runner);
    await createBalances(runner);
    await createMovements(runner);
    await createPostings(runner);
    await makeAppendOnly(runner, ['movements', 'postings']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createLots(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE lots (
      id uuid NOT NULL CONSTRAINT pk_lots PRIMARY KEY,
      item_code text NOT NULL CONSTRAINT fk_lots_item REFERENCES items (code),
      batch_number text NOT NULL,
      production_date date,
      expiry_date date,
      origin text NOT NULL,
      owner_region_code text NOT NULL,
      quality text NOT NULL DEFAULT 'good',
      synthetic boolean NOT NULL DEFAULT false,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT uq_lots_batch UNIQUE (item_code, batch_number, origin, owner_region_code),
      CONSTRAINT uq_lots_id_item UNIQUE (id, item_code),
      CONSTRAINT ck_lots_dates CHECK (expiry_date >= production_date),
      CONSTRAINT ck_lots_origin CHECK (origin IN ('purchase', 'donation')),
      CONSTRAINT ck_lots_quality CHECK (quality IN ('good', 'held', 'recalled')),
      CONSTRAINT ck_lots_owner_region_code
        CHECK (owner_region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$')
    )`);
  await runner.query('CREATE INDEX ix_lots_owner_region_code ON lots (owner_region_code text_pattern_ops)');
}

async function createBalances(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE balances (
      account text NOT NULL,
      lot_id uuid NOT NULL,
      item_code text NOT NULL,
      depot_id uuid CONSTRAINT fk_balances_depot REFERENCES depots (id),
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_balances PRIMARY KEY (account, lot_id),
      CONSTRAINT fk_balances_lot FOREIGN KEY (lot_id, item_code) REFERENCES lots (id, item_code),
      CONSTRAINT ck_balances_account CHECK (account ~ '${ACCOUNT}'),
      CONSTRAINT ck_balances_inside CHECK (quantity_base >= 0 OR position(':' in account) = 0),
      CONSTRAINT ck_balances_depot
        CHECK (depot_id::text IS NOT DISTINCT FROM substring(account from '^depot:([0-9a-f-]{36}):'))
    ) WITH (fillfactor = 85)`);
  await runner.query('CREATE INDEX ix_balances_depot_item ON balances (depot_id, item_code)');
  await runner.query('CREATE INDEX ix_balances_item ON balances (item_code)');
  await runner.query('CREATE INDEX ix_balances_lot ON balances (lot_id)');
}

async function createMovements(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE movements (
      id uuid NOT NULL CONSTRAINT pk_movements PRIMARY KEY,
      sequence bigserial NOT NULL CONSTRAINT uq_movements_sequence UNIQUE,
      business_key text NOT NULL CONSTRAINT uq_movements_business_key UNIQUE,
      kind text NOT NULL,
      allocation_id uuid,
      depot_id uuid CONSTRAINT fk_movements_depot REFERENCES depots (id),
      shipment_id uuid,
      site_id uuid,
      reverses_movement_id uuid CONSTRAINT uq_movements_reverses UNIQUE
        CONSTRAINT fk_movements_reverses REFERENCES movements (id),
      use_order text,
      note text,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      correlation_id text NOT NULL,
      causation_id text NOT NULL,
      posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT ck_movements_kind CHECK (kind IN ('receipt', 'reserve', 'release', 'issue', 'deliver', 'difference',
        'hand-out', 'return', 'take-back', 'reversal')),
      CONSTRAINT ck_movements_reversal CHECK ((kind = 'reversal') = (reverses_movement_id IS NOT NULL))
    )`);
  await runner.query(
    'CREATE INDEX ix_movements_allocation ON movements (allocation_id) WHERE allocation_id IS NOT NULL',
  );
}

async function createPostings(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE postings (
      movement_id uuid NOT NULL CONSTRAINT fk_postings_movement REFERENCES movements (id),
      position integer NOT NULL,
      lot_id uuid NOT NULL CONSTRAINT fk_postings_lot REFERENCES lots (id),
      from_account text NOT NULL,
      to_account text NOT NULL,
      quantity_base bigint NOT NULL,
      line_id uuid,
      depot_id uuid,
      CONSTRAINT pk_postings PRIMARY KEY (movement_id, position),
      CONSTRAINT ck_postings_quantity CHECK (quantity_base BETWEEN 1 AND 1000000000),
      CONSTRAINT ck_postings_accounts
        CHECK (from_account <> to_account AND from_account ~ '${ACCOUNT}' AND to_account ~ '${ACCOUNT}'),
      CONSTRAINT ck_postings_depot CHECK (depot_id::text IS NOT DISTINCT FROM
        coalesce(substring(from_account from '^depot:([0-9a-f-]{36}):'), substring(to_account from '^depot:([0-9a-f-]{36}):')))
    )`);
  await runner.query('CREATE INDEX ix_postings_lot ON postings (lot_id)');
  await runner.query('CREATE INDEX ix_postings_line ON postings (line_id) WHERE line_id IS NOT NULL');
  await runner.query('CREATE INDEX ix_postings_depot ON postings (depot_id) WHERE depot_id IS NOT NULL');
}
