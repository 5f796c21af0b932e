import { POSITIONS_PER_DEPOT } from './stage';

/**
 * Statements over the staged rows of one import, $1. Each answers how many rows it touched, or refused. Rows that are
 * refused stay, marked, with an error beside them.
 */

const LOT = ['item_code', 'batch_number', 'origin', 'owner_region_code'] as const;
/** Sheets speak of lots by their batch; pieces that are numbered one by one have a batch in common and are none. */
const sameLot = (lot: string, other: string): string =>
  [`${lot}.serial_number IS NULL`, ...LOT.map((column) => `${lot}.${column} = ${other}.${column}`)].join(' AND ');

const refused = (marked: string): string => `
  WITH refused AS (${marked}),
       noted AS (
         INSERT INTO import_row_errors (import_id, row_number, field, code, value)
         SELECT $1, row_number, field, code, left(coalesce(value, ''), 40) FROM refused WHERE code IS NOT NULL
         ON CONFLICT DO NOTHING)
  SELECT count(code)::integer AS rows FROM refused`;

/** Within each depot; receipts first on a day: goods have to be there before they are taken. */
export const ORDER_BY_DAY = `
  WITH moved AS (
    UPDATE import_rows AS staged SET position = -ordered.place
    FROM (SELECT position, position / ${POSITIONS_PER_DEPOT} * ${POSITIONS_PER_DEPOT} + row_number() OVER (
                   PARTITION BY position / ${POSITIONS_PER_DEPOT} ORDER BY day, NOT brings_lot, position) AS place
          FROM import_rows WHERE import_id = $1) AS ordered
    WHERE staged.import_id = $1 AND staged.position = ordered.position RETURNING 1)
  SELECT count(*)::integer AS rows FROM moved`;
export const TURN_POSITIONS = `
  WITH moved AS (UPDATE import_rows SET position = -position WHERE import_id = $1 AND position < 0 RETURNING 1)
  SELECT count(*)::integer AS rows FROM moved`;

/** Whether the organisation, $2, has posted, or is posting, any import for the region, $3. */
export const LEDGER_HAS_IMPORTS = `
  SELECT count(*)::integer AS rows FROM (
    SELECT 1 FROM imports WHERE organisation_id = $2 AND region_code = $3 AND id <> $1
      AND (rows_posted > 0 OR state = 'committing') LIMIT 1) AS one`;

export const POSTED_BEFORE = `
  WITH known AS (
    UPDATE import_rows AS staged SET valid = false, repeated = true FROM movements AS movement
    WHERE staged.import_id = $1 AND staged.valid AND movement.business_key = staged.business_key RETURNING 1)
  SELECT count(*)::integer AS rows FROM known`;

/** How many of the lots of the sheet, $2, the ledger has with other dates, or held; $1 has no part in it. */
export const ODD_LOTS = `
  SELECT count(*)::integer AS rows
  FROM json_to_recordset($2::json) AS named ("itemCode" text, "batchNumber" text, origin text, "ownerRegionCode" text,
                                             "productionDate" date, "expiryDate" date)
  JOIN lots AS lot ON lot.serial_number IS NULL AND lot.item_code = named."itemCode" AND lot.batch_number = named."batchNumber"
    AND lot.origin = named.origin AND lot.owner_region_code = named."ownerRegionCode"
  WHERE $1::uuid IS NOT NULL AND (lot.production_date IS DISTINCT FROM named."productionDate"
    OR lot.expiry_date IS DISTINCT FROM named."expiryDate" OR lot.quality <> 'good')`;

/** A batch that the ledger knows with other dates. */
export const AGAINST_KNOWN_LOTS = refused(`
  UPDATE import_rows AS staged SET valid = false FROM lots AS lot
  WHERE staged.import_id = $1 AND staged.valid AND staged.brings_lot AND ${sameLot('lot', 'staged')}
    AND (lot.production_date IS DISTINCT FROM staged.production_date
         OR lot.expiry_date IS DISTINCT FROM staged.expiry_date)
  RETURNING staged.row_number, 'batchNumber' AS field, 'lot-conflict' AS code, staged.batch_number AS value`);

