import { safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { shareableBase } from './domain/shareable';
import { NOT_JOINT } from './joint-lots';

/** Where rows are read: the database, or an open transaction. */
export type Reader = Pick<Tx, 'query'>;

/** A line of an agreement in force, for one item, and how much may be called under it. */
export interface ShareableLine {
  readonly lineId: string;
  readonly agreementId: string;
  readonly documentNumber: string;
  readonly giverRegionCode: string;
  readonly takerRegionCode: string;
  readonly itemCode: string;
  readonly responseHours: number;
  readonly loanDays: number;
  readonly feeFen: number;
  readonly replacement: 'kind' | 'money' | 'either';
  readonly piecePriceFen: number | null;
  readonly discloses: 'quantities' | 'depots';
  readonly callableBase: number;
}

interface LineRow extends Omit<ShareableLine, 'feeFen' | 'piecePriceFen' | 'callableBase'> {
  readonly share_percent: number;
  readonly max_base: string | null;
  readonly fee_fen: string;
  readonly piece_price_fen: string | null;
  readonly owed_base: string;
  readonly promised_base: string;
  readonly promised_to_all_base: string;
}

/** What a loan holds without having sent it: everything granted, or asked within the share. */
const PROMISED = `
  coalesce(sum(CASE WHEN state = 'approved' THEN granted_base
                    WHEN state = 'requested' AND NOT beyond_share THEN asked_base ELSE 0 END), 0)`;

/** A line for the item itself goes before one for its category. $1 item, $2 day, $3 a loan that does not count. */
const LINES = `
  SELECT DISTINCT ON (agreement.id, line.giver_region_code)
         line.id AS "lineId", agreement.id AS "agreementId", agreement.document_number AS "documentNumber",
         line.giver_region_code AS "giverRegionCode", $1::text AS "itemCode", line.response_hours AS "responseHours",
         CASE WHEN line.giver_region_code = agreement.offering_region_code THEN agreement.answering_region_code
              ELSE agreement.offering_region_code END AS "takerRegionCode",
         agreement.loan_days AS "loanDays", agreement.discloses, line.replacement, line.share_percent, line.max_base,
         line.fee_fen, line.piece_price_fen, own.owed_base, own.promised_base, others.promised_to_all_base
  FROM sharing_agreement_lines AS line
  JOIN sharing_agreements AS agreement ON agreement.id = line.agreement_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(lent_base - given_back_base - settled_base), 0) AS owed_base, ${PROMISED} AS promised_base
    FROM loans WHERE agreement_line_id = line.id AND item_code = $1 AND id IS DISTINCT FROM $3::uuid) AS own
  CROSS JOIN LATERAL (
    SELECT ${PROMISED} AS promised_to_all_base
    FROM loans WHERE lender_region_code = line.giver_region_code AND item_code = $1 AND id IS DISTINCT FROM $3::uuid) AS others
  WHERE agreement.state = 'in-force' AND agreement.valid_from <= $2::date AND agreement.valid_to >= $2::date
    AND (line.item_code = $1 OR line.category = (SELECT category FROM items WHERE code = $1))`;

/**
 * Free goods above the floor, by depot of a region: of the region's own, good on the day, not given for a purpose. What
 * was borrowed or is held jointly belongs to others too and is not lent. $1 pattern of the giver, $2 item, $3 day.
 */
const ABOVE_FLOOR = `
  SELECT depot.region_code AS "regionCode", depot.name_zh AS name,
         sum(balance.quantity_base) - reserve_floor(depot.id, $2, $3::date) AS above
  FROM depots AS depot
  JOIN balances AS balance ON balance.depot_id = depot.id AND balance.item_code = $2 AND balance.in_stock
    AND balance.account = 'depot:' || depot.id || ':available'
  JOIN lots AS lot ON lot.id = balance.lot_id AND lot.quality = 'good' AND NOT lot.purpose_bound
    AND (lot.expiry_date IS NULL OR lot.expiry_date >= $3::date) AND lot.owner_region_code LIKE $1
    AND ${NOT_JOINT}
  WHERE depot.region_code LIKE $1
  GROUP BY depot.id HAVING sum(balance.quantity_base) > reserve_floor(depot.id, $2, $3::date)
  ORDER BY depot.region_code, depot.code`;

export interface DepotAboveFloor {
  readonly regionCode: string;
  readonly name: string;
  readonly aboveBase: number;
}

/** The depots of a region that have more than their floor. */
export async function depotsAboveFloor(
  reader: Reader,
  region: string,
  itemCode: string,
  day: Day,
): Promise<DepotAboveFloor[]> {
  const rows = await reader.query<{ regionCode: string; name: string; above: string }>(ABOVE_FLOOR, [
    `${region}%`,
    itemCode,
    day,
  ]);
  return rows.map(({ above, ...depot }) => ({ ...depot, aboveBase: safeInteger(above) }));
}

/** Lines in force for an item on a day, one per agreement and giver, with what may be called under each. */
export async function shareableLines(reader: Reader, itemCode: string, day: Day): Promise<ShareableLine[]> {
  const rows = await reader.query<LineRow>(
    `${LINES} ORDER BY agreement.id, line.giver_region_code, line.item_code NULLS LAST`,
    [itemCode, day, null],
  );
  return withQuantities(reader, rows, day);
}

export interface ShareableWanted {
  readonly agreementId: string;
  readonly giverRegionCode: string;
  readonly itemCode: string;
  /** A loan whose own hold is left out of account. */
  readonly exceptLoanId?: string;
}

/**
 * The same for one agreement and giver; undefined when nothing is in force there. Of two callers at the same time the
 * second sees what the first was promised: the item of the giver stays locked until the end of the transaction.
 */
export async function lockShareableLine(tx: Tx, of: ShareableWanted, day: Day): Promise<ShareableLine | undefined> {
  const key = `share ${of.giverRegionCode} ${of.itemCode}`;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const rows = await tx.query<LineRow>(
    `${LINES} AND agreement.id = $4 AND line.giver_region_code = $5
     ORDER BY agreement.id, line.giver_region_code, line.item_code NULLS LAST`,
    [of.itemCode, day, of.exceptLoanId ?? null, of.agreementId, of.giverRegionCode],
  );
  return (await withQuantities(tx, rows, day))[0];
}

async function withQuantities(reader: Reader, rows: readonly LineRow[], day: Day): Promise<ShareableLine[]> {
  const above = new Map<string, number>();
  for (const { giverRegionCode, itemCode } of rows) {
    if (above.has(giverRegionCode)) continue;
    const depots = await depotsAboveFloor(reader, giverRegionCode, itemCode, day);
    above.set(
      giverRegionCode,
      depots.reduce((sum, { aboveBase }) => sum + aboveBase, 0),
    );
  }
  return rows.map((row) => lineOf(row, above.get(row.giverRegionCode) ?? 0));
}

function lineOf(row: LineRow, aboveFloorBase: number): ShareableLine {
  const { share_percent: sharePercent, max_base, fee_fen, piece_price_fen, ...line } = row;
  const { owed_base, promised_base, promised_to_all_base, ...named } = line;
  return {
    ...named,
    feeFen: safeInteger(fee_fen),
    piecePriceFen: orNull(piece_price_fen),
    callableBase: shareableBase({
      ...{ aboveFloorBase, sharePercent, maxBase: orNull(max_base), owedBase: safeInteger(owed_base) },
      ...{ promisedBase: safeInteger(promised_base), promisedToAllBase: safeInteger(promised_to_all_base) },
    }),
  };
}

const orNull = (value: string | null): number | null => (value === null ? null : safeInteger(value));
