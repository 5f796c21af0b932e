import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Sharing agreements between regions, loans, goods on the road between them, and the mutual-aid account. */
export class CreateSharing1763819000000 implements MigrationInterface {
  name = 'CreateSharing1763819000000';

  async up(runner: QueryRunner): Promise<void> {
    await createAgreements(runner);
    await createLoans(runner);
    await createJourneys(runner);
    await createAccount(runner);
    await makeAppendOnly(runner, ['sharing_agreement_lines', 'sharing_agreement_changes', 'mutual_aid_entries']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

async function createAgreements(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE sharing_agreement_numbers');
  await runner.query(`
    CREATE TABLE sharing_agreements (
      id uuid NOT NULL CONSTRAINT pk_sharing_agreements PRIMARY KEY,
      number text NOT NULL,
      document_number text NOT NULL,
      state text NOT NULL,
      offering_region_code text NOT NULL,
      answering_region_code text NOT NULL,
      valid_from date NOT NULL,
      valid_to date NOT NULL,
      loan_days integer NOT NULL,
      discloses text NOT NULL,
      drafted_by text NOT NULL,
      drafted_by_id uuid NOT NULL,
      drafted_at timestamptz NOT NULL DEFAULT now(),
      offered_by text,
      offered_by_id uuid,
      offered_at timestamptz,
      accepted_by text,
      accepted_by_id uuid,
      accepted_at timestamptz,
      CONSTRAINT uq_sharing_agreements_number UNIQUE (number),
      CONSTRAINT ck_sharing_agreements_state CHECK (
        state IN ('draft', 'offered', 'in-force', 'suspended', 'declined', 'ended')),
      CONSTRAINT ck_sharing_agreements_sides CHECK (
        offering_region_code ~ ${REGION} AND answering_region_code ~ ${REGION}
        AND NOT starts_with(offering_region_code, answering_region_code)
        AND NOT starts_with(answering_region_code, offering_region_code)),
      CONSTRAINT ck_sharing_agreements_dates CHECK (valid_to >= valid_from),
      CONSTRAINT ck_sharing_agreements_loan_days CHECK (loan_days BETWEEN 1 AND 3650),
      CONSTRAINT ck_sharing_agreements_discloses CHECK (discloses IN ('quantities', 'depots')),
      CONSTRAINT ck_sharing_agreements_signed CHECK (
        state NOT IN ('in-force', 'suspended') OR (offered_by_id IS NOT NULL AND accepted_by_id IS NOT NULL)),
      CONSTRAINT ck_sharing_agreements_four_eyes CHECK (offered_by_id <> accepted_by_id)
    )`);
  await runner.query(
    'CREATE INDEX ix_sharing_agreements_offering ON sharing_agreements (offering_region_code text_pattern_ops)',
  );
  await runner.query(
    'CREATE INDEX ix_sharing_agreements_answering ON sharing_agreements (answering_region_code text_pattern_ops)',
  );
  await runner.query(`
    CREATE TABLE sharing_agreement_lines (
      id uuid NOT NULL CONSTRAINT pk_sharing_agreement_lines PRIMARY KEY,
      agreement_id uuid NOT NULL CONSTRAINT fk_sharing_agreement_lines_agreement REFERENCES sharing_agreements (id),
      position integer NOT NULL,
      giver_region_code text NOT NULL,
      item_code text CONSTRAINT fk_sharing_agreement_lines_item REFERENCES items (code),
      category text,
      share_percent integer NOT NULL,
      max_base bigint,
      response_hours integer NOT NULL,
      fee_fen bigint NOT NULL,
      replacement text NOT NULL,
      piece_price_fen bigint,
      CONSTRAINT uq_sharing_agreement_lines_position UNIQUE (agreement_id, position),
      CONSTRAINT ck_sharing_agreement_lines_goods CHECK ((item_code IS NULL) <> (category IS NULL)),
      CONSTRAINT ck_sharing_agreement_lines_share CHECK (share_percent BETWEEN 1 AND 100 AND max_base > 0),
      CONSTRAINT ck_sharing_agreement_lines_response CHECK (response_hours BETWEEN 0 AND 8760),
      CONSTRAINT ck_sharing_agreement_lines_terms CHECK (
        fee_fen >= 0 AND piece_price_fen >= 0 AND replacement IN ('kind', 'money', 'either'))
    )`);
  await runner.query(`
    CREATE TABLE sharing_agreement_changes (
      id uuid NOT NULL CONSTRAINT pk_sharing_agreement_changes PRIMARY KEY,
      agreement_id uuid NOT NULL CONSTRAINT fk_sharing_agreement_changes_agreement REFERENCES sharing_agreements (id),
      event text NOT NULL,
      state text NOT NULL,
      reason text,
      recorded_by text NOT NULL,
      recorded_by_id uuid NOT NULL,
      recorded_region_code text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query('CREATE INDEX ix_sharing_agreement_changes ON sharing_agreement_changes (agreement_id)');
}

async function createLoans(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE loan_numbers');
  await runner.query(`
    CREATE TABLE loans (
      id uuid NOT NULL CONSTRAINT pk_loans PRIMARY KEY,
      number text NOT NULL,
      agreement_line_id uuid NOT NULL CONSTRAINT fk_loans_agreement_line REFERENCES sharing_agreement_lines (id),
      lender_region_code text NOT NULL,
      borrower_region_code text NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_loans_item REFERENCES items (code),
      state text NOT NULL,
      asked_base bigint NOT NULL,
      granted_base bigint,
      lent_base bigint NOT NULL DEFAULT 0,
      given_back_base bigint NOT NULL DEFAULT 0,
      settled_base bigint NOT NULL DEFAULT 0,
      beyond_share boolean NOT NULL,
      to_depot_id uuid NOT NULL CONSTRAINT fk_loans_to_depot REFERENCES depots (id),
      reason text NOT NULL,
      due_on date,
      overdue_warnings integer NOT NULL DEFAULT 0,
      override_reason text,
      end_reason text,
      requested_by text NOT NULL,
      requested_by_id uuid NOT NULL,
      requested_at timestamptz NOT NULL DEFAULT now(),
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      CONSTRAINT uq_loans_number UNIQUE (number),
      CONSTRAINT ck_loans_state CHECK (
        state IN ('requested', 'approved', 'on-the-road', 'lent', 'closed', 'refused', 'withdrawn', 'lapsed')),
      CONSTRAINT ck_loans_quantities CHECK (
        asked_base > 0 AND granted_base > 0 AND granted_base <= asked_base AND lent_base BETWEEN 0 AND granted_base),
      CONSTRAINT ck_loans_cleared CHECK (
        given_back_base >= 0 AND settled_base >= 0 AND given_back_base + settled_base <= lent_base),
      CONSTRAINT ck_loans_due CHECK ((lent_base > 0) = (due_on IS NOT NULL)),
      CONSTRAINT ck_loans_closed CHECK (state <> 'closed' OR given_back_base + settled_base = lent_base),
      CONSTRAINT ck_loans_four_eyes CHECK (decided_by_id <> requested_by_id)
    )`);
  await runner.query('CREATE INDEX ix_loans_lender ON loans (lender_region_code text_pattern_ops, item_code)');
  await runner.query('CREATE INDEX ix_loans_borrower ON loans (borrower_region_code text_pattern_ops)');
  await runner.query('CREATE INDEX ix_loans_line ON loans (agreement_line_id)');
  await runner.query(`
    CREATE TABLE loan_settlements (
      id uuid NOT NULL CONSTRAINT pk_loan_settlements PRIMARY KEY,
      loan_id uuid NOT NULL CONSTRAINT fk_loan_settlements_loan REFERENCES loans (id),
      quantity_base bigint NOT NULL,
      unit_price_fen bigint NOT NULL,
      amount_fen bigint NOT NULL,
      document_number text NOT NULL,
      state text NOT NULL,
      proposed_for text NOT NULL,
      proposed_by text NOT NULL,
      proposed_by_id uuid NOT NULL,
      proposed_at timestamptz NOT NULL DEFAULT now(),
      decided_by text,
      decided_by_id uuid,
      decided_at timestamptz,
      CONSTRAINT ck_loan_settlements_amount CHECK (
        quantity_base > 0 AND unit_price_fen >= 0 AND amount_fen = quantity_base * unit_price_fen),
      CONSTRAINT ck_loan_settlements_state CHECK (state IN ('proposed', 'confirmed', 'refused')),
      CONSTRAINT ck_loan_settlements_side CHECK (proposed_for IN ('lender', 'borrower')),
      CONSTRAINT ck_loan_settlements_decided CHECK ((state = 'proposed') = (decided_by_id IS NULL)),
      CONSTRAINT ck_loan_settlements_four_eyes CHECK (decided_by_id <> proposed_by_id)
    )`);
  await runner.query('CREATE INDEX ix_loan_settlements_loan ON loan_settlements (loan_id)');
}

async function createJourneys(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE sharing_journeys (
      id uuid NOT NULL CONSTRAINT pk_sharing_journeys PRIMARY KEY,
      purpose text NOT NULL,
      subject_id uuid NOT NULL,
      from_depot_id uuid NOT NULL CONSTRAINT fk_sharing_journeys_from_depot REFERENCES depots (id),
      to_depot_id uuid NOT NULL CONSTRAINT fk_sharing_journeys_to_depot REFERENCES depots (id),
      state text NOT NULL,
      sent_movement_id uuid NOT NULL CONSTRAINT fk_sharing_journeys_sent REFERENCES movements (id),
      sent_by text NOT NULL,
      sent_at timestamptz NOT NULL DEFAULT now(),
      received_movement_id uuid CONSTRAINT fk_sharing_journeys_received REFERENCES movements (id),
      received_by text,
      received_at timestamptz,
      note text,
      CONSTRAINT ck_sharing_journeys_purpose CHECK (purpose IN ('lend', 'give-back', 'draw')),
      CONSTRAINT ck_sharing_journeys_state CHECK (
        state IN ('on-the-road', 'received') AND (state = 'received') = (received_movement_id IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX ix_sharing_journeys_subject ON sharing_journeys (subject_id)');
  await runner.query(`
    CREATE TABLE sharing_journey_lots (
      journey_id uuid NOT NULL CONSTRAINT fk_sharing_journey_lots_journey REFERENCES sharing_journeys (id),
      lot_id uuid NOT NULL CONSTRAINT fk_sharing_journey_lots_lot REFERENCES lots (id),
      item_code text NOT NULL,
      sent_base bigint NOT NULL,
      received_base bigint NOT NULL DEFAULT 0,
      damaged_base bigint NOT NULL DEFAULT 0,
      lost_base bigint NOT NULL DEFAULT 0,
      new_lot_id uuid CONSTRAINT fk_sharing_journey_lots_new_lot REFERENCES lots (id),
      CONSTRAINT pk_sharing_journey_lots PRIMARY KEY (journey_id, lot_id),
      CONSTRAINT ck_sharing_journey_lots_quantities CHECK (
        sent_base > 0 AND received_base >= 0 AND damaged_base >= 0 AND lost_base >= 0
        AND received_base + damaged_base + lost_base IN (0, sent_base))
    )`);
}

async function createAccount(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE mutual_aid_entries (
      id uuid NOT NULL,
      region_code text NOT NULL,
      account text NOT NULL,
      counterparty_region_code text NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_mutual_aid_entries_item REFERENCES items (code),
      kind text NOT NULL,
      loan_id uuid NOT NULL CONSTRAINT fk_mutual_aid_entries_loan REFERENCES loans (id),
      change_base bigint NOT NULL,
      movement_id uuid CONSTRAINT fk_mutual_aid_entries_movement REFERENCES movements (id),
      settlement_id uuid CONSTRAINT fk_mutual_aid_entries_settlement REFERENCES loan_settlements (id),
      position bigserial NOT NULL,
      recorded_by text NOT NULL,
      posted_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_mutual_aid_entries PRIMARY KEY (id, region_code),
      CONSTRAINT ck_mutual_aid_entries_kind CHECK (kind IN ('lent', 'given-back', 'settled')),
      CONSTRAINT ck_mutual_aid_entries_change CHECK (change_base <> 0),
      CONSTRAINT ck_mutual_aid_entries_account CHECK (
        account IN ('owed:' || region_code || ':' || counterparty_region_code,
                    'owed:' || counterparty_region_code || ':' || region_code)),
      CONSTRAINT ck_mutual_aid_entries_cause CHECK ((kind = 'settled') = (settlement_id IS NOT NULL)
        AND (kind = 'settled') = (movement_id IS NULL))
    )`);
  await runner.query(
    'CREATE INDEX ix_mutual_aid_entries_statement ON mutual_aid_entries (region_code, item_code, position)',
  );
  await runner.query('CREATE INDEX ix_mutual_aid_entries_loan ON mutual_aid_entries (loan_id)');
  await runner.query(`
    CREATE TABLE mutual_aid_balances (
      region_code text NOT NULL,
      account text NOT NULL,
      item_code text NOT NULL CONSTRAINT fk_mutual_aid_balances_item REFERENCES items (code),
      counterparty_region_code text NOT NULL,
      balance_base bigint NOT NULL,
      CONSTRAINT pk_mutual_aid_balances PRIMARY KEY (region_code, account, item_code),
      CONSTRAINT ck_mutual_aid_balances_side CHECK (
        CASE WHEN starts_with(account, 'owed:' || region_code || ':') THEN balance_base >= 0 ELSE balance_base <= 0 END)
    )`);
}
