import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'opening-stock', 'movements', 'depots', 'item-names', 'agreements'`;
const STATES = `'uploaded', 'inspected', 'mapped', 'checking', 'checked', 'committing', 'committed', 'failed', 'cancelled'`;
const REGION = `'^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'`;

/** Files that departments bring, what was found in them, and what is remembered for the next one. */
export class CreateImports1763818000000 implements MigrationInterface {
  name = 'CreateImports1763818000000';

  async up(runner: QueryRunner): Promise<void> {
    await createFiles(runner);
    await createImports(runner);
    await createRows(runner);
    await createNames(runner);
    await createMemory(runner);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

/** Pieces stay as they come: workbooks are packed already, and packing a megabyte of CSV costs more than it saves. */
async function createFiles(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE import_files (
      id uuid NOT NULL CONSTRAINT pk_import_files PRIMARY KEY,
      received_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query(`
    CREATE TABLE import_file_pieces (
      file_id uuid NOT NULL
        CONSTRAINT fk_import_file_pieces_file REFERENCES import_files (id) ON DELETE CASCADE,
      position integer NOT NULL,
      bytes bytea NOT NULL,
      CONSTRAINT pk_import_file_pieces PRIMARY KEY (file_id, position)
    )`);
  await runner.query('ALTER TABLE import_file_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL');
}

async function createImports(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE imports (
      id uuid NOT NULL CONSTRAINT pk_imports PRIMARY KEY,
      kind text NOT NULL,
      state text NOT NULL,
      organisation_id uuid NOT NULL,
      organisation_kind text NOT NULL,
      region_code text NOT NULL,
      realm text NOT NULL,
      file_id uuid CONSTRAINT fk_imports_file REFERENCES import_files (id),
      file_name text NOT NULL,
      format text NOT NULL,
      encoding text,
      sha256 text NOT NULL,
      size_bytes bigint NOT NULL,
      uploaded_by text NOT NULL,
      uploaded_by_id uuid NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      inspection jsonb,
      mapping jsonb,
      mapping_basis text,
      all_or_nothing boolean NOT NULL DEFAULT false,
      needs_second_person boolean NOT NULL DEFAULT false,
      rows_read integer NOT NULL DEFAULT 0,
      rows_ignored integer NOT NULL DEFAULT 0,
      rows_refused integer NOT NULL DEFAULT 0,
      rows_repeated integer NOT NULL DEFAULT 0,
      rows_valid integer NOT NULL DEFAULT 0,
      rows_posted integer NOT NULL DEFAULT 0,
      summary jsonb,
      failure_code text,
      failure_detail text,
      committed_by text,
      committed_by_id uuid,
      work_position integer NOT NULL DEFAULT 0,
      work_done bigint NOT NULL DEFAULT 0,
      work_total bigint,
      work_started_at timestamptz,
      work_seen_at timestamptz,
      ended_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      lease_owner uuid,
      lease_until timestamptz,
      CONSTRAINT ck_imports_kind CHECK (kind IN (${KINDS})),
      CONSTRAINT ck_imports_state CHECK (state IN (${STATES})),
      CONSTRAINT ck_imports_format CHECK (format IN ('csv', 'xlsx') AND (format = 'csv') = (encoding IS NOT NULL)),
      CONSTRAINT ck_imports_mapping CHECK ((mapping IS NULL) = (mapping_basis IS NULL)),
      CONSTRAINT ck_imports_mapping_basis CHECK (mapping_basis IN ('guessed', 'remembered', 'person')),
      CONSTRAINT ck_imports_failure CHECK ((state = 'failed') = (failure_code IS NOT NULL)),
      CONSTRAINT ck_imports_ended CHECK ((state IN ('committed', 'failed', 'cancelled')) = (ended_at IS NOT NULL)),
      CONSTRAINT ck_imports_committed CHECK (state <> 'committed' OR committed_by_id IS NOT NULL),
      CONSTRAINT ck_imports_second_person
        CHECK (NOT needs_second_person OR committed_by_id IS NULL OR committed_by_id <> uploaded_by_id),
      CONSTRAINT ck_imports_region_code CHECK (region_code ~ ${REGION})
    )`);
  // A file is brought in once; one that failed or was called off may come again.
  await runner.query(`
    CREATE UNIQUE INDEX uq_imports_file ON imports (organisation_id, region_code, kind, sha256)
    WHERE state NOT IN ('failed', 'cancelled')`);
  await runner.query(`CREATE INDEX ix_imports_region_code ON imports (region_code text_pattern_ops, created_at)`);
  await runner.query(`
    CREATE INDEX ix_imports_working ON imports (lease_until) WHERE state IN ('uploaded', 'checking', 'committing')`);
}

