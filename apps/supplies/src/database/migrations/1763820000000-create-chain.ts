import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from './append-only';

/**
 * Blocks of sealed movements. A block seals every movement whose sequence number lies above the block before it and not
 * above its own last one. It keeps a SHA-256 leaf per movement, so that a change is not only found but located, and a
 * hash over its leaves and the hash of the block before it.
 */
export class CreateChain1763820000000 implements MigrationInterface {
  name = 'CreateChain1763820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger_blocks (
        number bigint NOT NULL CONSTRAINT pk_ledger_blocks PRIMARY KEY,
        first_sequence bigint NOT NULL,
        last_sequence bigint NOT NULL CONSTRAINT uq_ledger_blocks_last_sequence UNIQUE,
        sequences bigint[] NOT NULL,
        leaves bytea NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL,
        sealed_at timestamptz NOT NULL,
        CONSTRAINT ck_ledger_blocks_number CHECK (number > 0),
        CONSTRAINT ck_ledger_blocks_range CHECK (first_sequence <= last_sequence),
        CONSTRAINT ck_ledger_blocks_leaves CHECK (octet_length(leaves) = 32 * cardinality(sequences)),
        CONSTRAINT ck_ledger_blocks_hashes CHECK (hash ~ '^[0-9a-f]{64}$' AND previous_hash ~ '^[0-9a-f]{64}$')
      )`);
    await makeAppendOnly(runner, ['ledger_blocks']);
    await runner.query(MOVEMENT_LEAF);
    await runner.query(SEAL_BLOCK);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}

/** The text of a movement: its header and then its postings, a JSON array of texts a line. `docs/chain.md` has the form. */
const MOVEMENT_LEAF = `
  CREATE FUNCTION movement_leaf(movement movements) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(
      json_build_array(
        movement.sequence::text, movement.id, movement.business_key, movement.kind, movement.allocation_id,
        movement.depot_id, movement.shipment_id, movement.site_id, movement.reverses_movement_id, movement.use_order,
        movement.note, movement.recorded_by, movement.recorded_by_id, movement.correlation_id, movement.causation_id,
        to_char(movement.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
      || coalesce((
        SELECT string_agg(E'\\n' || json_build_array(
                 posting.position::text, posting.lot_id, posting.from_account, posting.to_account,
                 posting.quantity_base::text, posting.line_id)::text, '' ORDER BY posting.position)
        FROM postings AS posting WHERE posting.movement_id = movement.id), ''), 'UTF8'))
  $$`;

/** Seals the next movements up to a sequence number below which none is on its way; no row when there are none. */
const SEAL_BLOCK = `
  CREATE FUNCTION seal_block(p_last_sequence bigint, p_most integer) RETURNS SETOF ledger_blocks
  LANGUAGE plpgsql AS $$
  DECLARE
    latest ledger_blocks;
    block ledger_blocks;
  BEGIN
    PERFORM pg_advisory_xact_lock(4711003);
    SELECT * INTO latest FROM ledger_blocks ORDER BY number DESC LIMIT 1;
    block.number := coalesce(latest.number, 0) + 1;
    block.previous_hash := coalesce(latest.hash, repeat('0', 64));
    block.sealed_at := clock_timestamp();
    SELECT array_agg(sealed.sequence ORDER BY sealed.sequence), string_agg(sealed.leaf, ''::bytea ORDER BY sealed.sequence)
    INTO block.sequences, block.leaves
    FROM (SELECT movement.sequence, movement_leaf(movement) AS leaf FROM movements AS movement
          WHERE movement.sequence > coalesce(latest.last_sequence, 0) AND movement.sequence <= p_last_sequence
          ORDER BY movement.sequence LIMIT p_most) AS sealed;
    IF block.sequences IS NULL THEN RETURN; END IF;
    block.first_sequence := block.sequences[1];
    block.last_sequence := block.sequences[cardinality(block.sequences)];
    block.hash := encode(sha256(convert_to(concat_ws(E'\\n',
        block.previous_hash, block.number, block.first_sequence, block.last_sequence,
        array_to_string(block.sequences, ','),
        to_char(block.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ''), 'UTF8') || block.leaves), 'hex');
    RETURN QUERY INSERT INTO ledger_blocks VALUES (block.*) RETURNING *;
  END $$`;
