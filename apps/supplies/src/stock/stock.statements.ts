/** How finely stock is told apart. */
export type RollUp = 'item' | 'region' | 'depot' | 'lot';

/**
 * A statement with the parameters $1 region pattern, $2 item or null, $3 depot or null, $4 limit, $5 offset, and for a
 * past moment $6 the instant.
 * @param codeLength  of the region codes to tell apart when rolled up by region
 */
export type StockStatement = (by: RollUp, codeLength: number) => string;

const ITEM = `item.code AS "itemCode", item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit`;
const DEPOT = `depot.id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode"`;
const LOT = `lot.id AS "lotId", lot.batch_number AS "batchNumber", lot.expiry_date::text AS "expiryDate"`;
const IN_SCOPE = `depot.region_code LIKE $1 AND ($2::text IS NULL OR item.code = $2) AND ($3::uuid IS NULL OR depot.id = $3)`;

const sumOf = (state: string): string =>
  `coalesce(sum(held.quantity_base) FILTER (WHERE held.state = '${state}'), 0) AS ${state}`;
const STATES = ['available', 'reserved', 'quarantine'].map(sumOf).join(', ');

interface Level {
  readonly select: string;
  readonly group: string;
  readonly order: string;
}

/** What is selected, grouped by and ordered by. */
function levelOf(by: RollUp, codeLength: number): Level {
  switch (by) {
    case 'item':
      return { select: ITEM, group: 'item.code', order: 'item.code' };
    case 'region': {
      const region = `left(depot.region_code, ${codeLength})`;
      const group = `item.code, ${region}`;
      return { select: `${ITEM}, ${region} AS "regionCode"`, group, order: group };
    }
    case 'depot':
      return {
        select: `${ITEM}, ${DEPOT}`,
        group: 'item.code, depot.id',
        order: 'item.code, depot.region_code, depot.code',
      };
    case 'lot':
      return {
        select: `${ITEM}, ${DEPOT}, ${LOT}`,
        group: 'item.code, depot.id, lot.id',
        order: 'item.code, depot.region_code, depot.code, lot.expiry_date, lot.id',
      };
  }
}

/** From the kept totals, one row per item and depot: the cost depends on depots and items, not on lots. */
export const stockByTotals: StockStatement = (by, codeLength) => {
  const { select, group, order } = levelOf(by, codeLength);
  return `
    SELECT ${select}, sum(total.available_base) AS available, sum(total.reserved_base) AS reserved,
           sum(total.quarantine_base) AS quarantine, count(*) OVER () AS total
    FROM stock_totals AS total
    JOIN depots AS depot ON depot.id = total.depot_id
    JOIN items AS item ON item.code = total.item_code
    WHERE ${IN_SCOPE} AND total.available_base + total.reserved_base + total.quarantine_base > 0
    GROUP BY ${group} ORDER BY ${order} LIMIT $4 OFFSET $5`;
};

/** Lots in stores. The page is cut on the balances alone, in the order of their index, before anything is joined. */
export const stockByLot: StockStatement = () => {
  const inStock = `
    SELECT DISTINCT balance.item_code, balance.depot_id, balance.expiry_date, balance.lot_id
    FROM balances AS balance
    WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND ($2::text IS NULL OR balance.item_code = $2)
      AND ($3::uuid IS NULL OR balance.depot_id = $3)
      AND balance.depot_id IN (SELECT depot.id FROM depots AS depot WHERE depot.region_code LIKE $1)`;
  return `
    WITH page AS (${inStock} ORDER BY balance.depot_id, balance.item_code, balance.expiry_date, balance.lot_id
                  LIMIT $4 OFFSET $5)
    SELECT ${ITEM}, ${DEPOT}, ${LOT}, ${STATES}, (SELECT count(*) FROM (${inStock}) AS every_lot) AS total
    FROM page
    JOIN (SELECT depot_id, lot_id, split_part(account, ':', 3) AS state, quantity_base FROM balances WHERE in_stock)
      AS held USING (depot_id, lot_id)
    JOIN depots AS depot ON depot.id = page.depot_id
    JOIN lots AS lot ON lot.id = page.lot_id
    JOIN items AS item ON item.code = page.item_code
    GROUP BY item.code, depot.id, lot.id
    ORDER BY depot.region_code, depot.code, depot.id, item.code, lot.expiry_date, lot.id`;
};

/** From the postings alone, up to an instant; balances and totals have no part in it. */
export const stockAsOf: StockStatement = (by, codeLength) => {
  const { select, group, order } = levelOf(by, codeLength);
  return `
    SELECT ${select}, ${STATES}, count(*) OVER () AS total
    FROM (
      SELECT posting.depot_id, posting.lot_id, split_part(side.account, ':', 3) AS state,
             sum(side.change_base) AS quantity_base
      FROM postings AS posting
      JOIN movements AS movement ON movement.id = posting.movement_id
      CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                                 (posting.to_account, posting.quantity_base)) AS side (account, change_base)
      WHERE posting.depot_id IS NOT NULL AND side.account LIKE 'depot:%' AND movement.posted_at <= $6::timestamptz
      GROUP BY posting.depot_id, posting.lot_id, side.account
      HAVING sum(side.change_base) > 0
    ) AS held
    JOIN depots AS depot ON depot.id = held.depot_id
    JOIN lots AS lot ON lot.id = held.lot_id
    JOIN items AS item ON item.code = lot.item_code
    WHERE ${IN_SCOPE}
    GROUP BY ${group} ORDER BY ${order} LIMIT $4 OFFSET $5`;
};
