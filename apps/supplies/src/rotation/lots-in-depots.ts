import { safeInteger } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { lifeOf, type LotLife } from './domain/lot-life';
import { standingOn, windowOf, type Measure, type RotationWindow, type Standing } from './domain/standing';

/** The first day of the lot in the ledger, in SQL. */
const RECEIVED_ON = `(lot.created_at AT TIME ZONE 'Asia/Shanghai')::date`;

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

/** No lot of an item lives longer, in days: an index answers it. It bounds how far ahead a share of life can reach. */
const LONGEST_LIFE = `
  SELECT greatest(0, coalesce(item.shelf_life_months, 0) * 31,
                  max(lot.expiry_date - coalesce(lot.production_date, ${RECEIVED_ON}))) AS days
  FROM lots AS lot WHERE lot.item_code = item.code AND lot.expiry_date IS NOT NULL`;

/** Which lots to read, and how many of them. */
export interface LotsWanted {
  /** SQL condition on `depot` and `total (depot_id, item_code)`; all places when left out. */
  readonly places?: string;
  /** SQL condition on `balance`; all lots when left out. */
  readonly lots?: string;
  /**
   * The window that a lot has to have reached. Others are left out early, by index where they carry a date; a few that
   * have not reached it may be among the rows, so the standing is asked for besides.
   */
  readonly reached?: 'notice' | 'act';
}

/** How far ahead of $1 a date may lie for its lot to have reached a window, at the most. */
const horizonOf = (before: string): string => `
  $1::date + CASE WHEN nearest.id IS NULL THEN -1 WHEN nearest.measure = 'days' THEN nearest.${before}
                  ELSE (longest.days * nearest.${before} + 999) / 1000 END`;

const RULES = `nearest.id AS threshold_id, nearest.measure, nearest.notice_before, nearest.act_before,
               nearest.late_before, nearest.basis, nearest.source`;

/** Places that have anything of an item, each with the threshold that counts there. */
function placesOf({ places = 'true', reached }: LotsWanted): string {
  const horizon = reached ? `${horizonOf(`${reached}_before`)} AS horizon_on,` : '';
  const longest = reached ? `CROSS JOIN LATERAL (${LONGEST_LIFE}) AS longest` : '';
  return `
    SELECT total.depot_id, total.item_code, item.shelf_life_months, ${horizon} ${RULES}
    FROM stock_totals AS total JOIN depots AS depot ON depot.id = total.depot_id
    JOIN items AS item ON item.code = total.item_code
    LEFT JOIN LATERAL (${NEAREST_THRESHOLD}) AS nearest ON true ${longest}
    WHERE total.available_base + total.reserved_base + total.quarantine_base > 0 AND (${places})`;
}

const PIECES = `
  SELECT balance.depot_id, balance.lot_id, balance.item_code, balance.account, balance.quantity_base
  FROM place JOIN balances AS balance ON balance.depot_id = place.depot_id AND balance.item_code = place.item_code
    AND balance.in_stock AND balance.depot_id IS NOT NULL`;

/** Pieces of lots that age; of those that can have reached the window, when one is asked for. */
function piecesOf({ lots = 'true', reached }: LotsWanted): string {
  const undated = 'balance.expiry_date IS NULL AND place.shelf_life_months IS NOT NULL';
  if (!reached) return `${PIECES} WHERE (balance.expiry_date IS NOT NULL OR ${undated}) AND (${lots})`;
  const before = `CASE place.measure WHEN 'days' THEN place.${reached}_before * interval '1 day'
    ELSE place.shelf_life_months * 31 * place.${reached}_before / 1000 * interval '1 day' END`;
  return `
    ${PIECES} WHERE balance.expiry_date <= place.horizon_on AND (${lots})
    UNION ALL
    ${PIECES} JOIN lots AS lot ON lot.id = balance.lot_id
    WHERE ${undated} AND place.threshold_id IS NOT NULL AND (${lots})
      AND coalesce(lot.production_date, ${RECEIVED_ON}) + place.shelf_life_months * interval '1 month' - ${before}
          <= $1::date`;
}

/** The day a window opens, in SQL, as `windowOf` counts it. */
const opensOn = (before: string): string =>
  `life_end - CASE measure WHEN 'days' THEN ${before} ELSE (life_end - start_of_life) * ${before} / 1000 END`;

/**
 * SQL of one row per depot and lot that lies there, straight from balances, lots and thresholds: nothing of it is kept.
 * Lots that do not age are left out. $1 is the day; conditions have their parameters from $2 on.
 */
export const lotsInDepots = (wanted: LotsWanted = {}): string => `(
  WITH place AS MATERIALIZED (${placesOf(wanted)}
  ), held AS (
    SELECT piece.depot_id, piece.lot_id, piece.item_code, sum(piece.quantity_base) AS held_base,
           coalesce(sum(piece.quantity_base) FILTER (WHERE right(piece.account, 10) = ':available'), 0) AS available_base,
           coalesce(sum(piece.quantity_base) FILTER (WHERE right(piece.account, 9) = ':reserved'), 0) AS reserved_base,
           coalesce(sum(piece.quantity_base) FILTER (WHERE right(piece.account, 11) = ':quarantine'), 0)
             AS quarantine_base
    FROM (${piecesOf(wanted)}) AS piece GROUP BY piece.depot_id, piece.lot_id, piece.item_code
  ), lived AS (
    SELECT held.*, lot.batch_number, lot.production_date, lot.expiry_date, lot.quality, lot.purpose_bound,
           ${RECEIVED_ON} AS received_on, place.shelf_life_months, place.threshold_id, place.measure,
           place.notice_before, place.act_before, place.late_before, place.basis, place.source,
           coalesce(lot.expiry_date, (coalesce(lot.production_date, ${RECEIVED_ON})
             + place.shelf_life_months * interval '1 month')::date) AS life_end,
           coalesce(lot.production_date, (lot.expiry_date - place.shelf_life_months * interval '1 month')::date,
             ${RECEIVED_ON}) AS life_start
    FROM held JOIN lots AS lot ON lot.id = held.lot_id
    JOIN place ON place.depot_id = held.depot_id AND place.item_code = held.item_code
  ), windowed AS (
    SELECT aged.*, ${opensOn('notice_before')} AS notice_on, ${opensOn('act_before')} AS act_on,
           ${opensOn('late_before')} AS late_on
    FROM (SELECT lived.*, least(life_start, life_end) AS start_of_life FROM lived) AS aged
  )
  SELECT windowed.*, CASE WHEN expiry_date IS NOT NULL AND $1::date > life_end THEN 'expired'
                          WHEN threshold_id IS NULL THEN 'none' WHEN $1::date >= late_on THEN 'overdue'
                          WHEN $1::date >= act_on THEN 'due' WHEN $1::date >= notice_on THEN 'notice'
                          ELSE 'none' END AS standing
  FROM windowed)`;

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
