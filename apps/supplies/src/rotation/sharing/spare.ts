/** Pieces that are accepted and not on their way yet, of `place (depot_id, item_code)`. */
const ACCEPTED = `
  coalesce((SELECT sum(acceptance.quantity_base) FROM rotation_acceptances AS acceptance
            JOIN rotation_offers AS offer ON offer.id = acceptance.offer_id
            WHERE offer.depot_id = place.depot_id AND offer.item_code = place.item_code
              AND acceptance.state = 'accepted'), 0)`;

/** Pieces that are accepted and not on their way yet, of one lot of a depot: columns or parameters. */
export const acceptedOf = (depotId: string, lotId: string): string => `
  coalesce((SELECT sum(acceptance.quantity_base) FROM rotation_acceptances AS acceptance
            JOIN rotation_offers AS offer ON offer.id = acceptance.offer_id
            WHERE offer.depot_id = ${depotId} AND offer.lot_id = ${lotId} AND acceptance.state = 'accepted'), 0)`;

/** Pieces that are offered and that nobody has taken, of `place (depot_id, item_code)`. */
export const OFFERED = `
  coalesce((SELECT sum(offer.quantity_base - offer.taken_base) FROM rotation_offers AS offer
            WHERE offer.depot_id = place.depot_id AND offer.item_code = place.item_code
              AND offer.ended_at IS NULL AND offer.offered_until >= $1::date), 0)`;

/**
 * SQL of what a depot can spare of an item on $1 without falling below its floor: free good pieces that may be used, less
 * the reserve standard in force, less what was accepted already. May be negative. For `place (depot_id, item_code)`.
 */
export const SPARE = `
  ((SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance JOIN lots AS free ON free.id = balance.lot_id
    WHERE balance.depot_id = place.depot_id AND balance.item_code = place.item_code
      AND balance.account LIKE '%:available' AND free.quality = 'good'
      AND (free.expiry_date IS NULL OR free.expiry_date >= $1::date))
   - coalesce((SELECT standard.floor_base FROM reserve_standards AS standard
               WHERE standard.depot_id = place.depot_id AND standard.item_code = place.item_code
                 AND standard.valid_from <= $1::date ORDER BY standard.valid_from DESC LIMIT 1), 0)
   - ${ACCEPTED})`;
