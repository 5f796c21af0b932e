import { safeInteger } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { lifeOf, type LotLife } from './domain/lot-life';
import { standingOn, windowOf, type Measure, type RotationWindow, type Standing } from './domain/standing';

/** The day a window opens, in SQL, as `windowOf` counts it. */
const opensOn = (before: string): string =>
  `life_end - CASE ruled.measure WHEN 'days' THEN ruled.${before}
                ELSE (life_end - start_of_life) * ruled.${before} / 1000 END`;

/** The nearest threshold: item before category before rule, own tier before any, nearest region, then the latest. */
const NEAREST_THRESHOLD = `
  SELECT threshold.* FROM rotation_thresholds AS threshold
  WHERE threshold.valid_from <= $1::date AND threshold.tier IN ('any', depot.tier)
    AND (threshold.region_code IS NULL OR starts_with(depot.region_code, threshold.region_code))
    AND threshold.class_value = CASE threshold.item_class
      WHEN 'item' THEN item.code WHEN 'category' THEN item.category ELSE item.rotation_rule END
  ORDER BY array_position(ARRAY['item', 'category', 'rule'], threshold.item_class), threshold.tier = 'any',
           length(coalesce(threshold.region_code, '')) DESC, threshold.valid_from DESC, threshold.recorded_at DESC,
           threshold.id DESC
  LIMIT 1`;

/**
 * SQL of one row per depot and lot that lies there, straight from balances, lots and thresholds: nothing of it is kept.
 * Lots that do not age are left out. $1 is the day.
 * @param filter  on `depot` and `balance`, with parameters from $2 on
 */
export const lotsInDepots = (filter: string): string => `(
  WITH held AS (
    SELECT balance.depot_id, balance.lot_id, balance.item_code, sum(balance.quantity_base) AS held_base,
           coalesce(sum(balance.quantity_base) FILTER (WHERE balance.account LIKE '%:available'), 0) AS available_base,
           coalesce(sum(balance.quantity_base) FILTER (WHERE balance.account LIKE '%:reserved'), 0) AS reserved_base,
           coalesce(sum(balance.quantity_base) FILTER (WHERE balance.account LIKE '%:quarantine'), 0) AS quarantine_base
    FROM balances AS balance JOIN depots AS depot ON depot.id = balance.depot_id
    WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND (${filter})
    GROUP BY balance.depot_id, balance.lot_id, balance.item_code
  ), ruled AS (
    SELECT pair.depot_id, pair.item_code, nearest.id AS threshold_id, nearest.measure, nearest.notice_before,
           nearest.act_before, nearest.late_before, nearest.basis, nearest.source
    FROM (SELECT DISTINCT depot_id, item_code FROM held) AS pair
    JOIN depots AS depot ON depot.id = pair.depot_id JOIN items AS item ON item.code = pair.item_code
    CROSS JOIN LATERAL (${NEAREST_THRESHOLD}) AS nearest
  ), lived AS (
    SELECT held.*, lot.batch_number, lot.production_date, lot.expiry_date, lot.quality, lot.purpose_bound, item.shelf_life_months,
           (lot.created_at AT TIME ZONE 'Asia/Shanghai')::date AS received_on,
           coalesce(lot.expiry_date, (coalesce(lot.production_date, (lot.created_at AT TIME ZONE 'Asia/Shanghai')::date)
             + item.shelf_life_months * interval '1 month')::date) AS life_end,
           coalesce(lot.production_date, (lot.expiry_date - item.shelf_life_months * interval '1 month')::date,
             (lot.created_at AT TIME ZONE 'Asia/Shanghai')::date) AS life_start
    FROM held JOIN lots AS lot ON lot.id = held.lot_id JOIN items AS item ON item.code = held.item_code
  ), placed AS (
    SELECT aged.*, ruled.threshold_id, ruled.measure, ruled.notice_before, ruled.act_before, ruled.late_before,
           ruled.basis, ruled.source, ${opensOn('notice_before')} AS notice_on, ${opensOn('act_before')} AS act_on,
           ${opensOn('late_before')} AS late_on
    FROM (SELECT lived.*, least(lived.life_start, lived.life_end) AS start_of_life FROM lived
          WHERE life_end IS NOT NULL) AS aged
    LEFT JOIN ruled ON ruled.depot_id = aged.depot_id AND ruled.item_code = aged.item_code
  )
  SELECT placed.*, CASE WHEN expiry_date IS NOT NULL AND $1::date > life_end THEN 'expired'
                        WHEN threshold_id IS NULL THEN 'none' WHEN $1::date >= late_on THEN 'overdue'
                        WHEN $1::date >= act_on THEN 'due' WHEN $1::date >= notice_on THEN 'notice'
                        ELSE 'none' END AS standing
  FROM placed)`;

