import type { Invariant } from '@ledger/contracts';

/** Lots of kits with how many of them are still whole, wherever they are. */
const WHOLE = `
  SELECT kit.lot_id, kit.quantity_base - coalesce((SELECT sum(broken.quantity_base) FROM kit_breaks AS broken
                                                   WHERE broken.kit_lot_id = kit.lot_id), 0) AS kits
  FROM kit_lots AS kit`;

export const kitInvariants: readonly Invariant[] = [
  {
    id: 'supplies.kitted-equals-kits',
    title: 'What went into kits is in the kits that are still whole',
    sql: `WITH whole AS (${WHOLE}), expected AS (
            SELECT lot_id, sum(quantity_base) AS quantity_base FROM (
              SELECT part.component_lot_id AS lot_id, part.quantity_per_kit * whole.kits AS quantity_base
              FROM kit_lot_components AS part JOIN whole ON whole.lot_id = part.kit_lot_id
              UNION ALL SELECT lot_id, -kits FROM whole) AS side
            GROUP BY lot_id HAVING sum(quantity_base) <> 0)
          SELECT coalesce(kept.lot_id, expected.lot_id) AS lot_id, kept.quantity_base AS kept_base,
                 expected.quantity_base AS expected_base
          FROM (SELECT lot_id, quantity_base FROM balances WHERE account = 'kitted' AND quantity_base <> 0) AS kept
          FULL JOIN expected ON expected.lot_id = kept.lot_id
          WHERE kept.quantity_base IS DISTINCT FROM expected.quantity_base`,
  },
  {
    id: 'supplies.kit-is-broken-once',
    title: 'No more kits of a lot are taken apart than were built',
    sql: `SELECT lot_id, kits FROM (${WHOLE}) AS whole WHERE kits < 0`,
  },
];
