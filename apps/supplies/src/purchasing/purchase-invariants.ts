import type { Invariant } from '@ledger/contracts';
import { CALLED_BASE } from './frameworks.repository';

const COUNTED_RECEIPTS = `
  SELECT receipt.movement_id, part.line_id, part.lot_id, part.quantity_base
  FROM purchase_receipt_lines AS part JOIN purchase_receipts AS receipt ON receipt.id = part.receipt_id
  WHERE NOT EXISTS (SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = receipt.movement_id)`;

/** What purchases and signatures must keep at all times. */
export const purchaseInvariants: readonly Invariant[] = [
  {
    id: 'supplies.purchase-line-equals-receipts',
    title: 'A line of a purchase order has received what its receipts brought, those that were undone left out',
    sql: `SELECT line.id, line.received_base, coalesce(sum(part.quantity_base), 0) AS receipts_base
          FROM purchase_order_lines AS line LEFT JOIN (${COUNTED_RECEIPTS}) AS part ON part.line_id = line.id
          GROUP BY line.id HAVING line.received_base <> coalesce(sum(part.quantity_base), 0)`,
  },
  {
    id: 'supplies.purchase-receipt-equals-movement',
    title: 'A receipt against an order names what its movement brought in',
    sql: `SELECT coalesce(named.movement_id, posted.movement_id) AS movement_id
          FROM (SELECT receipt.movement_id, part.lot_id, sum(part.quantity_base) AS quantity_base
                FROM purchase_receipt_lines AS part JOIN purchase_receipts AS receipt ON receipt.id = part.receipt_id
                GROUP BY receipt.movement_id, part.lot_id) AS named
          FULL JOIN (SELECT posting.movement_id, posting.lot_id, sum(posting.quantity_base) AS quantity_base
                     FROM postings AS posting
                     WHERE posting.movement_id IN (SELECT movement_id FROM purchase_receipts)
                     GROUP BY posting.movement_id, posting.lot_id) AS posted
            ON posted.movement_id = named.movement_id AND posted.lot_id = named.lot_id
          WHERE named.quantity_base IS DISTINCT FROM posted.quantity_base`,
  },
  {
    id: 'supplies.framework-within-maximum',
    title: 'No framework agreement is called above its maximum',
    sql: `SELECT item.framework_id, item.item_code FROM framework_items AS item
          WHERE item.maximum_base IS NOT NULL AND ${CALLED_BASE} > item.maximum_base`,
  },
  {
    id: 'supplies.papers-have-a-deadline',
    title: 'Whatever waits for a signature has a deadline',
    sql: `SELECT approval.id FROM approvals AS approval WHERE approval.state = 'pending' AND NOT EXISTS (
            SELECT 1 FROM deadlines AS deadline
            WHERE deadline.kind = 'papers-due' AND deadline.subject_id = approval.id)`,
  },
];
