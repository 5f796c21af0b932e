import type { Tx } from '@ledger/platform';
import { SCOPE_COVERS } from './count-settings.repository';
import { DEFAULT_CLASS } from './domain/tolerance';

/**
 * Items in the stores with the day on which their next count is due: the class's interval after the day on which the
 * lot that waits longest was last counted, or came into the ledger. A pure function of rows, so that days of downtime
 * lose nothing. $1 is the region pattern, $2 a depot or null.
 */
export const DUE = `
  WITH held AS (
    SELECT balance.depot_id, balance.item_code, balance.lot_id
    FROM balances AS balance JOIN depots AS depot ON depot.id = balance.depot_id
    WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND depot.region_code LIKE $1
      AND ($2::uuid IS NULL OR balance.depot_id = $2)
    GROUP BY balance.depot_id, balance.item_code, balance.lot_id
  ), counted AS (
    SELECT held.depot_id, held.item_code, (coalesce(
             (SELECT max(line.counted_at) FROM count_lines AS line JOIN counts AS count ON count.id = line.count_id
              WHERE line.lot_id = held.lot_id AND line.depot_id = held.depot_id AND count.state = 'closed'),
             lot.created_at) AT TIME ZONE 'Asia/Shanghai')::date AS last_day
    FROM held JOIN lots AS lot ON lot.id = held.lot_id
  )
  SELECT depot.id AS depot_id, depot.code AS depot_code, oldest.item_code, oldest.last_day, rule.class,
         rule.interval_days, oldest.last_day + rule.interval_days AS due_day, oldest.lots
  FROM (SELECT depot_id, item_code, min(last_day) AS last_day, count(*) AS lots
        FROM counted GROUP BY depot_id, item_code) AS oldest
  JOIN depots AS depot ON depot.id = oldest.depot_id
  CROSS JOIN LATERAL (
    SELECT class, interval_days FROM count_class_settings
    WHERE ${SCOPE_COVERS('depot.region_code')} AND class = coalesce(
      (SELECT item.class FROM count_item_settings AS item
       WHERE item.item_code = oldest.item_code AND ${SCOPE_COVERS('depot.region_code')}
       ORDER BY length(item.scope) DESC LIMIT 1), '${DEFAULT_CLASS}')
    ORDER BY length(scope) DESC LIMIT 1) AS rule
  WHERE oldest.last_day + rule.interval_days <= (now() AT TIME ZONE 'Asia/Shanghai')::date`;

/** The items of a depot that are due today. */
export async function dueItems(tx: Tx, depotId: string): Promise<string[]> {
  const rows = await tx.query<{ item_code: string }>(`SELECT item_code FROM (${DUE}) AS due`, ['%', depotId]);
  return rows.map((row) => row.item_code);
}
