import type { Invariant } from '@ledger/contracts';

/** What the records of warehouses and transfers must keep, beside and against the ledger. */
export const WAREHOUSE_INVARIANTS: readonly Invariant[] = [
  {
    id: 'supplies.only-good-is-available',
    title: 'No piece of a held or recalled lot is free',
    sql: `SELECT balance.account, balance.lot_id, lot.quality FROM balances AS balance
          JOIN lots AS lot ON lot.id = balance.lot_id
          WHERE balance.quantity_base > 0 AND right(balance.account, 10) = ':available' AND lot.quality <> 'good'`,
  },
  {
    id: 'supplies.numbered-lot-is-one-piece',
    title: 'Of a numbered piece there is never more than one',
    sql: `SELECT lot.id, lot.serial_number FROM lots AS lot JOIN balances AS balance ON balance.lot_id = lot.id
          WHERE lot.serial_number IS NOT NULL AND position(':' IN balance.account) > 0
          GROUP BY lot.id HAVING sum(balance.quantity_base) > 1`,
  },
  {
    id: 'supplies.quarantine-covers-its-work',
    title: 'What waits for an inspection or a scrap decision lies in quarantine',
    sql: `SELECT waiting.depot_id, waiting.lot_id FROM (
            SELECT depot_id, lot_id, quantity_base FROM inspections WHERE state = 'open'
            UNION ALL SELECT depot_id, lot_id, quantity_base FROM scrap_proposals WHERE state = 'proposed') AS waiting
          LEFT JOIN balances AS balance
            ON balance.account = 'depot:' || waiting.depot_id || ':quarantine' AND balance.lot_id = waiting.lot_id
          GROUP BY waiting.depot_id, waiting.lot_id, balance.quantity_base
          HAVING sum(waiting.quantity_base) > coalesce(balance.quantity_base, 0)`,
  },
  {
    id: 'supplies.warehouse-records-equal-movements',
    title: 'What was put away, scrapped and sent back is what the ledger moved',
    sql: `SELECT record.movement_id, record.lot_id FROM (
            SELECT movement_id, lot_id, accepted_base AS quantity_base, 'put-away' AS kind FROM inspections
            WHERE accepted_base > 0
            UNION ALL SELECT movement_id, lot_id, quantity_base, 'scrap' FROM scrap_proposals WHERE state = 'approved'
            UNION ALL SELECT movement_id, lot_id, quantity_base, 'send-back' FROM scrap_send_backs
            UNION ALL SELECT moved.movement_id, notice.lot_id, moved.quantity_base,
                             CASE notice.action WHEN 'release' THEN 'put-away' ELSE 'quarantine' END
                      FROM recall_movements AS moved JOIN recall_notices AS notice ON notice.id = moved.notice_id
          ) AS record
          LEFT JOIN movements AS movement ON movement.id = record.movement_id AND movement.kind = record.kind
          LEFT JOIN postings AS posting
            ON posting.movement_id = movement.id AND posting.lot_id = record.lot_id
          GROUP BY record.movement_id, record.lot_id, record.quantity_base
          HAVING coalesce(sum(posting.quantity_base), 0) <> record.quantity_base`,
  },
  {
    id: 'supplies.quality-equals-last-notice',
    title: 'A lot has the quality that the last notice about it gave it',
    sql: `SELECT lot.id, lot.quality, last.action FROM lots AS lot
          JOIN (SELECT DISTINCT ON (lot_id) lot_id, action FROM recall_notices
                ORDER BY lot_id, recorded_at DESC, id DESC) AS last ON last.lot_id = lot.id
          WHERE lot.quality <> CASE last.action WHEN 'hold' THEN 'held' WHEN 'withdraw' THEN 'held'
                                                WHEN 'recall' THEN 'recalled' ELSE 'good' END`,
  },
  {
    id: 'supplies.work-has-an-end',
    title: 'Whatever waits in a warehouse or on the road has a deadline',
    sql: `SELECT waiting.kind, waiting.id FROM (
            SELECT 'inspection-due' AS kind, id FROM inspections WHERE state = 'open'
            UNION ALL SELECT 'scrap-decision-due', id FROM scrap_proposals WHERE state = 'proposed'
            UNION ALL SELECT 'transfer-settlement-due', id FROM transfer_settlements WHERE state = 'proposed'
            UNION ALL SELECT CASE state WHEN 'ordered' THEN 'transfer-dispatch-due' ELSE 'transfer-arrival-due' END, id
                      FROM transfers WHERE state IN ('ordered', 'dispatched')) AS waiting
          WHERE NOT EXISTS (SELECT 1 FROM deadlines AS deadline
                            WHERE deadline.kind = waiting.kind AND deadline.subject_id = waiting.id)`,
  },
  {
    id: 'supplies.transfer-fits-its-state',
    title: 'A transfer has goods on the road exactly while it is dispatched',
    sql: `SELECT transfer.id, transfer.state FROM transfers AS transfer
          WHERE (transfer.state = 'dispatched') <> EXISTS (
            SELECT 1 FROM balances AS balance
            WHERE balance.account = 'transit:' || transfer.id AND balance.quantity_base > 0)`,
  },
  {
    id: 'supplies.transfer-sends-no-more-than-ordered',
    title: 'A transfer sends no more of an item than was ordered',
    sql: `SELECT sent.transfer_id, sent.item_code FROM (
            SELECT transfer_id, item_code, sum(quantity_base) AS quantity_base FROM transfer_lots
            GROUP BY transfer_id, item_code) AS sent
          LEFT JOIN (SELECT transfer_id, item_code, sum(quantity_base) AS quantity_base FROM transfer_lines
                     GROUP BY transfer_id, item_code) AS ordered USING (transfer_id, item_code)
          WHERE sent.quantity_base > coalesce(ordered.quantity_base, 0)`,
  },
];
