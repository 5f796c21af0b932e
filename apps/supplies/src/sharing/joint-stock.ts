import { safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { jointClaims } from './domain/joint-claims';
import { LAST_JOINT } from './joint-lots';

type Reader = Pick<Tx, 'query'>;

/** An owner of a joint reserve and what of the stock is the owner's now. */
export interface JointOwner {
  readonly ownerId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly name: string;
  readonly share: number;
  readonly drawLimitBase: number;
  readonly signedBy: 'stock-manager' | 'approver';
  readonly costPercent: number;
  /** Handed over, on the road included. */
  readonly drawnBase: number;
  /** Asked for and not signed. */
  readonly requestedBase: number;
  readonly claimBase: number;
  /** What may still be asked for: within the claim and within the right. */
  readonly drawableBase: number;
}

export interface JointStock {
  readonly reserveId: string;
  readonly number: string;
  readonly documentNumber: string;
  readonly depotId: string;
  readonly depotRegionCode: string;
  readonly itemCode: string;
  readonly stockBase: number;
  readonly owners: readonly JointOwner[];
}

interface OwnerRow extends Omit<JointStock, 'stockBase' | 'owners'> {
  readonly ownerId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly name: string;
  readonly signedBy: 'stock-manager' | 'approver';
  readonly costPercent: number;
  readonly share: string;
  readonly draw_limit: string;
  readonly drawn: string;
  readonly requested: string;
  readonly stock: string;
}

/** Good, in date and not in quarantine, in the depot of the reserve. $1 day. */
const STOCK = `
  SELECT coalesce(sum(balance.quantity_base), 0) FROM joint_reserve_lots AS held
  JOIN lots AS lot ON lot.id = held.lot_id AND lot.quality = 'good'
  JOIN balances AS balance ON balance.lot_id = lot.id AND balance.depot_id = reserve.depot_id AND balance.in_stock
    AND balance.account NOT LIKE '%:quarantine' AND (balance.expiry_date IS NULL OR balance.expiry_date >= $1::date)
  WHERE held.reserve_id = reserve.id`;

const OWNERS = `
  SELECT reserve.id AS "reserveId", reserve.number, reserve.document_number AS "documentNumber",
         reserve.depot_id AS "depotId", depot.region_code AS "depotRegionCode", reserve.item_code AS "itemCode",
         owner.id AS "ownerId", owner.region_code AS "regionCode", owner.organisation_id AS "organisationId", owner.name,
         owner.signed_by AS "signedBy", owner.cost_percent AS "costPercent", owner.share,
         owner.draw_limit_base AS draw_limit, taken.drawn, taken.requested, stock.base AS stock
  FROM joint_reserves AS reserve
  JOIN depots AS depot ON depot.id = reserve.depot_id
  JOIN joint_reserve_owners AS owner ON owner.reserve_id = reserve.id
  CROSS JOIN LATERAL (${STOCK}) AS stock (base)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(quantity_base) FILTER (WHERE state IN ('on-the-road', 'received')), 0) AS drawn,
           coalesce(sum(quantity_base) FILTER (WHERE state = 'requested'), 0) AS requested
    FROM joint_reserve_draws WHERE owner_id = owner.id) AS taken
  WHERE reserve.valid_from <= $1::date AND reserve.valid_to >= $1::date
    AND ($2::text IS NULL OR reserve.item_code = $2) AND ($3::uuid IS NULL OR reserve.id = $3)
  ORDER BY reserve.number, owner.position`;

/** Joint reserves in force on a day, with what belongs to whom. */
export async function jointStocks(
  reader: Reader,
  day: Day,
  of: { readonly itemCode?: string; readonly reserveId?: string } = {},
): Promise<JointStock[]> {
  const rows = await reader.query<OwnerRow>(OWNERS, [day, of.itemCode ?? null, of.reserveId ?? null]);
  return [...Map.groupBy(rows, ({ reserveId }) => reserveId).values()].map(stockOf);
}

/** What was drawn lies with its owner and counts there. $1 pattern, $2 day, $3 items. */
const DRAWN = `
  SELECT depot.region_code AS "regionCode", balance.item_code AS "itemCode", sum(balance.quantity_base) AS quantity
  FROM ${LAST_JOINT} AS joint
  JOIN lots AS lot ON lot.id = joint.lot_id AND lot.quality = 'good'
  JOIN balances AS balance ON balance.lot_id = lot.id AND balance.in_stock AND balance.depot_id <> joint.depot_id
    AND balance.account NOT LIKE '%:quarantine' AND (balance.expiry_date IS NULL OR balance.expiry_date >= $2::date)
  JOIN depots AS depot ON depot.id = balance.depot_id
  WHERE depot.region_code LIKE $1 AND balance.item_code = ANY($3)
  GROUP BY depot.region_code, balance.item_code`;

/**
 * What joint reserves count towards the standards of regions: every owner its part of the stock, and what it has drawn.
 * Every piece counts once.
 * @param pattern  LIKE pattern of regions: `140930%`, or one region
 */
export async function jointlyHeld(reader: Reader, pattern: string, day: Day, items: readonly string[]) {
  const isInside = (region: string): boolean =>
    pattern.endsWith('%') ? region.startsWith(pattern.slice(0, -1)) : region === pattern;
  const owned = (await jointStocks(reader, day)).flatMap(({ itemCode, owners }) =>
    owners
      .filter(({ regionCode, claimBase }) => claimBase > 0 && items.includes(itemCode) && isInside(regionCode))
      .map(({ regionCode, claimBase }) => ({ regionCode, itemCode, quantityBase: claimBase })),
  );
  const drawn = await reader.query<{ regionCode: string; itemCode: string; quantity: string }>(DRAWN, [
    ...[pattern, day, items],
  ]);
  return [...owned, ...drawn.map(({ quantity, ...row }) => ({ ...row, quantityBase: safeInteger(quantity) }))];
}

function stockOf(rows: readonly OwnerRow[]): JointStock {
  const [{ reserveId, number, documentNumber, depotId, depotRegionCode, itemCode, stock }] = rows;
  const stockBase = safeInteger(stock);
  const owners = rows.map((row) => ({ share: safeInteger(row.share), drawnBase: safeInteger(row.drawn) }));
  const claims = jointClaims(stockBase, owners);
  return {
    ...{ reserveId, number, documentNumber, depotId, depotRegionCode, itemCode, stockBase },
    owners: rows.map((row, index) => ownerOf(row, claims[index])),
  };
}

function ownerOf(row: OwnerRow, claimBase: number): JointOwner {
  const { ownerId, regionCode, organisationId, name, signedBy, costPercent } = row;
  const drawLimitBase = safeInteger(row.draw_limit);
  const drawnBase = safeInteger(row.drawn);
  const requestedBase = safeInteger(row.requested);
  const drawableBase = Math.max(0, Math.min(claimBase, drawLimitBase - drawnBase) - requestedBase);
  return {
    ...{ ownerId, regionCode, organisationId, name, signedBy, costPercent, share: safeInteger(row.share) },
    ...{ drawLimitBase, drawnBase, requestedBase, claimBase, drawableBase },
  };
}