/** More of a batch that is held or recalled is held as well. */
export const HOLD_RECEIPTS = `
  WITH held AS (
    UPDATE import_rows AS staged SET to_account = replace(staged.to_account, ':available', ':quarantine')
    FROM lots AS lot
    WHERE staged.import_id = $1 AND staged.valid AND staged.brings_lot AND ${sameLot('lot', 'staged')}
      AND lot.quality <> 'good' RETURNING 1)
  SELECT count(*)::integer AS rows FROM held`;

/**
 * Finds the lot of every row that takes or brings back goods: among those that lie, or have lain, in its depot, and those
 * that the sheet brings there. It has to be one; of several the one that the depot's own region owns.
 */
export const RESOLVE_LOTS = refused(`
  UPDATE import_rows AS staged
  SET batch_number = coalesce(found.known_batch, staged.batch_number), origin = coalesce(found.known_origin, staged.origin),
      owner_region_code = coalesce(found.known_owner, staged.owner_region_code), valid = found.lots = 1
  FROM (
    WITH asked AS (
      SELECT DISTINCT depot_id, item_code, batch_number, origin, owner_region_code FROM import_rows
      WHERE import_id = $1 AND valid AND NOT brings_lot),
    known AS (
      SELECT balance.depot_id, lot.item_code, lot.batch_number, lot.origin, lot.owner_region_code
      FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id AND lot.serial_number IS NULL
      WHERE balance.account IN (SELECT DISTINCT 'depot:' || depot_id || ':available' FROM asked)
      UNION
      SELECT depot_id, item_code, batch_number, origin, owner_region_code FROM import_rows
      WHERE import_id = $1 AND valid AND brings_lot),
    fitting AS (
      SELECT asked.depot_id, asked.item_code, asked.batch_number, asked.origin, known.batch_number AS known_batch,
             known.origin AS known_origin, known.owner_region_code AS known_owner,
             rank() OVER (PARTITION BY asked.depot_id, asked.item_code, asked.batch_number, asked.origin
                          ORDER BY known.owner_region_code = asked.owner_region_code DESC NULLS LAST) AS place
      FROM asked LEFT JOIN known ON known.depot_id = asked.depot_id AND known.item_code = asked.item_code
        AND (asked.batch_number IS NULL OR known.batch_number = asked.batch_number)
        AND (asked.origin IS NULL OR known.origin = asked.origin))
    SELECT depot_id, item_code, batch_number, origin, count(known_batch) AS lots, min(known_batch) AS known_batch,
           min(known_origin) AS known_origin, min(known_owner) AS known_owner
    FROM fitting WHERE place = 1 GROUP BY depot_id, item_code, batch_number, origin) AS found
  WHERE staged.import_id = $1 AND staged.valid AND NOT staged.brings_lot AND staged.depot_id = found.depot_id
    AND staged.item_code = found.item_code AND staged.batch_number IS NOT DISTINCT FROM found.batch_number
    AND staged.origin IS NOT DISTINCT FROM found.origin
    AND (found.lots <> 1 OR (staged.batch_number, staged.origin, staged.owner_region_code)
         IS DISTINCT FROM (found.known_batch, found.known_origin, found.known_owner))
  RETURNING staged.row_number, 'batchNumber' AS field, staged.batch_number AS value,
            CASE WHEN found.lots = 0 THEN 'lot-unknown' WHEN found.lots > 1 THEN 'lot-ambiguous' END AS code`);

