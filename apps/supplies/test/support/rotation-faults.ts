/** An open rotation order for a lot in a depot, whichever comes first. */
const A_ROTATION_ORDER = `
  INSERT INTO rotation_orders (id, depot_id, lot_id, item_code, state, standing, life_end, late_on, quantity_base, opened_by)
  SELECT gen_random_uuid(), depot_id, lot_id, item_code, 'open', 'due', DATE '2026-01-01', DATE '2026-01-01', 1, 'planted'
  FROM balances WHERE depot_id IS NOT NULL ORDER BY account, lot_id LIMIT 1`;

/** Faults of rotation, tests and sharing, each with the statements that plant it. */
export const ROTATION_FAULTS: Readonly<Record<string, readonly string[]>> = {
  'supplies.rotation-action-equals-movement': [
    A_ROTATION_ORDER,
    `INSERT INTO rotation_actions (id, order_id, way, quantity_base, movement_id, recorded_by, recorded_by_id)
     SELECT gen_random_uuid(), orders.id, 'use', 999999, (SELECT id FROM movements LIMIT 1), 'planted', gen_random_uuid()
     FROM rotation_orders AS orders WHERE opened_by = 'planted'`,
  ],
  'supplies.rotation-transfer-equals-sent': [
    A_ROTATION_ORDER,
    'ALTER TABLE rotation_actions DROP CONSTRAINT fk_rotation_actions_transfer',
    `INSERT INTO rotation_actions (id, order_id, way, quantity_base, transfer_id, recorded_by, recorded_by_id)
     SELECT gen_random_uuid(), orders.id, 'transfer', 1, gen_random_uuid(), 'planted', gen_random_uuid()
     FROM rotation_orders AS orders WHERE opened_by = 'planted'`,
  ],
  'supplies.extended-lot-has-its-date': [
    A_ROTATION_ORDER,
    `INSERT INTO rotation_proposals (id, order_id, way, new_expiry_date, appraiser, method, finding, document, state,
       proposed_by, proposed_by_id)
     SELECT gen_random_uuid(), id, 'extend', DATE '2098-02-03', 'x', 'x', 'x', 'x', 'proposed', 'x', gen_random_uuid()
     FROM rotation_orders WHERE opened_by = 'planted'`,
    `INSERT INTO lot_extensions (id, lot_id, proposal_id, old_life_end, new_expiry_date, appraiser, method, document,
       proposed_by_id, approved_by, approved_by_id)
     SELECT gen_random_uuid(), orders.lot_id, proposal.id, DATE '2026-01-01', DATE '2098-02-03', 'x', 'x', 'x',
            gen_random_uuid(), 'x', gen_random_uuid()
     FROM rotation_proposals AS proposal JOIN rotation_orders AS orders ON orders.id = proposal.order_id`,
  ],
  'supplies.equipment-hold-is-whole': [
    `INSERT INTO equipment_test_orders (id, depot_id, lot_id, item_code, test_kind, state, due_on, hold_on, held_base, ended_at)
     SELECT gen_random_uuid(), depot_id, lot_id, item_code, 'inspect', 'done', DATE '2026-01-01', DATE '2026-01-02', 1, now()
     FROM balances WHERE depot_id IS NOT NULL ORDER BY account, lot_id LIMIT 1`,
  ],
  'supplies.offer-equals-acceptances': [
    `INSERT INTO rotation_offers (id, depot_id, lot_id, item_code, quantity_base, taken_base, offered_until, state,
       offered_by, offered_by_id)
     SELECT gen_random_uuid(), depot_id, lot_id, item_code, 2, 1, DATE '2026-01-01', 'open', 'planted', gen_random_uuid()
     FROM balances WHERE depot_id IS NOT NULL ORDER BY account, lot_id LIMIT 1`,
  ],
  'supplies.demand-equals-acceptances': [
    `INSERT INTO rotation_demands (id, depot_id, item_code, purpose, quantity_base, taken_base, needed_from, needed_until,
       state, declared_by, declared_by_id)
     SELECT gen_random_uuid(), depot_id, item_code, 'drill', 2, 1, DATE '2026-01-01', DATE '2026-01-01', 'open', 'planted',
            gen_random_uuid()
     FROM balances WHERE depot_id IS NOT NULL ORDER BY account, lot_id LIMIT 1`,
  ],
};
