import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ImportSheet } from './import-sheet';

/**
 * The limit that importing is measured against: the rows are copied into a table, and one statement after the other,
 * over all of them, writes what posting writes: lots, balances, totals, headers, postings, events. Nothing is read from
 * a file, checked, mapped, matched or shown on the way.
 */
const TABLE = `
  CREATE TABLE bench_rows (
    position integer, day date, kind text, depot text, item text, batch text, expiry date, quantity bigint, document text)`;

const POST = `
  CREATE FUNCTION bench_import(p_prefix text) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE written bigint;
  BEGIN
    INSERT INTO lots (id, item_code, batch_number, expiry_date, origin, owner_region_code, synthetic)
    SELECT uuidv7(), item, batch, min(expiry), 'purchase', depot.region_code, false
    FROM bench_rows JOIN depots AS depot ON depot.code = bench_rows.depot WHERE bench_rows.kind = 'receipt'
    GROUP BY item, batch, depot.region_code;

    CREATE TEMP TABLE bench_resolved ON COMMIT DROP AS
    SELECT rows.position, rows.day, rows.kind, rows.quantity, rows.document, rows.item, depot.id AS depot_id,
           lot.id AS lot_id, lot.expiry_date, uuidv7() AS movement_id, uuidv7() AS event_id,
           CASE rows.kind WHEN 'receipt' THEN 'supplier' ELSE 'depot:' || depot.id || ':available' END AS source,
           CASE rows.kind WHEN 'receipt' THEN 'depot:' || depot.id || ':available' ELSE 'consumed' END AS target
    FROM bench_rows AS rows JOIN depots AS depot ON depot.code = rows.depot
    JOIN lots AS lot ON lot.item_code = rows.item AND lot.batch_number = rows.batch AND lot.origin = 'purchase'
      AND lot.owner_region_code = depot.region_code;

    INSERT INTO balances (account, lot_id, item_code, depot_id, quantity_base, in_stock, expiry_date)
    SELECT side.account, lot_id, item, depot_in(side.account), sum(side.change), sum(side.change) > 0, min(expiry_date)
    FROM bench_resolved CROSS JOIN LATERAL (VALUES (source, -quantity), (target, quantity)) AS side (account, change)
    GROUP BY side.account, lot_id, item ORDER BY side.account, lot_id;

    INSERT INTO movements (id, business_key, kind, depot_id, note, recorded_by, correlation_id, causation_id)
    SELECT movement_id, p_prefix || position, kind, depot_id, day || ' ' || document, 'Bench', p_prefix, p_prefix
    FROM bench_resolved ORDER BY position;
    GET DIAGNOSTICS written = ROW_COUNT;

    INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base, depot_id)
    SELECT movement_id, 1, lot_id, source, target, quantity, depot_id FROM bench_resolved ORDER BY position;

    INSERT INTO outbox (id, topic, partition_key, sequence, type, envelope)
    SELECT event_id, 'supplies.events.v1', movement_id::text, 1, 'supplies.movement-posted.v1',
      json_build_object('specversion', '1.0', 'id', event_id, 'source', '/supplies', 'type',
        'supplies.movement-posted.v1', 'time', moment, 'datacontenttype', 'application/json', 'subject', movement_id,
        'partitionkey', movement_id, 'sequence', 1, 'correlationid', p_prefix, 'causationid', p_prefix, 'realm', 'real',
        'data', json_build_object('movementId', movement_id, 'kind', kind, 'allocationId', NULL,
          'reversesMovementId', NULL, 'postedAt', moment, 'postings', json_build_array(json_build_object(
            'lotId', lot_id, 'itemCode', item, 'expiryDate', expiry_date, 'from', source, 'to', target,
            'quantityBase', quantity))))
    FROM bench_resolved CROSS JOIN (SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS moment) AS clock
    ORDER BY position;

    INSERT INTO stock_totals AS total (item_code, depot_id, available_base, reserved_base, quarantine_base)
    SELECT item, depot_id, sum(CASE kind WHEN 'receipt' THEN quantity ELSE -quantity END), 0, 0
    FROM bench_resolved GROUP BY item, depot_id ORDER BY item, depot_id
    ON CONFLICT (item_code, depot_id) DO UPDATE SET available_base = total.available_base + EXCLUDED.available_base;
    RETURN written;
  END $$`;

export async function createSetbasedImport(owner: Client): Promise<void> {
  await owner.query(TABLE);
  await owner.query(POST);
}

/** @returns rows a second, from the first byte copied to the commit */
export async function importSetbased(owner: Client, { rows, copy }: ImportSheet, round: string): Promise<number> {
  const started = performance.now();
  await owner.query('BEGIN');
  await owner.query('TRUNCATE bench_rows');
  const stream = owner.query(copyFrom('COPY bench_rows FROM STDIN'));
  stream.end(copy);
  await finished(stream);
  const answer = await owner.query<{ written: string }>('SELECT bench_import($1) AS written', [`bench:${round}:`]);
  await owner.query('COMMIT');
  if (Number(answer.rows[0].written) !== rows) throw new Error(`the set-based import wrote ${answer.rows[0].written}`);
  return (rows * 1_000) / (performance.now() - started);
}
