import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** What people need, and what an assumed scenario would lack. */
export class CreatePreAssessments1763817030000 implements MigrationInterface {
  name = 'CreatePreAssessments1763817030000';

  async up(runner: QueryRunner): Promise<void> {
    await createRates(runner);
    await createAssessments(runner);
    await createProposals(runner);
    await makeAppendOnly(runner, ['demand_rates', 'pre_assessment_regions', 'pre_assessment_lines']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createRates(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE demand_rates (
      item_code text NOT NULL CONSTRAINT fk_demand_rates_item REFERENCES items (code),
      valid_from date NOT NULL,
      once_per_thousand_base integer NOT NULL,
      daily_per_thousand_base integer NOT NULL,
      basis text NOT NULL,
      source text NOT NULL,
      set_by text NOT NULL,
      set_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_demand_rates PRIMARY KEY (item_code, valid_from),
      CONSTRAINT ck_demand_rates_rates CHECK (once_per_thousand_base >= 0 AND daily_per_thousand_base >= 0),
      CONSTRAINT ck_demand_rates_basis CHECK (basis IN ('sourced', 'estimate'))
    )`);
}

async function createAssessments(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE pre_assessment_numbers');
  await runner.query(`
    CREATE TABLE pre_assessments (
      id uuid NOT NULL CONSTRAINT pk_pre_assessments PRIMARY KEY,
      number text NOT NULL,
      title text NOT NULL,
      state text NOT NULL,
      region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      depot_id uuid NOT NULL CONSTRAINT fk_pre_assessments_depot REFERENCES depots (id),
      season text NOT NULL,
      needed_by date NOT NULL,
      days integer NOT NULL,
      amount_fen bigint NOT NULL,
      assessed_at timestamptz NOT NULL,
      assessed_by text NOT NULL,
      assessed_by_id uuid NOT NULL,
      decided_at timestamptz,
      CONSTRAINT uq_pre_assessments_number UNIQUE (number),
      CONSTRAINT ck_pre_assessments_state CHECK (state IN ('proposed', 'approved', 'refused')),
      CONSTRAINT ck_pre_assessments_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_pre_assessments_figures CHECK (days >= 0 AND amount_fen >= 0),
      CONSTRAINT ck_pre_assessments_decided CHECK ((state = 'proposed') = (decided_at IS NULL))
    )`);
  await runner.query('CREATE INDEX ix_pre_assessments_region ON pre_assessments (region_code text_pattern_ops)');
  await runner.query(`
    CREATE TABLE pre_assessment_regions (
      assessment_id uuid NOT NULL CONSTRAINT fk_pre_assessment_regions_assessment REFERENCES pre_assessments (id),
      region_code text NOT NULL,
      people integer NOT NULL,
      CONSTRAINT pk_pre_assessment_regions PRIMARY KEY (assessment_id, region_code),
      CONSTRAINT ck_pre_assessment_regions_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_pre_assessment_regions_people CHECK (people > 0)
    )`);
  await runner.query(`
    CREATE TABLE pre_assessment_lines (
      assessment_id uuid NOT NULL CONSTRAINT fk_pre_assessment_lines_assessment REFERENCES pre_assessments (id),
      item_code text NOT NULL CONSTRAINT fk_pre_assessment_lines_item REFERENCES items (code),
      demand_base bigint NOT NULL,
      named_base bigint NOT NULL,
      once_per_thousand_base integer,
      daily_per_thousand_base integer,
      rate_basis text,
      rate_source text,
      stock_base bigint NOT NULL,
      ordered_base bigint NOT NULL,
      callable_base bigint NOT NULL,
      short_base bigint NOT NULL,
      uncovered_base bigint NOT NULL,
      uncovered_reason text,
      CONSTRAINT pk_pre_assessment_lines PRIMARY KEY (assessment_id, item_code),
      CONSTRAINT ck_pre_assessment_lines_figures CHECK (
        demand_base > 0 AND named_base >= 0 AND stock_base >= 0 AND ordered_base >= 0 AND callable_base >= 0
        AND short_base = greatest(0, demand_base - stock_base - ordered_base) AND uncovered_base BETWEEN 0 AND short_base),
      CONSTRAINT ck_pre_assessment_lines_rate CHECK ((rate_basis IS NULL) = (rate_source IS NULL))
    )`);
}

async function createProposals(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE pre_assessment_proposals (
      id uuid NOT NULL CONSTRAINT pk_pre_assessment_proposals PRIMARY KEY,
      assessment_id uuid NOT NULL,
      position integer NOT NULL,
      item_code text NOT NULL,
      kind text NOT NULL,
      source_id uuid NOT NULL,
      source_name text NOT NULL,
      document_number text,
      quantity_base bigint NOT NULL,
      amount_fen bigint,
      start_by timestamptz NOT NULL,
      arrives_at timestamptz NOT NULL,
      reasoning text NOT NULL,
      outcome_id uuid,
      CONSTRAINT uq_pre_assessment_proposals_position UNIQUE (assessment_id, position),
      CONSTRAINT fk_pre_assessment_proposals_line FOREIGN KEY (assessment_id, item_code)
        REFERENCES pre_assessment_lines (assessment_id, item_code),
      CONSTRAINT ck_pre_assessment_proposals_kind CHECK (
        kind IN ('advance-purchase', 'agreement-call', 'capacity-call', 'neighbour-request')),
      CONSTRAINT ck_pre_assessment_proposals_quantity CHECK (quantity_base > 0),
      CONSTRAINT ck_pre_assessment_proposals_amount CHECK ((kind = 'advance-purchase') = (amount_fen IS NOT NULL))
    )`);
}
