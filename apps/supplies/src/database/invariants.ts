import type { Invariant } from '@ledger/contracts';
import { kitInvariants } from '../kits/kit-invariants';
import { donationInvariants } from '../donations/donation-invariants';
import { importInvariants } from '../imports/import-invariants';
import { purchaseInvariants } from '../purchasing/purchase-invariants';
import { reserveInvariants } from '../reserves/reserve-invariants';
import { rotationInvariants } from '../rotation/rotation-invariants';
import { sharingInvariants } from '../sharing/sharing-invariants';
import { standardInvariants } from '../standards/standard-invariants';
import { WAREHOUSE_INVARIANTS } from './warehouse-invariants';

/** Every posting as two changes of balance. */
const CHANGES = `
  SELECT side.account, posting.lot_id, posting.line_id, side.change_base, movement.kind
  FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
  CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                             (posting.to_account, posting.quantity_base)) AS side (account, change_base)`;

const LEDGER: readonly Invariant[] = [
  {
    id: 'supplies.lot-sums-to-zero',
    title: 'Per lot all accounts sum to zero',
    sql: 'SELECT lot_id, sum(quantity_base) FROM balances GROUP BY lot_id HAVING sum(quantity_base) <> 0',
  },
  {
    id: 'supplies.balance-equals-postings',
    title: 'Balances equal the replay of the postings',
    sql: `SELECT coalesce(kept.account, replayed.account) AS account, coalesce(kept.lot_id, replayed.lot_id) AS lot_id,
                 kept.quantity_base AS kept_base, replayed.quantity_base AS replayed_base
          FROM (SELECT account, lot_id, quantity_base FROM balances WHERE quantity_base <> 0) AS kept
          FULL JOIN (SELECT account, lot_id, sum(change_base) AS quantity_base FROM (${CHANGES}) AS change
                     GROUP BY account, lot_id HAVING sum(change_base) <> 0) AS replayed
            ON replayed.account = kept.account AND replayed.lot_id = kept.lot_id
          WHERE kept.quantity_base IS DISTINCT FROM replayed.quantity_base`,
  },
  {
    id: 'supplies.inside-never-negative',
    title: 'No inside account is below zero',
    sql: `SELECT account, lot_id, quantity_base FROM balances WHERE position(':' in account) > 0 AND quantity_base < 0`,
  },
  {
    id: 'supplies.totals-equal-balances',
    title: 'The kept totals of depots equal their balances',
    sql: `SELECT depot_id, item_code, kept.available_base, summed.available_base AS summed_base
          FROM (SELECT * FROM stock_totals WHERE (available_base, reserved_base, quarantine_base) <> (0, 0, 0)) AS kept
          FULL JOIN (SELECT depot_id, item_code,
                            sum(quantity_base) FILTER (WHERE account LIKE '%:available') AS available_base,
                            sum(quantity_base) FILTER (WHERE account LIKE '%:reserved') AS reserved_base,
                            sum(quantity_base) FILTER (WHERE account LIKE '%:quarantine') AS quarantine_base
                     FROM balances WHERE depot_id IS NOT NULL AND quantity_base <> 0
                     GROUP BY depot_id, item_code) AS summed USING (depot_id, item_code)
          WHERE kept.available_base IS DISTINCT FROM coalesce(summed.available_base, 0)
             OR kept.reserved_base IS DISTINCT FROM coalesce(summed.reserved_base, 0)
             OR kept.quarantine_base IS DISTINCT FROM coalesce(summed.quarantine_base, 0)`,
  },
  {
    id: 'supplies.balance-knows-its-lot',
    title: 'A balance carries the expiry date of its lot',
    sql: `SELECT balance.account, balance.lot_id FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
          WHERE balance.expiry_date IS DISTINCT FROM lot.expiry_date`,
  },
  {
    id: 'supplies.movement-has-postings',
    title: 'Every movement has postings',
    sql: `SELECT movement.id, movement.kind FROM movements AS movement
          WHERE NOT EXISTS (SELECT 1 FROM postings AS posting WHERE posting.movement_id = movement.id)`,
  },
  {
    id: 'supplies.reversal-mirrors-original',
    title: 'A reversal posts what it reverses the other way round',
    sql: `SELECT reversal.id FROM movements AS reversal WHERE reversal.kind = 'reversal' AND EXISTS (
            (SELECT lot_id, to_account, from_account, quantity_base, line_id FROM postings
             WHERE movement_id = reversal.reverses_movement_id
             EXCEPT ALL SELECT lot_id, from_account, to_account, quantity_base, line_id FROM postings
             WHERE movement_id = reversal.id)
            UNION ALL
            (SELECT lot_id, from_account, to_account, quantity_base, line_id FROM postings
             WHERE movement_id = reversal.id
             EXCEPT ALL SELECT lot_id, to_account, from_account, quantity_base, line_id FROM postings
             WHERE movement_id = reversal.reverses_movement_id))`,
  },
];