/** What has to be rotated, in SQL, as `mustRotate` says. */
export const MUST_ROTATE = `('due', 'overdue', 'expired')`;

/** Columns of `lotsInDepots` under the alias `lot`, as `LotInDepotRow` names them. */
export const LOT_COLUMNS = `
  lot.depot_id, lot.lot_id, lot.item_code, lot.batch_number, lot.quality, lot.production_date::text,
  lot.expiry_date::text, lot.received_on::text, lot.shelf_life_months, lot.held_base, lot.available_base,
  lot.reserved_base, lot.quarantine_base, lot.threshold_id, lot.measure, lot.notice_before, lot.act_before,
  lot.late_before, lot.basis, lot.source`;

export interface LotInDepotRow {
  readonly depot_id: string;
  readonly lot_id: string;
  readonly item_code: string;
  readonly batch_number: string;
  readonly quality: 'good' | 'held' | 'recalled';
  readonly production_date: Day | null;
  readonly expiry_date: Day | null;
  readonly received_on: Day;
  readonly shelf_life_months: number | null;
  readonly held_base: string;
  readonly available_base: string;
  readonly reserved_base: string;
  readonly quarantine_base: string;
  readonly threshold_id: string | null;
  readonly measure: Measure | null;
  readonly notice_before: number | null;
  readonly act_before: number | null;
  readonly late_before: number | null;
  readonly basis: string | null;
  readonly source: string | null;
}

/** A lot in one depot: what lies there and where it stands on a day. */
export interface LotInDepot {
  readonly depotId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly quality: 'good' | 'held' | 'recalled';
  readonly expiryDate: Day | null;
  readonly heldBase: number;
  readonly availableBase: number;
  readonly reservedBase: number;
  readonly quarantineBase: number;
  readonly life: LotLife;
  readonly thresholdId: string | null;
  readonly window: RotationWindow | null;
  readonly standing: Standing;
}

/** Reads a row by the rules of the domain; SQL has only chosen which rows to read. */
export function lotInDepot(row: LotInDepotRow, today: Day): LotInDepot {
  const life = lifeOf({
    productionDate: row.production_date,
    expiryDate: row.expiry_date,
    receivedOn: row.received_on,
    shelfLifeMonths: row.shelf_life_months,
  });
  if (life === null) throw new RangeError(`lot ${row.lot_id} does not age`);
  const window = windowOfRow(row, life);
  return {
    depotId: row.depot_id,
    lotId: row.lot_id,
    itemCode: row.item_code,
    batchNumber: row.batch_number,
    quality: row.quality,
    expiryDate: row.expiry_date,
    heldBase: safeInteger(row.held_base),
    availableBase: safeInteger(row.available_base),
    reservedBase: safeInteger(row.reserved_base),
    quarantineBase: safeInteger(row.quarantine_base),
    life,
    thresholdId: row.threshold_id,
    window,
    standing: standingOn(today, life, window),
  };
}

function windowOfRow(row: LotInDepotRow, life: LotLife): RotationWindow | null {
  const { measure, notice_before, act_before, late_before } = row;
  if (measure === null || notice_before === null || act_before === null || late_before === null) return null;
  return windowOf(life, { measure, noticeBefore: notice_before, actBefore: act_before, lateBefore: late_before });
}