/**
 * Rows that wait to be posted. Without foreign keys: they are made and dropped with their import, by the hundred
 * thousand, and what they name is checked when they are posted.
 */
async function createRows(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE import_rows (
      import_id uuid NOT NULL,
      position integer NOT NULL,
      row_number integer NOT NULL,
      valid boolean NOT NULL,
      repeated boolean NOT NULL,
      business_key text NOT NULL,
      movement_kind text,
      brings_lot boolean,
      depot_id uuid,
      item_code text,
      batch_number text,
      production_date date,
      expiry_date date,
      origin text,
      owner_region_code text,
      from_account text,
      to_account text,
      quantity_base bigint,
      day date,
      note text,
      content jsonb,
      CONSTRAINT pk_import_rows PRIMARY KEY (import_id, position)
    )`);
  await runner.query(`
    CREATE TABLE import_row_errors (
      import_id uuid NOT NULL CONSTRAINT fk_import_row_errors_import REFERENCES imports (id),
      row_number integer NOT NULL,
      field text NOT NULL,
      code text NOT NULL,
      value text NOT NULL,
      CONSTRAINT pk_import_row_errors PRIMARY KEY (import_id, row_number, field, code)
    )`);
}

async function createNames(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE import_names (
      import_id uuid NOT NULL CONSTRAINT fk_import_names_import REFERENCES imports (id),
      number integer NOT NULL,
      normal_name text NOT NULL,
      name text NOT NULL,
      rows integer NOT NULL,
      candidates jsonb NOT NULL,
      item_code text CONSTRAINT fk_import_names_item REFERENCES items (code),
      basis text NOT NULL,
      CONSTRAINT pk_import_names PRIMARY KEY (import_id, number),
      CONSTRAINT uq_import_names_name UNIQUE (import_id, normal_name),
      CONSTRAINT ck_import_names_basis CHECK (basis IN ('certain', 'remembered', 'person', 'unsure')),
      CONSTRAINT ck_import_names_unsure CHECK (basis <> 'unsure' OR item_code IS NULL),
      CONSTRAINT ck_import_names_certain CHECK (basis <> 'certain' OR item_code IS NOT NULL)
    )`);
}

/** What an organisation decided once. A name without an item is one that is left out. */
async function createMemory(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE import_item_names (
      organisation_id uuid NOT NULL,
      normal_name text NOT NULL,
      name text NOT NULL,
      item_code text CONSTRAINT fk_import_item_names_item REFERENCES items (code),
      decided_by text NOT NULL,
      decided_by_id uuid NOT NULL,
      decided_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_import_item_names PRIMARY KEY (organisation_id, normal_name)
    )`);
  await runner.query(`
    CREATE TABLE import_mappings (
      organisation_id uuid NOT NULL,
      kind text NOT NULL,
      fingerprint text NOT NULL,
      mapping jsonb NOT NULL,
      saved_by text NOT NULL,
      saved_by_id uuid NOT NULL,
      saved_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT pk_import_mappings PRIMARY KEY (organisation_id, kind, fingerprint),
      CONSTRAINT ck_import_mappings_kind CHECK (kind IN (${KINDS}))
    )`);
}