const PROMISES: readonly Invariant[] = [
  {
    id: 'supplies.reserved-equals-promises',
    title: 'Reserved stock equals what is held for reservations',
    sql: `SELECT coalesce(kept.depot_id, promised.depot_id) AS depot_id, coalesce(kept.lot_id, promised.lot_id) AS lot_id,
                 kept.quantity_base AS kept_base, promised.quantity_base AS promised_base
          FROM (SELECT depot_id, lot_id, quantity_base FROM balances
                WHERE account LIKE 'depot:%:reserved' AND quantity_base <> 0) AS kept
          FULL JOIN (SELECT depot_id, lot_id, sum(quantity_base - issued_base - released_base) AS quantity_base
                     FROM reservation_shares WHERE issued_base + released_base < quantity_base
                     GROUP BY depot_id, lot_id) AS promised
            ON promised.depot_id = kept.depot_id AND promised.lot_id = kept.lot_id
          WHERE kept.quantity_base IS DISTINCT FROM promised.quantity_base`,
  },
  {
    id: 'supplies.promise-is-whole',
    title: 'A reservation holds from each depot what was asked of it, or never held anything',
    sql: `SELECT source.reservation_id, source.depot_id FROM reservation_sources AS source
          JOIN reservations AS reservation ON reservation.id = source.reservation_id
          LEFT JOIN reservation_shares AS share
            ON share.reservation_id = source.reservation_id AND share.depot_id = source.depot_id
          GROUP BY source.reservation_id, source.depot_id, source.quantity_base, reservation.state
          HAVING coalesce(sum(share.quantity_base), 0)
                 <> CASE WHEN reservation.state = 'refused' THEN 0 ELSE source.quantity_base END`,
  },
  {
    id: 'supplies.promise-fits-its-state',
    title: 'Only soft and firm reservations hold goods, and an issued one has given all away',
    sql: `SELECT reservation.id, reservation.state FROM reservations AS reservation
          LEFT JOIN (SELECT reservation_id, sum(quantity_base - issued_base - released_base) AS held_base,
                            sum(released_base) AS released_base, sum(issued_base) AS issued_base
                     FROM reservation_shares GROUP BY reservation_id) AS share
            ON share.reservation_id = reservation.id
          WHERE (reservation.state IN ('soft', 'firm')) <> (coalesce(share.held_base, 0) > 0)
             OR (reservation.state = 'issued' AND (share.released_base > 0 OR coalesce(share.issued_base, 0) = 0))
             OR (reservation.state = 'soft' AND share.issued_base > 0)`,
  },
  {
    id: 'supplies.promise-has-an-end',
    title: 'Whatever is held has a deadline',
    sql: `SELECT reservation.id FROM reservations AS reservation WHERE reservation.state IN ('soft', 'firm')
            AND NOT EXISTS (SELECT 1 FROM deadlines AS deadline
                            WHERE deadline.kind = 'reservation-expiry' AND deadline.subject_id = reservation.id)`,
  },
];

