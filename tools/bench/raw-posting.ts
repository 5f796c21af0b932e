import type { Client } from 'pg';
import { newId } from '@ledger/platform';
import type { LoadResult } from './http-load';

/**
 * The limit that posting is measured against: one call per posting that writes the same rows and nothing besides, as
 * tightly as it can be said: key, both balances under the same guard, total, header, posting, event.
 */
const RAW_FUNCTION = `
  CREATE FUNCTION bench_post(p_key text, p_lot uuid, p_item text, p_depot uuid, p_movement uuid, p_event uuid)
  RETURNS timestamptz LANGUAGE plpgsql AS $$
  DECLARE moment timestamptz; source text := 'depot:' || p_depot || ':available';
  BEGIN
    INSERT INTO idempotency_keys (caller, route, key, content_hash, answer)
    VALUES ('bench', 'raw', p_key, repeat('0', 64), json_build_object('movementId', p_movement));
    UPDATE balances SET quantity_base = quantity_base - 1, in_stock = quantity_base - 1 > 0
    WHERE account = source AND lot_id = p_lot AND quantity_base >= 1;
    IF NOT FOUND THEN RAISE EXCEPTION 'short'; END IF;
    INSERT INTO balances AS balance (account, lot_id, item_code, depot_id, quantity_base, in_stock)
    VALUES ('consumed', p_lot, p_item, NULL, 1, true)
    ON CONFLICT (account, lot_id) DO UPDATE SET quantity_base = balance.quantity_base + 1, in_stock = true;
    INSERT INTO movements (id, business_key, kind, depot_id, recorded_by, correlation_id, causation_id)
    VALUES (p_movement, 'use:' || p_movement, 'use', p_depot, 'Bench', p_key, p_key) RETURNING posted_at INTO moment;
    INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base, depot_id)
    VALUES (p_movement, 1, p_lot, source, 'consumed', 1, p_depot);
    INSERT INTO outbox (id, topic, partition_key, sequence, type, envelope)
    VALUES (p_event, 'supplies.events.v1', p_movement::text, 1, 'supplies.movement-posted.v1',
      json_build_object('specversion', '1.0', 'id', p_event, 'source', '/supplies', 'type',
        'supplies.movement-posted.v1', 'time', moment, 'datacontenttype', 'application/json', 'subject', p_movement,
        'partitionkey', p_movement, 'sequence', 1, 'correlationid', p_key, 'causationid', p_key, 'realm', 'real',
        'data', json_build_object('movementId', p_movement, 'kind', 'use', 'allocationId', NULL,
          'reversesMovementId', NULL, 'postedAt', moment, 'postings', json_build_array(json_build_object(
            'lotId', p_lot, 'itemCode', p_item, 'expiryDate', NULL, 'from', source, 'to', 'consumed',
            'quantityBase', 1)))));
    UPDATE stock_totals SET available_base = available_base - 1 WHERE item_code = p_item AND depot_id = p_depot;
    RETURN moment;
  END $$`;

export interface RawGoods {
  readonly lotId: string;
  readonly itemCode: string;
  readonly depotId: string;
}

export const createRawPosting = (owner: Client): Promise<unknown> => owner.query(RAW_FUNCTION);

/** Calls the function in a closed loop, one connection per entry of `goods`, for so many seconds. */
export async function loadRaw(
  connections: readonly Client[],
  goods: readonly RawGoods[],
  seconds: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  const repeat = async (client: Client, { lotId, itemCode, depotId }: RawGoods): Promise<void> => {
    while (performance.now() < until) {
      const called = performance.now();
      await client.query({
        name: 'raw',
        text: 'SELECT bench_post($1, $2, $3, $4, $5, $6)',
        values: [newId(), lotId, itemCode, depotId, newId(), newId()],
      });
      latencies.push(performance.now() - called);
    }
  };
  await Promise.all(goods.map((each, index) => repeat(connections[index], each)));
  return { done: latencies.length, seconds: (performance.now() - started) / 1_000, latencies };
}
