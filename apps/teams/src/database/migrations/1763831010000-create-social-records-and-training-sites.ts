import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** What social forces return in surveys, what teams are bought for, and where teams train together. */
export class CreateSocialRecordsAndTrainingSites1763831010000 implements MigrationInterface {
  name = 'CreateSocialRecordsAndTrainingSites1763831010000';

  async up(runner: QueryRunner): Promise<void> {
    await createSurveyReturns(runner);
    await createServiceContracts(runner);
    await createTrainingSites(runner);
    await makeAppendOnly(runner, ['team_survey_returns', 'service_contract_rates', 'training_booking_teams']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createSurveyReturns(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE team_survey_returns (
      id uuid NOT NULL CONSTRAINT pk_team_survey_returns PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_team_survey_returns_team REFERENCES teams (id),
      surveyed_on date NOT NULL,
      people integer NOT NULL,
      full_time_people integer NOT NULL,
      gear text NOT NULL,
      gear_value_fen bigint NOT NULL,
      yearly_funds_fen bigint NOT NULL,
      support_wanted text NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT uq_team_survey_returns_day UNIQUE (team_id, surveyed_on),
      CONSTRAINT ck_team_survey_returns_people CHECK (people >= full_time_people AND full_time_people >= 0),
      CONSTRAINT ck_team_survey_returns_money CHECK (gear_value_fen >= 0 AND yearly_funds_fen >= 0)
    )`);
}

async function createServiceContracts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE service_contracts (
      id uuid NOT NULL CONSTRAINT pk_service_contracts PRIMARY KEY,
      team_id uuid NOT NULL CONSTRAINT fk_service_contracts_team REFERENCES teams (id),
      number text NOT NULL CONSTRAINT uq_service_contracts_number UNIQUE,
      buyer_name text NOT NULL,
      service text NOT NULL,
      begins_on date NOT NULL,
      ends_on date NOT NULL,
      ended_on date,
      end_reason text,
      recorded_at timestamptz NOT NULL,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      CONSTRAINT ck_service_contracts_dates CHECK (ends_on >= begins_on),
      CONSTRAINT ck_service_contracts_ended CHECK ((ended_on IS NULL) = (end_reason IS NULL))
    )`);
  await runner.query('CREATE INDEX ix_service_contracts_team ON service_contracts (team_id, begins_on)');
  await runner.query(`
    CREATE TABLE service_contract_rates (
      contract_id uuid NOT NULL CONSTRAINT fk_service_contract_rates_contract REFERENCES service_contracts (id),
      per text NOT NULL,
      amount_fen bigint NOT NULL,
      CONSTRAINT pk_service_contract_rates PRIMARY KEY (contract_id, per),
      CONSTRAINT ck_service_contract_rates_per
        CHECK (per IN ('person-hour', 'team-hour', 'vehicle-hour', 'call-up', 'month', 'year')),
      CONSTRAINT ck_service_contract_rates_amount CHECK (amount_fen >= 0)
    )`);
}

async function createTrainingSites(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
  await runner.query(`
    CREATE TABLE training_sites (
      id uuid NOT NULL CONSTRAINT pk_training_sites PRIMARY KEY,
      code text NOT NULL CONSTRAINT uq_training_sites_code UNIQUE,
      name_zh text NOT NULL,
      name_en text NOT NULL,
      region_code text NOT NULL,
      open_to_region_code text NOT NULL,
      organisation_id uuid NOT NULL,
      address text NOT NULL,
      facilities text NOT NULL,
      capacity_people integer NOT NULL,
      CONSTRAINT ck_training_sites_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_training_sites_open_to_region_code CHECK (open_to_region_code ~ ${REGION}),
      CONSTRAINT ck_training_sites_capacity CHECK (capacity_people > 0)
    )`);
  await runner.query(`
    CREATE TABLE training_bookings (
      id uuid NOT NULL CONSTRAINT pk_training_bookings PRIMARY KEY,
      site_id uuid NOT NULL CONSTRAINT fk_training_bookings_site REFERENCES training_sites (id),
      during tstzrange NOT NULL,
      people integer NOT NULL,
      purpose text NOT NULL,
      booked_at timestamptz NOT NULL,
      booked_by text NOT NULL,
      booked_by_id uuid NOT NULL,
      region_code text NOT NULL,
      cancelled_at timestamptz,
      cancel_reason text,
      CONSTRAINT ck_training_bookings_people CHECK (people > 0),
      CONSTRAINT ck_training_bookings_region_code CHECK (region_code ~ ${REGION}),
      CONSTRAINT ck_training_bookings_cancelled CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL)),
      CONSTRAINT ex_training_bookings_one_at_a_time
        EXCLUDE USING gist (site_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)
    )`);
  await runner.query(`
    CREATE TABLE training_booking_teams (
      booking_id uuid NOT NULL CONSTRAINT fk_training_booking_teams_booking REFERENCES training_bookings (id),
      team_id uuid NOT NULL CONSTRAINT fk_training_booking_teams_team REFERENCES teams (id),
      CONSTRAINT pk_training_booking_teams PRIMARY KEY (booking_id, team_id)
    )`);
}