/** Goods that records say are under way or at a site, against what the ledger says. */
const RECORDS: readonly Invariant[] = [
  {
    id: 'supplies.transit-equals-records',
    title:
      'On the road is what was issued, transferred or lent and neither handed over, received, settled nor taken back',
    sql: `WITH recorded AS (
            SELECT shipment_id, item_code, quantity_base FROM issue_order_lines WHERE state = 'issued'
            UNION ALL
            SELECT delivery.shipment_id, line.item_code, -(line.received_base + line.damaged_base + line.lost_base)
            FROM delivery_lines AS line JOIN deliveries AS delivery USING (trip_id)
            UNION ALL
            SELECT goods.shipment_id, line.item_code, -(line.usable_base + line.damaged_base + line.lost_base)
            FROM return_lines AS line JOIN returns AS goods ON goods.id = line.return_id
            WHERE goods.origin = 'transit'
            UNION ALL
            SELECT lot.journey_id, lot.item_code, lot.sent_base - lot.received_base - lot.damaged_base - lot.lost_base
            FROM sharing_journey_lots AS lot
            UNION ALL
            SELECT transfer_id, item_code, quantity_base FROM transfer_lots
            UNION ALL
            SELECT receipt.transfer_id, line.item_code, -(line.received_base + line.damaged_base)
            FROM transfer_receipt_lines AS line JOIN transfer_receipts AS receipt ON receipt.id = line.receipt_id
            UNION ALL
            SELECT movement.shipment_id, lot.item_code, -posting.quantity_base
            FROM movements AS movement JOIN postings AS posting ON posting.movement_id = movement.id
            JOIN lots AS lot ON lot.id = posting.lot_id WHERE movement.kind = 'difference'
          )
          SELECT coalesce(kept.account, 'transit:' || expected.shipment_id) AS account, kept.quantity_base AS kept_base,
                 expected.quantity_base AS recorded_base
          FROM (SELECT account, item_code, sum(quantity_base) AS quantity_base FROM balances
                WHERE account LIKE 'transit:%' GROUP BY account, item_code HAVING sum(quantity_base) <> 0) AS kept
          FULL JOIN (SELECT shipment_id, item_code, sum(quantity_base) AS quantity_base FROM recorded
                     GROUP BY shipment_id, item_code HAVING sum(quantity_base) <> 0) AS expected
            ON 'transit:' || expected.shipment_id = kept.account AND expected.item_code = kept.item_code
          WHERE kept.quantity_base IS DISTINCT FROM expected.quantity_base`,
  },
  {
    id: 'supplies.site-equals-records',
    title: 'At a site is what was handed over or found there and neither consumed nor returned',
    sql: `WITH undone AS (SELECT reverses_movement_id AS movement_id FROM movements WHERE kind = 'reversal'),
          recorded AS (
            SELECT delivery.site_id, line.item_code, line.received_base + line.damaged_base AS quantity_base
            FROM delivery_lines AS line JOIN deliveries AS delivery USING (trip_id)
            UNION ALL
            SELECT movement.site_id, lot.item_code, posting.quantity_base
            FROM movements AS movement JOIN postings AS posting ON posting.movement_id = movement.id
            JOIN lots AS lot ON lot.id = posting.lot_id
            WHERE movement.kind = 'difference' AND posting.to_account LIKE 'site:%'
            UNION ALL
            SELECT handout.site_id, line.item_code, -line.quantity_base
            FROM handout_lines AS line JOIN handouts AS handout ON handout.id = line.handout_id
            WHERE line.consumed AND handout.movement_id NOT IN (SELECT movement_id FROM undone)
            UNION ALL
            SELECT goods.site_id, line.item_code, -(line.usable_base + line.damaged_base + line.lost_base)
            FROM return_lines AS line JOIN returns AS goods ON goods.id = line.return_id
            WHERE goods.origin = 'site' AND goods.movement_id NOT IN (SELECT movement_id FROM undone)
          )
          SELECT coalesce(kept.site_id, expected.site_id::text) AS site_id, kept.quantity_base AS kept_base,
                 expected.quantity_base AS recorded_base
          FROM (SELECT split_part(account, ':', 2) AS site_id, item_code, sum(quantity_base) AS quantity_base
                FROM balances WHERE account LIKE 'site:%'
                GROUP BY split_part(account, ':', 2), item_code HAVING sum(quantity_base) <> 0) AS kept
          FULL JOIN (SELECT site_id, item_code, sum(quantity_base) AS quantity_base FROM recorded
                     GROUP BY site_id, item_code HAVING sum(quantity_base) <> 0) AS expected
            ON expected.site_id::text = kept.site_id AND expected.item_code = kept.item_code
          WHERE kept.quantity_base IS DISTINCT FROM expected.quantity_base`,
  },
  {
    id: 'supplies.order-fits-its-lines',
    title: 'An open issue order has open lines, a closed one has none',
    sql: `SELECT orders.shipment_id, orders.state FROM issue_orders AS orders
          WHERE (orders.state = 'open') <> EXISTS (
            SELECT 1 FROM issue_order_lines AS line WHERE line.shipment_id = orders.shipment_id AND line.state = 'open')
             OR (orders.state = 'cancelled' AND EXISTS (
            SELECT 1 FROM issue_order_lines AS line
            WHERE line.shipment_id = orders.shipment_id AND line.state = 'issued'))`,
  },
];

