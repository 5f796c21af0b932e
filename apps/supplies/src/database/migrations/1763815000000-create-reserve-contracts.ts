import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION_CODE = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Reserve contracts, the regions they serve, what enterprises confirmed, and who changed what when. */
export class CreateReserveContracts1763815000000 implements MigrationInterface {
  name = 'CreateReserveContracts1763815000000';

  async up(runner: QueryRunner): Promise<void> {
    await createContracts(runner);
    await createRegions(runner);
    await createConfirmations(runner);
    await createChanges(runner);
    await makeAppendOnly(runner, ['reserve_contract_confirmations', 'reserve_contract_changes']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createContracts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contracts (
      id uuid NOT NULL CONSTRAINT pk_reserve_contracts PRIMARY KEY,
      document_number text NOT NULL,
      mode text NOT NULL,
      state text NOT NULL,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      counterparty_name text NOT NULL,
      enterprise_organisation_id uuid,
      item_code text NOT NULL CONSTRAINT fk_reserve_contracts_item REFERENCES items (code),
      valid_from date NOT NULL,
      valid_to date NOT NULL,
      response_hours integer NOT NULL,
      quantity_base bigint NOT NULL,
      minimum_base bigint NOT NULL DEFAULT 0,
      rate_per_day bigint,
      start_up_hours integer,
      output_every_hours integer,
      unit_price_fen bigint,
      restored_by text NOT NULL,
      confirm_every_days integer,
      grace_days integer NOT NULL DEFAULT 0,
      contact_name text,
      contact_phone text,
      called_base bigint NOT NULL DEFAULT 0,
      drawn_base bigint NOT NULL DEFAULT 0,
      term integer NOT NULL DEFAULT 1,
      activated_at timestamptz,
      below_minimum_since timestamptz,
      confirmed_at timestamptz,
      confirmed_stock_base bigint,
      confirmed_rate_per_day bigint,
      confirmed_start_up_hours integer,
      key_inputs_level text,
      taken_since_base bigint NOT NULL DEFAULT 0,
      synthetic boolean NOT NULL DEFAULT false,
      created_by text NOT NULL,
      created_by_id uuid,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_reserve_contracts_mode
        CHECK (mode IN ('agreement', 'enterprise', 'capacity', 'social', 'household')),
      CONSTRAINT ck_reserve_contracts_state CHECK (state IN ('draft', 'active', 'suspended', 'ended')),
      CONSTRAINT ck_reserve_contracts_region_code CHECK (region_code ~ ${REGION_CODE}),
      CONSTRAINT ck_reserve_contracts_period CHECK (valid_to >= valid_from),
      CONSTRAINT ck_reserve_contracts_response CHECK (response_hours BETWEEN 0 AND 8760),
      CONSTRAINT ck_reserve_contracts_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_reserve_contracts_minimum
        CHECK (minimum_base >= 0 AND (mode = 'enterprise' OR minimum_base = 0)),
      CONSTRAINT ck_reserve_contracts_production CHECK (
        CASE WHEN mode = 'capacity'
          THEN num_nonnulls(rate_per_day, start_up_hours, output_every_hours) = 3 AND rate_per_day > 0
            AND start_up_hours BETWEEN 0 AND 8760 AND output_every_hours BETWEEN 1 AND 24
          ELSE num_nonnulls(rate_per_day, start_up_hours, output_every_hours) = 0 END),
      CONSTRAINT ck_reserve_contracts_price CHECK (unit_price_fen >= 0),
      CONSTRAINT ck_reserve_contracts_restored_by CHECK (restored_by IN ('renewal', 'delivery')),
      CONSTRAINT ck_reserve_contracts_schedule CHECK (
        confirm_every_days > 0 AND grace_days >= 0 AND (confirm_every_days IS NOT NULL
          OR (mode NOT IN ('enterprise', 'capacity') AND grace_days = 0))),
      CONSTRAINT ck_reserve_contracts_enterprise
        CHECK (enterprise_organisation_id IS NOT NULL OR mode NOT IN ('enterprise', 'capacity')),
      CONSTRAINT ck_reserve_contracts_called
        CHECK (called_base >= 0 AND drawn_base >= 0 AND called_base + drawn_base <= quantity_base),
      CONSTRAINT ck_reserve_contracts_activated CHECK (state = 'draft' OR state = 'ended' OR activated_at IS NOT NULL),
      CONSTRAINT ck_reserve_contracts_key_inputs CHECK (key_inputs_level IN ('sufficient', 'tight', 'exhausted')),
      CONSTRAINT ck_reserve_contracts_taken CHECK (taken_since_base >= 0)
    )`);
  await runner.query(`
    CREATE UNIQUE INDEX uq_reserve_contracts_document ON reserve_contracts (organisation_id, document_number, item_code)
    WHERE state <> 'ended'`);
  await runner.query('CREATE INDEX ix_reserve_contracts_item ON reserve_contracts (item_code, state)');
  await runner.query(
    'CREATE INDEX ix_reserve_contracts_region_code ON reserve_contracts (region_code text_pattern_ops)',
  );
  await runner.query('CREATE INDEX ix_reserve_contracts_enterprise ON reserve_contracts (enterprise_organisation_id)');
}

async function createRegions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_regions (
      contract_id uuid NOT NULL CONSTRAINT fk_reserve_contract_regions_contract REFERENCES reserve_contracts (id),
      region_code text NOT NULL,
      CONSTRAINT pk_reserve_contract_regions PRIMARY KEY (contract_id, region_code),
      CONSTRAINT ck_reserve_contract_regions_region_code CHECK (region_code ~ ${REGION_CODE})
    )`);
}

async function createConfirmations(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_confirmations (
      id uuid NOT NULL CONSTRAINT pk_reserve_contract_confirmations PRIMARY KEY,
      contract_id uuid NOT NULL CONSTRAINT fk_reserve_contract_confirmations_contract REFERENCES reserve_contracts (id),
      confirmed_at timestamptz NOT NULL,
      confirmed_by text NOT NULL,
      by_enterprise boolean NOT NULL,
      stock_base bigint,
      rate_per_day bigint,
      start_up_hours integer,
      key_inputs text,
      key_inputs_level text,
      note text,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT ck_reserve_contract_confirmations_figures
        CHECK (stock_base >= 0 AND rate_per_day >= 0 AND start_up_hours BETWEEN 0 AND 8760),
      CONSTRAINT ck_reserve_contract_confirmations_key_inputs
        CHECK (key_inputs_level IN ('sufficient', 'tight', 'exhausted')),
      CONSTRAINT ck_reserve_contract_confirmations_time CHECK (confirmed_at <= recorded_at)
    )`);
  await runner.query(`
    CREATE INDEX ix_reserve_contract_confirmations_contract
    ON reserve_contract_confirmations (contract_id, confirmed_at)`);
}

async function createChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE reserve_contract_changes (
      id uuid NOT NULL CONSTRAINT pk_reserve_contract_changes PRIMARY KEY,
      contract_id uuid NOT NULL CONSTRAINT fk_reserve_contract_changes_contract REFERENCES reserve_contracts (id),
      call_id uuid,
      kind text NOT NULL,
      reason text,
      details jsonb NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid,
      recorded_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query(
    'CREATE INDEX ix_reserve_contract_changes_contract ON reserve_contract_changes (contract_id, recorded_at)',
  );
}
