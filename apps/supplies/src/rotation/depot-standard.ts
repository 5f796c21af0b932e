import { safeInteger, type Database } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { MUST_ROTATE, lotsInDepots } from './lots-in-depots';

/** The floor on $1 of `place (depot_id, item_code)`: the reserve standard in force and what standards for a time add. */
export const FLOOR = 'reserve_floor(place.depot_id, place.item_code, $1::date)';

/** Free good pieces of `place`, whatever their age. */
export const FREE = `
  (SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance JOIN lots AS free ON free.id = balance.lot_id
   WHERE balance.depot_id = place.depot_id AND balance.item_code = place.item_code
     AND balance.account LIKE '%:available' AND free.quality = 'good')`;

/** Free good pieces of `place` that have to be rotated, from lots under the alias `aged`. */
export const LEAVING = `
  coalesce(sum(aged.available_base) FILTER (WHERE aged.quality = 'good' AND aged.standing IN ${MUST_ROTATE}), 0)`;

const ONE_PLACE = { places: 'total.depot_id = $2 AND total.item_code = $3', reached: 'act' } as const;

/**
 * What one depot has of an item against its own reserve standard: never that of a whole organisation. Goods that do not
 * age count; those at due or worse do not, neither do held or recalled ones.
 */
export async function standardOf(
  from: Pick<Database, 'query'>,
  today: Day,
  depotId: string,
  itemCode: string,
): Promise<{ floorBase: number; usableBase: number }> {
  const [row] = await from.query<{ floor: string; free: string; leaving: string }>(
    `SELECT ${FLOOR} AS floor, ${FREE} AS free,
            (SELECT ${LEAVING} FROM ${lotsInDepots(ONE_PLACE)} AS aged)
              AS leaving
     FROM (VALUES ($2::uuid, $3::text)) AS place (depot_id, item_code)`,
    [today, depotId, itemCode],
  );
  return { floorBase: safeInteger(row.floor), usableBase: safeInteger(row.free) - safeInteger(row.leaving) };
}
