import type { Invariant } from '@ledger/contracts';

/** What rotation says was done, against what the ledger says. */
export const rotationInvariants: readonly Invariant[] = [
  {
    id: 'supplies.rotation-action-equals-movement',
    title: 'What was done under a rotation order is what its movement moved',
    sql: `SELECT action.id FROM rotation_actions AS action JOIN rotation_orders AS orders ON orders.id = action.order_id
          WHERE action.movement_id IS NOT NULL AND action.quantity_base IS DISTINCT FROM (
            SELECT sum(posting.quantity_base) FROM postings AS posting
            WHERE posting.movement_id = action.movement_id AND posting.lot_id = orders.lot_id
              AND posting.depot_id = orders.depot_id)`,
  },
  {
    id: 'supplies.rotation-transfer-equals-sent',
    title: 'What left under a rotation order by a transfer is what the transfer took of the lot',
    sql: `SELECT action.id FROM rotation_actions AS action JOIN rotation_orders AS orders ON orders.id = action.order_id
          WHERE action.transfer_id IS NOT NULL AND action.quantity_base IS DISTINCT FROM (
            SELECT sent.quantity_base FROM transfer_lots AS sent
            WHERE sent.transfer_id = action.transfer_id AND sent.lot_id = orders.lot_id)`,
  },
  {
    id: 'supplies.extended-lot-has-its-date',
    title: 'A lot that was extended carries the date of its last extension',
    sql: `SELECT lot.id FROM lots AS lot JOIN (
            SELECT DISTINCT ON (lot_id) lot_id, new_expiry_date FROM lot_extensions
            ORDER BY lot_id, approved_at DESC, new_expiry_date DESC) AS last ON last.lot_id = lot.id
          WHERE lot.expiry_date IS DISTINCT FROM last.new_expiry_date`,
  },
  {
    id: 'supplies.equipment-hold-is-whole',
    title: 'Only an order that waits for a test or a repair holds equipment',
    sql: `SELECT id FROM equipment_test_orders
          WHERE held_base > 0 AND state NOT IN ('held', 'repair', 'void')`,
  },
  {
    id: 'supplies.offer-equals-acceptances',
    title: 'What is taken of an open offer is what others accepted of it',
    sql: `SELECT offer.id FROM rotation_offers AS offer
          LEFT JOIN rotation_acceptances AS acceptance ON acceptance.offer_id = offer.id
            AND acceptance.state <> 'fallen-through'
          WHERE offer.state = 'open' GROUP BY offer.id
          HAVING offer.taken_base <> coalesce(sum(acceptance.quantity_base), 0)`,
  },
  {
    id: 'supplies.demand-equals-acceptances',
    title: 'What comes for a declared demand is what was accepted for it',
    sql: `SELECT demand.id FROM rotation_demands AS demand
          LEFT JOIN rotation_acceptances AS acceptance ON acceptance.demand_id = demand.id
            AND acceptance.state <> 'fallen-through'
          GROUP BY demand.id HAVING demand.taken_base <> coalesce(sum(acceptance.quantity_base), 0)`,
  },
];
