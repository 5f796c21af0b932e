import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/** Households that receive goods at a site, who of them got what, and who signed. Personal fields are marked as such. */
export class CreateHouseholds1763813010000 implements MigrationInterface {
  name = 'CreateHouseholds1763813010000';

  async up(runner: QueryRunner): Promise<void> {
    await createHouseholds(runner);
    await createRecipients(runner);
    await createSignatures(runner);
    await makeAppendOnly(runner, ['handout_recipients', 'handout_recipient_lines', 'handout_remainders']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

/** A register has a salt of its own, so that the hash of a document says nothing outside its incident. */
async function createHouseholds(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE household_registers (
      incident_id uuid NOT NULL CONSTRAINT pk_household_registers PRIMARY KEY,
      salt text NOT NULL,
      opened_at timestamptz NOT NULL DEFAULT now(),
      erased_at timestamptz
    )`);
  await runner.query(`
    CREATE TABLE households (
      id uuid NOT NULL CONSTRAINT pk_households PRIMARY KEY,
      incident_id uuid NOT NULL CONSTRAINT fk_households_register REFERENCES household_registers (incident_id),
      site_id uuid NOT NULL CONSTRAINT fk_households_site REFERENCES sites (id),
      region_code text NOT NULL,
      list_reference text,
      head_name text,
      phone text,
      document_hash text,
      document_tail text,
      people_count integer NOT NULL,
      elderly_count integer NOT NULL DEFAULT 0,
      child_count integer NOT NULL DEFAULT 0,
      pregnant_count integer NOT NULL DEFAULT 0,
      disabled_count integer NOT NULL DEFAULT 0,
      sick_count integer NOT NULL DEFAULT 0,
      registered_by text NOT NULL,
      registered_by_id uuid NOT NULL,
      registered_at timestamptz NOT NULL DEFAULT now(),
      erased_at timestamptz,
      CONSTRAINT ck_households_region_code CHECK (region_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
      CONSTRAINT ck_households_people CHECK (people_count > 0 AND elderly_count BETWEEN 0 AND people_count
        AND child_count BETWEEN 0 AND people_count AND pregnant_count BETWEEN 0 AND people_count
        AND disabled_count BETWEEN 0 AND people_count AND sick_count BETWEEN 0 AND people_count),
      CONSTRAINT ck_households_name CHECK ((head_name IS NULL) = (erased_at IS NOT NULL)),
      CONSTRAINT ck_households_erased CHECK (
        erased_at IS NULL OR phone IS NULL AND document_hash IS NULL AND document_tail IS NULL)
    )`);
  for (const column of ['head_name', 'phone', 'document_hash', 'document_tail']) {
    await runner.query(`COMMENT ON COLUMN households.${column} IS 'personal'`);
  }
  await runner.query('CREATE INDEX ix_households_site ON households (site_id)');
  await runner.query(`CREATE UNIQUE INDEX uq_households_document ON households (incident_id, document_hash)
                      WHERE document_hash IS NOT NULL`);
  await runner.query(`CREATE UNIQUE INDEX uq_households_reference ON households (site_id, list_reference)
                      WHERE list_reference IS NOT NULL`);
}

async function createRecipients(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE handout_recipients (
      handout_id uuid NOT NULL CONSTRAINT fk_handout_recipients_handout REFERENCES handouts (id),
      household_id uuid NOT NULL CONSTRAINT fk_handout_recipients_household REFERENCES households (id),
      people_count integer NOT NULL,
      priority boolean NOT NULL,
      repeat_reason text,
      CONSTRAINT pk_handout_recipients PRIMARY KEY (handout_id, household_id),
      CONSTRAINT ck_handout_recipients_people CHECK (people_count > 0)
    )`);
  await runner.query('CREATE INDEX ix_handout_recipients_household ON handout_recipients (household_id)');
  await runner.query(`
    CREATE TABLE handout_recipient_lines (
      handout_id uuid NOT NULL,
      household_id uuid NOT NULL,
      line_id uuid NOT NULL,
      quantity_base bigint NOT NULL,
      CONSTRAINT pk_handout_recipient_lines PRIMARY KEY (handout_id, household_id, line_id),
      CONSTRAINT fk_handout_recipient_lines_recipient FOREIGN KEY (handout_id, household_id)
        REFERENCES handout_recipients (handout_id, household_id),
      CONSTRAINT fk_handout_recipient_lines_line FOREIGN KEY (handout_id, line_id)
        REFERENCES handout_lines (handout_id, line_id),
      CONSTRAINT ck_handout_recipient_lines_quantity CHECK (quantity_base > 0)
    )`);
  await runner.query(`
    CREATE TABLE handout_remainders (
      return_id uuid NOT NULL CONSTRAINT pk_handout_remainders PRIMARY KEY
        CONSTRAINT fk_handout_remainders_return REFERENCES returns (id),
      handout_id uuid NOT NULL CONSTRAINT fk_handout_remainders_handout REFERENCES handouts (id)
    )`);
  await runner.query('CREATE INDEX ix_handout_remainders_handout ON handout_remainders (handout_id)');
}

/** Apart from the record of the hand-out, which is for ever: a signature is a personal field and ends with the register. */
async function createSignatures(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE handout_signatures (
      handout_id uuid NOT NULL,
      household_id uuid NOT NULL,
      signer_name text,
      signed_for text NOT NULL,
      image bytea,
      reference text,
      signed_at timestamptz NOT NULL DEFAULT now(),
      erased_at timestamptz,
      CONSTRAINT pk_handout_signatures PRIMARY KEY (handout_id, household_id),
      CONSTRAINT fk_handout_signatures_recipient FOREIGN KEY (handout_id, household_id)
        REFERENCES handout_recipients (handout_id, household_id),
      CONSTRAINT ck_handout_signatures_signed_for CHECK (signed_for IN ('self', 'family', 'neighbour', 'official')),
      CONSTRAINT ck_handout_signatures_image CHECK (octet_length(image) <= 20480),
      CONSTRAINT ck_handout_signatures_name CHECK ((signer_name IS NULL) = (erased_at IS NOT NULL)),
      CONSTRAINT ck_handout_signatures_erased CHECK (erased_at IS NULL OR image IS NULL AND reference IS NULL)
    )`);
  for (const column of ['signer_name', 'image', 'reference']) {
    await runner.query(`COMMENT ON COLUMN handout_signatures.${column} IS 'personal'`);
  }
}