const HANDOUT_LISTS: readonly Invariant[] = [
  {
    id: 'supplies.handout-list-adds-up',
    title: 'The list of a hand-out adds up to what was handed out',
    sql: `SELECT line.handout_id, line.line_id, line.quantity_base, listed.quantity_base AS listed_base
          FROM handout_lines AS line
          LEFT JOIN (SELECT handout_id, line_id, sum(quantity_base) AS quantity_base FROM handout_recipient_lines
                     GROUP BY handout_id, line_id) AS listed USING (handout_id, line_id)
          WHERE EXISTS (SELECT 1 FROM handout_recipients AS recipient WHERE recipient.handout_id = line.handout_id)
            AND listed.quantity_base IS DISTINCT FROM line.quantity_base`,
  },
];

const COUNTS: readonly Invariant[] = [
  {
    id: 'supplies.count-movement-equals-variances',
    title: 'A count moves exactly what its approved lines changed',
    sql: `SELECT coalesce(posted.movement_id, counted.movement_id) AS movement_id, posted.change_base, counted.change_base
          FROM (SELECT posting.movement_id, posting.lot_id,
                       sum(CASE WHEN posting.from_account = 'count-difference' THEN posting.quantity_base
                                ELSE -posting.quantity_base END) AS change_base
                FROM postings AS posting JOIN movements AS movement ON movement.id = posting.movement_id
                WHERE movement.kind = 'count' GROUP BY posting.movement_id, posting.lot_id) AS posted
          FULL JOIN (SELECT movement_id, lot_id, sum(adjusted_base) AS change_base FROM count_lines
                     WHERE movement_id IS NOT NULL GROUP BY movement_id, lot_id) AS counted
            ON counted.movement_id = posted.movement_id AND counted.lot_id = posted.lot_id
          WHERE posted.change_base IS DISTINCT FROM counted.change_base`,
  },
  {
    id: 'supplies.count-fits-its-lines',
    title: 'A count that is over holds no lots, and a closed one has counted all its lines',
    sql: `SELECT line.id FROM count_lines AS line JOIN counts AS count ON count.id = line.count_id
          WHERE line.open = (count.state IN ('closed', 'cancelled'))
             OR (count.state = 'closed' AND (line.state <> 'counted' OR line.adjusted_base IS NULL
                 OR line.counted_base - line.balance_base <> line.adjusted_base - line.missing_reserved_base))`,
  },
];

/** What the rows of the supplies service must keep at all times. */
export const invariants: readonly Invariant[] = [
  ...LEDGER, // one line each: features are added side by side
  ...PROMISES,
  ...RECORDS,
  ...WAREHOUSE_INVARIANTS,
  ...HANDOUT_LISTS,
  ...COUNTS,
  ...kitInvariants,
  ...purchaseInvariants,
  ...rotationInvariants,
  ...standardInvariants,
  ...donationInvariants,
  ...reserveInvariants,
  ...sharingInvariants,
  ...importInvariants,
];
