import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { newId } from '@ledger/platform';
import { aCause, type TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import { DISPATCH } from '../src/stock/domain/recorder';
import type { Posting } from '../src/stock/domain/posting';
import { StockRepository } from '../src/stock/stock.repository';
import { aPartlyReceivedDonation } from './support/gifts';
import { brokenInvariants } from './support/invariants';
import { aPurchase } from './support/purchases';
import { aReserveInUse } from './support/reserves';
import { IMPORT_FAULTS } from './support/import-faults';
import { ROTATION_FAULTS } from './support/rotation-faults';
import { aJointReserveInUse, aLoanInUse } from './support/sharing-work';
import { RICE, TENT, aDepot, aLot, delivered, issued, ordered, startSupplies, type TestDepot } from './support/world';

let service: TestService;
let owner: Client;
let depot: TestDepot;
let lot: string;

beforeAll(async () => {
  service = await startSupplies();
  owner = new Client({ connectionString: service.databaseUrls.ownerUrl });
  await owner.connect();
  depot = await aDepot(service);
  await aDepot(service);
  lot = await aLot(service, depot, { quantityBase: 500 });
  await aLot(service, depot, { itemCode: RICE, quantityBase: 500, expiryDate: '2099-01-01' });
  const { order } = await delivered(service, depot, { itemCode: RICE, quantityBase: 50 }, { received: 48, missing: 2 });
  const { allocationId, site, lines } = order;
  await service.request('POST', `/api/v1/supplies/sites/${site.siteId}/hand-outs`, {
    as: { roles: ['keeper'] },
    body: { allocationId, lines: [{ lineId: lines[0].lineId, quantityBase: 40 }], peopleReached: 40 },
  });
  await service.request('POST', `/api/v1/supplies/sites/${site.siteId}/returns`, {
    as: { roles: ['keeper'] },
    body: {
      allocationId,
      depotId: depot.id,
      lines: [{ lineId: lines[0].lineId, usableBase: 5, damagedBase: 1, lostBase: 0 }],
    },
  });
  await service.request('POST', `/api/v1/supplies/issue-orders/${order.shipmentId}/overrides`, {
    as: { roles: ['approver'] },
    body: { lotId: await lotOf(order.shipmentId), useOrder: 'UO-1', reason: 'test' },
  });
  await issued(service, depot, { quantityBase: 10 });
  await ordered(service, depot, { quantityBase: 10 });
  await aPurchase(service, depot);
  await aPartlyReceivedDonation(service, depot);
  await aReserveInUse(service, depot);
  await aLoanInUse(service);
  await aJointReserveInUse(service);
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

async function lotOf(shipmentId: string): Promise<string> {
  const rows = await service.database.query<{ lot_id: string }>('SELECT lot_id FROM balances WHERE account = $1', [
    `transit:${shipmentId}`,
  ]);
  return rows[0].lot_id;
}

const HISTORY = [
  'sharing_agreement_lines',
  'sharing_agreement_changes',
  'mutual_aid_entries',
  'joint_reserve_owners',
  'joint_reserve_lots',
  'joint_reserve_costs',
  'joint_reserve_cost_shares',
  'ledger_blocks',
  'movements',
  'postings',
  'issue_overrides',
  'deliveries',
  'delivery_lines',
  'handouts',
  'handout_lines',
  'returns',
  'return_lines',
  'inspection_policies',
  'warehouse_thresholds',
  'recall_notices',
  'recall_movements',
  'scrap_send_backs',
  'transfer_lines',
  'transfer_lots',
  'transfer_receipts',
  'transfer_receipt_lines',
  'transfer_settlement_lines',
  'depot_state_changes',
  'depot_people_reports',
  'kit_recipes',
  'kit_components',
  'kit_lots',
  'kit_lot_components',
  'kit_breaks',
  'standard_rules',
  'region_facts',
  'standard_shares',
  'standard_floor_changes',
  'temporary_standards',
  'temporary_standard_items',
  'temporary_standard_ends',
  'count_records',
  'handout_recipients',
  'handout_recipient_lines',
  'handout_remainders',
  'count_decisions',
  'approval_rules',
  'approval_rule_steps',
  'framework_items',
  'framework_regions',
  'purchase_receipts',
  'purchase_receipt_lines',
  'rotation_thresholds',
  'rotation_plan_lines',
  'rotation_actions',
  'lot_extensions',
  'item_prices',
  'equipment_test_rules',
  'equipment_tests',
  'donation_receipts',
  'donation_receipt_lines',
  'donation_purposes',
  'donation_purpose_lifts',
  'donation_allocations',
  'reserve_contract_confirmations',
  'reserve_contract_changes',
  'reserve_contract_call_receipts',
  'reserve_contract_call_rules',
  'enterprise_capacity_changes',
  'demand_rates',
  'pre_assessment_regions',
  'pre_assessment_lines',
];

describe.each(HISTORY)('the history in %s', (table) => {
  it.each(['UPDATE', 'DELETE', 'TRUNCATE'])('refuses %s, even to the owner of the table', async (operation) => {
    const column = await firstColumn(table);
    const statements: Record<string, string> = {
      UPDATE: `UPDATE ${table} SET ${column} = ${column}`,
      DELETE: `DELETE FROM ${table}`,
      TRUNCATE: `TRUNCATE ${table} CASCADE`,
    };
    await expect(owner.query(statements[operation])).rejects.toMatchObject({
      message: expect.stringContaining('history is only appended') as string,
    });
  });

  it('is not even granted to the application role for change', async () => {
    const { rows } = await owner.query<{ privilege_type: string }>(
      `SELECT privilege_type FROM information_schema.role_table_grants
       WHERE table_name = $1 AND grantee = 'supplies_app' ORDER BY privilege_type`,
      [table],
    );
    expect(rows.map((row) => row.privilege_type)).toEqual(['INSERT', 'SELECT']);
  });
});

async function firstColumn(table: string): Promise<string> {
  const { rows } = await owner.query<{ column_name: string }>(
    'SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position LIMIT 1',
    [table],
  );
  return rows[0].column_name;
}

describe('a movement', () => {
  const post = (postings: Posting[], businessKey = newId()) =>
    service.database.transaction((tx) =>
      service.running.app
        .get(StockRepository)
        .post(tx, { businessKey, kind: 'receipt', recordedBy: DISPATCH }, postings, aCause()),
    );
  const aPosting = (overrides: Partial<Posting> = {}): Posting => ({
    lotId: lot,
    itemCode: TENT,
    expiryDate: null,
    from: 'supplier',
    to: `depot:${depot.id}:available`,
    quantityBase: 1,
    lineId: null,
    ...overrides,
  });
  const movements = async (): Promise<number> =>
    Number((await service.database.query<{ count: string }>('SELECT count(*) FROM movements'))[0].count);

  it('has the order in which it took effect, and a time that agrees with it', async () => {
    await Promise.all(Array.from({ length: 10 }, () => post([aPosting()])));
    const rows = await service.database.query<{ posted_at: Date }>(
      `SELECT movement.posted_at FROM movements AS movement JOIN postings AS posting ON posting.movement_id = movement.id
       WHERE posting.lot_id = $1 ORDER BY movement.sequence`,
      [lot],
    );
    const times = rows.map((row) => row.posted_at.getTime());
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it.each([
    ['nothing at all', () => [], 'SUPPLIES_LEDGER_CORRUPT'],
    ['no quantity', () => [aPosting({ quantityBase: 0 })], 'SUPPLIES_LEDGER_CORRUPT'],
    [
      'more than is there',
      () => [aPosting({ from: `depot:${depot.id}:quarantine`, to: 'scrapped', quantityBase: 1_000 })],
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    ],
    ['pieces that are booked under another item', () => [aPosting({ itemCode: RICE })], 'SUPPLIES_LEDGER_CORRUPT'],
    [
      'pieces of a lot that is not in the account',
      () => [aPosting({ from: `transit:${randomUUID()}`, to: 'lost' })],
      'SUPPLIES_QUANTITY_EXCEEDS_BALANCE',
    ],
  ])('of %s is refused and leaves no trace', async (_what, postings, code) => {
    const before = await movements();
    await expect(post(postings())).rejects.toMatchObject({ code });
    expect(await movements()).toBe(before);
  });

  it('is written once per business key', async () => {
    const before = await movements();
    await post([aPosting()], 'test:once');
    await expect(post([aPosting()], 'test:once')).rejects.toMatchObject({ code: '23505' });
    expect(await movements()).toBe(before + 1);
  });

  it.each([
    ['an account that cannot be', { to: 'depot:nowhere:available' }],
    ['a depot that does not exist', { to: `depot:${randomUUID()}:available` }],
    ['a lot of another item', { itemCode: RICE, to: `depot:${randomUUID()}:available` }],
    ['a lot that does not exist', { lotId: randomUUID() }],
    ['more than one posting may move', { quantityBase: 1_000_000_001 }],
  ] as const)('is stopped by the database for %s', async (_what, overrides) => {
    const before = await movements();
    await expect(post([aPosting(overrides as Partial<Posting>)])).rejects.toMatchObject({
      code: expect.stringMatching(/^2[23]/) as string,
    });
    expect(await movements()).toBe(before);
  });
});

const PLANTED_INSPECTION = `
  INSERT INTO inspections (id, depot_id, lot_id, quantity_base, state, reason, opened_by, opened_by_id, due_at)
  SELECT gen_random_uuid(), depot_id, lot_id, 1000000, 'open', 'planted', 'nobody', gen_random_uuid(), now()
  FROM balances WHERE depot_id IS NOT NULL LIMIT 1`;
const aPlantedTransfer = (state: 'ordered' | 'dispatched'): string => `
  INSERT INTO transfers (id, from_depot_id, to_depot_id, state, reason, may_break_floor, arrival_hours, due_at,
                         requested_by, requested_by_id, dispatched_by_id, dispatched_at, dispatch_movement_id)
  SELECT gen_random_uuid(), one.id, other.id, '${state}', 'planted', false, 1, now(), 'nobody', gen_random_uuid(),
         ${state === 'ordered' ? 'NULL, NULL, NULL' : 'gen_random_uuid(), now(), (SELECT id FROM movements LIMIT 1)'}
  FROM depots AS one JOIN depots AS other ON other.id > one.id LIMIT 1`;

/** A lot of one kit that nobody ever built. */
const A_KIT_LOT = `
  WITH recipe AS (
    INSERT INTO kit_recipes (id, kit_code, revision, valid_from, source, recorded_by, recorded_by_id)
    SELECT gen_random_uuid(), item_code, 1, '2026-01-01', 'planted', 'nobody', gen_random_uuid() FROM lots LIMIT 1
    RETURNING id)
  INSERT INTO kit_lots (lot_id, recipe_id, movement_id, depot_id, quantity_base)
  SELECT (SELECT id FROM lots LIMIT 1), recipe.id, movement.id, movement.depot_id, 1
  FROM recipe, (SELECT id, depot_id FROM movements WHERE depot_id IS NOT NULL LIMIT 1) AS movement`;

/** For every rule, a change by the database's owner that breaks it, and the rules that must then be named. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  ...ROTATION_FAULTS,
  ...IMPORT_FAULTS,
  'supplies.lot-sums-to-zero': [`UPDATE balances SET quantity_base = quantity_base + 1 WHERE account LIKE 'site:%'`],
  'supplies.balance-equals-postings': [
    `UPDATE balances SET quantity_base = quantity_base + 1 WHERE account LIKE '%:available'`,
    `UPDATE balances SET quantity_base = quantity_base - 1 WHERE account = 'supplier'`,
  ],
  'supplies.inside-never-negative': [
    'ALTER TABLE balances DROP CONSTRAINT ck_balances_inside, DROP CONSTRAINT ck_balances_in_stock',
    `UPDATE balances SET quantity_base = -1 WHERE account LIKE '%:reserved'`,
  ],
  'supplies.totals-equal-balances': [`UPDATE stock_totals SET reserved_base = reserved_base + 1`],
  'supplies.balance-knows-its-lot': [`UPDATE balances SET expiry_date = '2001-01-01'`],
  'supplies.movement-has-postings': [
    `INSERT INTO movements (id, business_key, kind, recorded_by, correlation_id, causation_id)
     VALUES (gen_random_uuid(), 'planted', 'receipt', 'nobody', 'x', 'x')`,
  ],
  'supplies.reversal-mirrors-original': [
    `INSERT INTO movements (id, business_key, kind, recorded_by, correlation_id, causation_id, reverses_movement_id)
     SELECT gen_random_uuid(), 'planted', 'reversal', 'nobody', 'x', 'x', id FROM movements WHERE kind = 'hand-out' LIMIT 1`,
  ],
  'supplies.only-good-is-available': [`UPDATE lots SET quality = 'held'`],
  'supplies.numbered-lot-is-one-piece': [
    `UPDATE lots SET serial_number = 'planted' WHERE id = (SELECT lot_id FROM balances WHERE account LIKE '%:available'
       AND quantity_base > 1 LIMIT 1)`,
  ],
  'supplies.quarantine-covers-its-work': [PLANTED_INSPECTION],
  'supplies.work-has-an-end': [PLANTED_INSPECTION],
  'supplies.warehouse-records-equal-movements': [
    `INSERT INTO scrap_send_backs (id, depot_id, lot_id, quantity_base, sent_to, reason, document_number, movement_id,
                                   recorded_by, recorded_by_id)
     SELECT gen_random_uuid(), depot_id, lot_id, 1, 'x', 'planted', 'x', movement_id, 'nobody', gen_random_uuid()
     FROM postings WHERE depot_id IS NOT NULL LIMIT 1`,
  ],
  'supplies.quality-equals-last-notice': [
    `INSERT INTO recall_notices (id, lot_id, action, reason, recorded_by, recorded_by_id)
     SELECT gen_random_uuid(), id, 'hold', 'planted', 'nobody', gen_random_uuid() FROM lots LIMIT 1`,
  ],
  'supplies.transfer-fits-its-state': [aPlantedTransfer('dispatched')],
  'supplies.transfer-sends-no-more-than-ordered': [
    aPlantedTransfer('ordered'),
    `INSERT INTO transfer_lots SELECT transfers.id, lots.id, lots.item_code, 1 FROM transfers, lots LIMIT 1`,
  ],
  'supplies.reserved-equals-promises': [
    `UPDATE reservation_shares SET released_base = 1 WHERE issued_base + released_base < quantity_base`,
  ],
  'supplies.promise-is-whole': [`UPDATE reservation_sources SET quantity_base = quantity_base + 1`],
  'supplies.promise-fits-its-state': [
    `UPDATE reservations SET state = 'released', end_cause = 'released' WHERE state IN ('soft', 'firm')`,
  ],
  'supplies.promise-has-an-end': [`DELETE FROM deadlines`],
  'supplies.transit-equals-records': [
    `INSERT INTO issue_order_lines SELECT shipment_id, (SELECT id FROM reservations LIMIT 1), line_id, item_code, 1, 'issued'
     FROM issue_order_lines WHERE state = 'issued' LIMIT 1 ON CONFLICT (shipment_id, reservation_id)
     DO UPDATE SET quantity_base = issue_order_lines.quantity_base + 1`,
  ],
  'supplies.site-equals-records': [
    `INSERT INTO handout_lines SELECT handout_id, gen_random_uuid(), item_code, 1, true FROM handout_lines LIMIT 1`,
  ],
  'supplies.handout-list-adds-up': [
    `INSERT INTO household_registers (incident_id, salt) SELECT incident_id, 'x' FROM sites LIMIT 1`,
    `WITH planted AS (
       INSERT INTO households (id, incident_id, site_id, region_code, head_name, people_count, registered_by, registered_by_id)
       SELECT gen_random_uuid(), register.incident_id, site.id, '14', 'nobody', 1, 'nobody', site.id
       FROM household_registers AS register, sites AS site LIMIT 1 RETURNING id)
     INSERT INTO handout_recipients (handout_id, household_id, people_count, priority)
     SELECT (SELECT id FROM handouts LIMIT 1), planted.id, 1, false FROM planted`,
  ],
  'supplies.count-movement-equals-variances': [
    `WITH planted AS (
       INSERT INTO movements (id, business_key, kind, recorded_by, correlation_id, causation_id)
       VALUES (gen_random_uuid(), 'planted', 'count', 'nobody', 'x', 'x') RETURNING id)
     INSERT INTO postings (movement_id, position, lot_id, from_account, to_account, quantity_base)
     SELECT planted.id, 1, (SELECT id FROM lots LIMIT 1), 'count-difference', 'lost', 1 FROM planted`,
  ],
  'supplies.count-fits-its-lines': [
    `WITH planted AS (
       INSERT INTO counts (id, kind, depot_id, state, blind, opened_sequence, opened_by, opened_by_id, closed_at)
       SELECT gen_random_uuid(), 'full', id, 'cancelled', true, 0, 'nobody', id, now() FROM depots LIMIT 1
       RETURNING id, depot_id)
     INSERT INTO count_lines (id, count_id, position, depot_id, place, origin, item_code, batch_number, snapshot_base)
     SELECT gen_random_uuid(), planted.id, 1, planted.depot_id, 'shelf', 'found', (SELECT code FROM items LIMIT 1), 'X', 0
     FROM planted`,
  ],
  'supplies.kitted-equals-kits': [A_KIT_LOT],
  'supplies.kit-is-broken-once': [
    A_KIT_LOT,
    `INSERT INTO kit_breaks (movement_id, kit_lot_id, depot_id, quantity_base, reason)
     SELECT movement_id, lot_id, depot_id, 2, 'planted' FROM kit_lots`,
  ],
  'supplies.order-fits-its-lines': [`UPDATE issue_order_lines SET state = 'cancelled' WHERE state = 'open'`],
  'supplies.purchase-line-equals-receipts': [
    'UPDATE purchase_order_lines SET received_base = received_base - 1 WHERE received_base > 0',
  ],
  'supplies.purchase-receipt-equals-movement': [
    `INSERT INTO purchase_receipt_lines SELECT receipt_id, 99, line_id, lot_id, 1, 1, 0 FROM purchase_receipt_lines LIMIT 1`,
  ],
  'supplies.framework-within-maximum': ['UPDATE purchase_order_lines SET ordered_base = ordered_base + 1000'],
  'supplies.papers-have-a-deadline': [`DELETE FROM deadlines WHERE kind = 'papers-due'`],
  'supplies.floor-equals-its-last-entry': [
    `INSERT INTO standard_floor_changes (id, depot_id, item_code, valid_from, floor_base, source, basis, set_by)
     SELECT gen_random_uuid(), id, 'LRS-015', '2026-01-01', 7, 'planted', 'estimate', 'nobody' FROM depots LIMIT 1`,
  ],
  'supplies.fill-up-is-waited-for': [
    `INSERT INTO temporary_standards (id, kind, name, region_code, valid_from, valid_to, fill_up_by, draw_down_by, source,
                                      basis, set_by)
     VALUES (gen_random_uuid(), 'event', 'planted', '140930', '2099-01-01', '2099-02-01', '2099-01-01', '2099-03-01',
             'planted', 'estimate', 'nobody')`,
  ],
  'supplies.donation-line-equals-receipt': [
    'UPDATE donation_lines SET received_base = received_base + 1 WHERE received_base > 0',
  ],
  'supplies.donation-receipt-equals-movement': [
    `INSERT INTO donation_receipt_lines
     SELECT receipt_id, (SELECT id FROM donation_lines WHERE lot_id IS NULL LIMIT 1),
            (SELECT id FROM lots WHERE id NOT IN (SELECT lot_id FROM donation_receipt_lines) LIMIT 1), 1
     FROM donation_receipt_lines LIMIT 1`,
  ],
  'supplies.donation-purpose-is-marked': ['UPDATE lots SET purpose_bound = NOT purpose_bound'],
  'supplies.donation-purpose-is-kept': [
    `INSERT INTO donation_purposes (lot_id, donation_id, purpose_kind, purpose_region_code)
     SELECT posting.lot_id, (SELECT id FROM donations LIMIT 1), 'region', '99' FROM postings AS posting
     JOIN movements AS movement ON movement.id = posting.movement_id WHERE movement.kind = 'issue' LIMIT 1`,
  ],
  'supplies.reserve-called-equals-calls': [`UPDATE reserve_contracts SET called_base = called_base + 1`],
  'supplies.reserve-drawn-equals-receipts': [
    `UPDATE reserve_contracts SET taken_since_base = taken_since_base + 1 WHERE drawn_base > 0`,
  ],
  'supplies.reserve-call-equals-receipts': [`UPDATE reserve_contract_calls SET received_base = received_base + 1`],
  'supplies.reserve-figures-are-the-latest': [`UPDATE reserve_contracts SET confirmed_stock_base = 799`],
  'supplies.reserve-call-is-waited-for': [`DELETE FROM deadlines WHERE kind = 'reserve-call-late'`],
  'supplies.debts-net-to-zero': [
    `UPDATE mutual_aid_balances SET balance_base = balance_base + 1 WHERE balance_base > 0`,
  ],
  'supplies.debt-balance-equals-entries': [
    `INSERT INTO mutual_aid_entries (id, region_code, account, counterparty_region_code, item_code, kind, loan_id,
                                     change_base, movement_id, recorded_by)
     SELECT id, region_code, account, counterparty_region_code, item_code, kind, loan_id, change_base, movement_id, 'planted'
     FROM (SELECT gen_random_uuid() AS id, region_code, account, counterparty_region_code, item_code, kind, loan_id,
                  change_base, movement_id FROM mutual_aid_entries LIMIT 1) AS planted`,
  ],
  'supplies.debt-equals-loans': [`UPDATE loans SET given_back_base = given_back_base + 1 WHERE state = 'lent'`],
  'supplies.loan-equals-its-journeys': [`UPDATE sharing_journeys SET purpose = 'draw'`],
  'supplies.loan-is-waited-for': [`DELETE FROM deadlines WHERE kind = 'loan-due'`],
  'supplies.joint-shares-sum-to-the-whole': [
    `UPDATE joint_reserves SET share_basis = 'pieces', whole_share = whole_share + 1`,
  ],
  'supplies.joint-draws-within-right': [`UPDATE joint_reserve_draws SET quantity_base = quantity_base + 1000`],
  'supplies.joint-draw-equals-its-journey': [`UPDATE joint_reserve_draws SET quantity_base = quantity_base - 1`],
  'supplies.joint-cost-equals-its-shares': [
    `INSERT INTO joint_reserve_costs (id, reserve_id, kind, amount_fen, period_from, period_to, document_number, recorded_by,
                                      recorded_by_id)
     SELECT gen_random_uuid(), id, 'other', 7, '2026-01-01', '2026-01-31', 'planted', 'nobody', gen_random_uuid()
     FROM joint_reserves LIMIT 1`,
  ],
};

describe('the checks of the ledger', () => {
  it('find nothing in a sound one', async () => {
    expect(await brokenInvariants(service.database)).toEqual([]);
  });

  it('have a planted fault each', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(invariants.map(({ id }) => id).sort());
  });

  it.each(Object.entries(PLANTED))('find the fault: %s', async (id, statements) => {
    await owner.query('BEGIN');
    try {
      for (const statement of statements) await owner.query(statement);
      const broken = await brokenInvariants({ query: async (sql) => (await owner.query(sql)).rows });
      expect(broken).toContain(id);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});
