/** The header of a movement as it is sealed: a JSON array of texts. The verifier makes the same text from an export. */
export const MOVEMENT_HEADER = `json_build_array(
  movement.sequence::text, movement.id, movement.business_key, movement.kind, movement.allocation_id,
  movement.depot_id, movement.shipment_id, movement.site_id, movement.reverses_movement_id, movement.use_order,
  movement.note, movement.recorded_by, movement.recorded_by_id, movement.correlation_id, movement.causation_id,
  to_char(movement.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))`;

const POSTING = `json_build_array(
  posting.position::text, posting.lot_id, posting.from_account, posting.to_account, posting.quantity_base::text,
  posting.line_id)`;

/** The fields of a block that its hash is made over, as an export holds them. */
export const BLOCK = `json_build_object(
  'number', block.number::text, 'firstSequence', block.first_sequence::text, 'lastSequence', block.last_sequence::text,
  'sequences', array_to_string(block.sequences, ','), 'leaves', encode(block.leaves, 'hex'),
  'previousHash', block.previous_hash, 'hash', block.hash,
  'sealedAt', to_char(block.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))`;

/** Movements with sequence numbers above $1 and not above $2, in order, a JSON object each. */
export const MOVEMENTS_OF_RANGE = `
  SELECT json_build_object('movement', ${MOVEMENT_HEADER}, 'postings', coalesce((
           SELECT json_agg(${POSTING} ORDER BY posting.position) FROM postings AS posting
           WHERE posting.movement_id = movement.id), '[]'))::text AS line
  FROM movements AS movement WHERE movement.sequence > $1 AND movement.sequence <= $2 ORDER BY movement.sequence`;
