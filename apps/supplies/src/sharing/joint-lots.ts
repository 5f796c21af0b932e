const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;

/**
 * SQL: the lot is not held jointly in the depot of the balance today. What is held jointly leaves its depot by a draw
 * only, so it is no depot's own to promise, lend or send. For statements with `lot` and `balance`.
 */
export const NOT_JOINT = `NOT EXISTS (
  SELECT 1 FROM joint_reserve_lots AS held JOIN joint_reserves AS reserve ON reserve.id = held.reserve_id
  WHERE held.lot_id = lot.id AND reserve.depot_id = balance.depot_id
    AND ${TODAY} BETWEEN reserve.valid_from AND reserve.valid_to)`;

/**
 * SQL: the goods are no part of a joint reserve, neither held in its depot on the day, $2, nor drawn from it. They count
 * otherwise (`jointlyHeld`). For statements with `lot` and `depot`.
 */
export const NOT_COUNTED_JOINTLY = `NOT EXISTS (
  SELECT 1 FROM joint_reserve_lots AS held JOIN joint_reserves AS reserve ON reserve.id = held.reserve_id
  WHERE held.lot_id = lot.id AND (reserve.depot_id <> depot.id
    OR $2::date BETWEEN reserve.valid_from AND reserve.valid_to))`;

/**
 * SQL: the last joint reserve that a lot was put into, to be joined by `lot_id`.
 */
export const LAST_JOINT = `(
  SELECT DISTINCT ON (held.lot_id) held.lot_id, reserve.depot_id
  FROM joint_reserve_lots AS held JOIN joint_reserves AS reserve ON reserve.id = held.reserve_id
  ORDER BY held.lot_id, held.recorded_at DESC, reserve.id DESC)`;