/** Goods are taken of lots as the ledger knows them: their dates, and whether they may be used at all. */
export const AGAINST_TAKEN_LOTS = refused(`
  UPDATE import_rows AS staged SET valid = false FROM lots AS lot
  WHERE staged.import_id = $1 AND staged.valid AND NOT staged.brings_lot AND ${sameLot('lot', 'staged')}
    AND (staged.production_date <> lot.production_date OR staged.expiry_date <> lot.expiry_date
         OR (staged.movement_kind = 'use' AND (lot.expiry_date < staged.day OR lot.quality <> 'good')))
  RETURNING staged.row_number, 'batchNumber' AS field, staged.batch_number AS value,
            CASE WHEN staged.production_date <> lot.production_date OR staged.expiry_date <> lot.expiry_date
                   THEN 'lot-conflict'
                 WHEN lot.quality <> 'good' THEN 'lot-held' ELSE 'lot-expired' END AS code`);

/** What the lots of the sheet have in the accounts that rows take from. */
export const HELD_NOW = `
  SELECT balance.account, ${LOT.map((column) => `named.${column}`).join(', ')}, balance.quantity_base
  FROM (SELECT DISTINCT ${LOT.join(', ')} FROM import_rows WHERE import_id = $1 AND valid) AS named
  JOIN lots AS lot ON ${sameLot('lot', 'named')}
  JOIN balances AS balance ON balance.lot_id = lot.id
  WHERE right(balance.account, 10) = ':available' OR balance.account = 'consumed'`;

/**
 * The next rows after a day, $2, and a position, $3: day by day over all depots, because goods may come back into another
 * depot than the one they were taken from. Within a depot this is the order of posting.
 */
export const NEXT_STEPS = `
  SELECT position, day::text, from_account, to_account, quantity_base, ${LOT.join(', ')} FROM import_rows
  WHERE import_id = $1 AND valid AND (day, position) > ($2::date, $3::bigint) ORDER BY day, position LIMIT $4`;

/** Rows by their position, $2, with the reason beside it, $3. */
export const REFUSE_OVERDRAWN = refused(`
  UPDATE import_rows AS staged SET valid = false
  FROM unnest($2::bigint[], $3::text[]) AS overdrawn (position, code)
  WHERE staged.import_id = $1 AND staged.position = overdrawn.position
  RETURNING staged.row_number, 'quantity' AS field, staged.quantity_base::text AS value, overdrawn.code`);

/** Depots that the organisation, $2, has entered before. */
export const KNOWN_DEPOTS = `
  WITH known AS (
    UPDATE import_rows AS staged SET valid = false, repeated = true FROM depots AS depot
    WHERE staged.import_id = $1 AND staged.valid AND depot.code = staged.content ->> 'code'
      AND depot.organisation_id = $2 AND depot.region_code = staged.content ->> 'regionCode' RETURNING 1)
  SELECT count(*)::integer AS rows FROM known`;
export const OTHER_DEPOTS = refused(`
  UPDATE import_rows AS staged SET valid = false FROM depots AS depot
  WHERE staged.import_id = $1 AND staged.valid AND depot.code = staged.content ->> 'code'
  RETURNING staged.row_number, 'code' AS field, 'code-taken' AS code, depot.code AS value`);

/** Papers that the organisation, $2, has entered before. */
export const KNOWN_AGREEMENTS = `
  WITH known AS (
    UPDATE import_rows AS staged SET valid = false, repeated = true FROM reserve_contracts AS contract
    WHERE staged.import_id = $1 AND staged.valid AND contract.organisation_id = $2
      AND contract.document_number = staged.content ->> 'documentNumber'
      AND contract.item_code = staged.content ->> 'itemCode' RETURNING 1)
  SELECT count(*)::integer AS rows FROM known`;

/** Names that the organisation, $2, has decided in the same way. */
export const KNOWN_NAMES = `
  WITH known AS (
    UPDATE import_rows AS staged SET valid = false, repeated = true FROM import_item_names AS decided
    WHERE staged.import_id = $1 AND staged.valid AND decided.organisation_id = $2
      AND decided.normal_name = staged.content ->> 'normalName' AND decided.item_code = staged.content ->> 'itemCode'
    RETURNING 1)
  SELECT count(*)::integer AS rows FROM known`;
