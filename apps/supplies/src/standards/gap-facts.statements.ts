import { NOT_COUNTED_JOINTLY } from '../sharing/joint-lots';

/** What gap lists are read with. $1 is a pattern of regions and $2 the day, unless said otherwise. */

/** Rows that bind the region ($1 code, $2 pattern) or were set below it. */
export const IN_SCOPE = `(region_code LIKE $2 OR $1 LIKE region_code || '%')`;

export const REGIONS = `
  SELECT region_code FROM depots WHERE region_code LIKE $1
  UNION SELECT region_code FROM region_facts WHERE region_code LIKE $1 AND valid_from <= $2::date
  UNION SELECT region_code FROM standard_rules
    WHERE region_code LIKE $1 AND valid_from <= $2::date AND char_length(region_code) =
      CASE tier WHEN 'province' THEN 2 WHEN 'city' THEN 4 WHEN 'county' THEN 6 WHEN 'township' THEN 9 WHEN 'village' THEN 12 END
  UNION SELECT region_code FROM temporary_standards WHERE region_code LIKE $1 AND valid_from <= $2::date
  UNION SELECT region_code FROM pre_positioning_needs
    WHERE region_code LIKE $1 AND valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date)
  ORDER BY region_code`;

/** A named need goes before the flag of a depot there; of several the latest one holds. */
export const NEEDS = `
  SELECT DISTINCT ON (region_code) region_code AS "regionCode", reason, risk_level AS "riskLevel", source
  FROM (
    SELECT region_code, reason, risk_level, source, valid_from, 1 AS rank FROM pre_positioning_needs
    WHERE valid_from <= $2::date AND (valid_to IS NULL OR valid_to >= $2::date)
    UNION ALL
    SELECT region_code, pre_positioning_reason, NULL, pre_positioning_source, pre_positioning_since, 2 FROM depots
    WHERE pre_positioning_need AND pre_positioning_since <= $2::date
  ) AS need
  WHERE region_code LIKE $1 ORDER BY region_code, rank, valid_from DESC`;

/** The floors in force on the day, by the region of their depots; of the items $3, or of all. */
export const FLOORS = `
  SELECT depot.region_code AS "regionCode", standard.item_code AS "itemCode", sum(standard.floor_base) AS quantity
  FROM depots AS depot JOIN (
    SELECT DISTINCT ON (depot_id, item_code) depot_id, item_code, floor_base FROM reserve_standards
    WHERE valid_from <= $2::date AND ($3::text[] IS NULL OR item_code = ANY($3))
      AND depot_id IN (SELECT id FROM depots WHERE region_code LIKE $1)
    ORDER BY depot_id, item_code, valid_from DESC
  ) AS standard ON standard.depot_id = depot.id
  GROUP BY depot.region_code, standard.item_code`;

export const TEMPORARY = `
  SELECT standard.region_code AS "regionCode", line.item_code AS "itemCode", sum(line.quantity_base) AS quantity
  FROM temporary_standards AS standard JOIN temporary_standard_items AS line ON line.standard_id = standard.id
  LEFT JOIN temporary_standard_ends AS ended ON ended.standard_id = standard.id
  WHERE standard.region_code LIKE $1 AND standard.valid_from <= $2::date
    AND coalesce(ended.last_day, standard.valid_to) >= $2::date AND ($3::text[] IS NULL OR line.item_code = ANY($3))
  GROUP BY standard.region_code, line.item_code`;

/**
 * Goods count for the region that owns them, when they lie in it or with a tier above it; what was lent to a neighbour
 * is not there. Past their date, held or in quarantine they are no reserve. What is owned in shares is counted apart.
 */
export const HELD = `
  SELECT lot.owner_region_code AS "regionCode", balance.item_code AS "itemCode", sum(balance.quantity_base) AS quantity
  FROM balances AS balance
  JOIN lots AS lot ON lot.id = balance.lot_id
  JOIN depots AS depot ON depot.id = balance.depot_id
  WHERE balance.in_stock AND balance.depot_id IS NOT NULL AND balance.item_code = ANY($3)
    AND balance.account NOT LIKE '%:quarantine'
    AND (balance.expiry_date IS NULL OR balance.expiry_date >= $2::date)
    AND lot.item_code = ANY($3) AND lot.owner_region_code LIKE $1 AND lot.quality = 'good'
    AND (depot.region_code LIKE lot.owner_region_code || '%' OR lot.owner_region_code LIKE depot.region_code || '%')
    AND ${NOT_COUNTED_JOINTLY}
  GROUP BY lot.owner_region_code, balance.item_code`;
