import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION_CODE = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Calls of reserve contracts, the receipts that answered them, and from what size on an approver signs. */
export class CreateReserveCalls1763815010000 implements MigrationInterface {
  name = 'CreateReserveCalls1763815010000';

  async up(runner: QueryRunner): Promise<void> {
    await createCalls(runner);
    await createReceipts(runner);
    await createRules(runner);
    await runner.query(`
      ALTER TABLE reserve_contract_changes ADD CONSTRAINT fk_reserve_contract_changes_call
      FOREIGN KEY (call_id) REFERENCES reserve_contract_calls (id)`);
    await makeAppendOnly(runner, ['reserve_contract_call_receipts', 'reserve_contract_call_rules']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createCalls(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_calls (
      id uuid NOT NULL CONSTRAINT pk_reserve_contract_calls PRIMARY KEY,
      contract_id uuid NOT NULL CONSTRAINT fk_reserve_contract_calls_contract REFERENCES reserve_contracts (id),
      state text NOT NULL,
      quantity_base bigint NOT NULL,
      received_base bigint NOT NULL DEFAULT 0,
      released_base bigint NOT NULL DEFAULT 0,
      needed_by timestamptz NOT NULL,
      promised_by timestamptz,
      destination_depot_id uuid CONSTRAINT fk_reserve_contract_calls_depot REFERENCES depots (id),
      destination_region_code text NOT NULL,
      breaks_minimum boolean NOT NULL,
      use_order text,
      reason text NOT NULL,
      amount_fen bigint,
      approval_reason text,
      approved_by text,
      approved_by_id uuid,
      approved_at timestamptz,
      placed_by text NOT NULL,
      placed_by_id uuid NOT NULL,
      placed_at timestamptz NOT NULL DEFAULT now(),
      late_since timestamptz,
      escalation integer NOT NULL DEFAULT 0,
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_reserve_contract_calls_state CHECK (state IN ('awaiting-approval', 'called', 'confirmed', 'declined',
        'delivering', 'received', 'cancelled')),
      CONSTRAINT ck_reserve_contract_calls_quantity CHECK (quantity_base > 0 AND received_base >= 0
        AND released_base >= 0 AND received_base + released_base <= quantity_base),
      CONSTRAINT ck_reserve_contract_calls_open CHECK (
        (state IN ('awaiting-approval', 'called', 'confirmed', 'delivering'))
          = (received_base + released_base < quantity_base)),
      CONSTRAINT ck_reserve_contract_calls_nothing_came
        CHECK (received_base = 0 OR state IN ('delivering', 'received')),
      CONSTRAINT ck_reserve_contract_calls_region_code CHECK (destination_region_code ~ ${REGION_CODE}),
      CONSTRAINT ck_reserve_contract_calls_minimum CHECK (NOT breaks_minimum OR use_order IS NOT NULL),
      CONSTRAINT ck_reserve_contract_calls_four_eyes CHECK (approved_by_id <> placed_by_id),
      CONSTRAINT ck_reserve_contract_calls_late CHECK ((late_since IS NOT NULL) = (escalation > 0))
    )`);
  await runner.query('CREATE INDEX ix_reserve_contract_calls_contract ON reserve_contract_calls (contract_id)');
  await runner.query(`
    CREATE INDEX ix_reserve_contract_calls_open ON reserve_contract_calls (needed_by)
    WHERE state IN ('awaiting-approval', 'called', 'confirmed', 'delivering')`);
}

async function createReceipts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_call_receipts (
      movement_id uuid NOT NULL CONSTRAINT pk_reserve_contract_call_receipts PRIMARY KEY
        CONSTRAINT fk_reserve_contract_call_receipts_movement REFERENCES movements (id),
      call_id uuid NOT NULL CONSTRAINT fk_reserve_contract_call_receipts_call REFERENCES reserve_contract_calls (id),
      contract_id uuid NOT NULL
        CONSTRAINT fk_reserve_contract_call_receipts_contract REFERENCES reserve_contracts (id),
      quantity_base bigint NOT NULL,
      term integer NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_reserve_contract_call_receipts_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query('CREATE INDEX ix_reserve_contract_call_receipts_call ON reserve_contract_call_receipts (call_id)');
  await runner.query(
    'CREATE INDEX ix_reserve_contract_call_receipts_contract ON reserve_contract_call_receipts (contract_id)',
  );
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_call_rules (
      id uuid NOT NULL CONSTRAINT pk_reserve_contract_call_rules PRIMARY KEY,
      region_code text NOT NULL,
      valid_from date NOT NULL,
      from_quantity_base bigint,
      from_amount_fen bigint,
      basis text NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT ck_reserve_contract_call_rules_region_code CHECK (region_code ~ ${REGION_CODE}),
      CONSTRAINT ck_reserve_contract_call_rules_from CHECK (from_quantity_base > 0 AND from_amount_fen > 0
        AND coalesce(from_quantity_base, from_amount_fen) IS NOT NULL)
    )`);
  await runner.query(`
    CREATE INDEX ix_reserve_contract_call_rules_region
    ON reserve_contract_call_rules (region_code, valid_from, recorded_at)`);
}
