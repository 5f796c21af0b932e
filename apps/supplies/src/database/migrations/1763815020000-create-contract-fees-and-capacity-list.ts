import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION_CODE = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** What a contract costs by period, and which enterprises the capacity list names. */
export class CreateContractFeesAndCapacityList1763815020000 implements MigrationInterface {
  name = 'CreateContractFeesAndCapacityList1763815020000';

  async up(runner: QueryRunner): Promise<void> {
    await createFees(runner);
    await createCapacityChanges(runner);
    await makeAppendOnly(runner, ['enterprise_capacity_changes']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createFees(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_fees (
      id uuid NOT NULL CONSTRAINT pk_reserve_contract_fees PRIMARY KEY,
      contract_id uuid NOT NULL CONSTRAINT fk_reserve_contract_fees_contract REFERENCES reserve_contracts (id),
      kind text NOT NULL,
      period_from date NOT NULL,
      period_to date NOT NULL,
      amount_fen bigint NOT NULL,
      due_on date NOT NULL,
      note text,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      paid_on date,
      payment_document text,
      withdrawn_reason text,
      settled_by text,
      settled_by_id uuid,
      settled_at timestamptz,
      CONSTRAINT ck_reserve_contract_fees_kind CHECK (kind IN ('fee', 'subsidy')),
      CONSTRAINT ck_reserve_contract_fees_period CHECK (period_to >= period_from),
      CONSTRAINT ck_reserve_contract_fees_amount CHECK (amount_fen > 0),
      CONSTRAINT ck_reserve_contract_fees_paid CHECK ((paid_on IS NULL) = (payment_document IS NULL)),
      CONSTRAINT ck_reserve_contract_fees_settled CHECK (
        (paid_on IS NULL OR withdrawn_reason IS NULL)
        AND (settled_at IS NOT NULL) = (paid_on IS NOT NULL OR withdrawn_reason IS NOT NULL)
        AND (settled_at IS NOT NULL) = (settled_by IS NOT NULL AND settled_by_id IS NOT NULL))
    )`);
  await runner.query(
    'CREATE INDEX ix_reserve_contract_fees_contract ON reserve_contract_fees (contract_id, period_from)',
  );
  await runner.query(
    'CREATE INDEX ix_reserve_contract_fees_open ON reserve_contract_fees (due_on) WHERE settled_at IS NULL',
  );
}

async function createCapacityChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE enterprise_capacity_changes (
      id uuid NOT NULL CONSTRAINT pk_enterprise_capacity_changes PRIMARY KEY,
      sequence bigserial NOT NULL CONSTRAINT uq_enterprise_capacity_changes_sequence UNIQUE,
      change text NOT NULL,
      enterprise_organisation_id uuid NOT NULL,
      enterprise_name text NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_enterprise_capacity_changes_item REFERENCES items (code),
      region_code text NOT NULL,
      rate_per_day bigint,
      effective_on date NOT NULL,
      reason text NOT NULL,
      source text NOT NULL,
      contract_id uuid CONSTRAINT fk_enterprise_capacity_changes_contract REFERENCES reserve_contracts (id),
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_enterprise_capacity_changes_change CHECK (change IN ('entered', 'removed')),
      CONSTRAINT ck_enterprise_capacity_changes_rate CHECK ((change = 'entered') = (rate_per_day IS NOT NULL)),
      CONSTRAINT ck_enterprise_capacity_changes_rate_positive CHECK (rate_per_day > 0),
      CONSTRAINT ck_enterprise_capacity_changes_region_code CHECK (region_code ~ ${REGION_CODE})
    )`);
  await runner.query(`
    CREATE INDEX ix_enterprise_capacity_changes_entry
    ON enterprise_capacity_changes (enterprise_organisation_id, item_code, region_code, sequence)`);
  await runner.query(`
    CREATE INDEX ix_enterprise_capacity_changes_region_code
    ON enterprise_capacity_changes (region_code text_pattern_ops)`);
}
