import type { Invariant } from '@ledger/contracts';

/** What donations must keep at all times. */
export const donationInvariants: readonly Invariant[] = [
  {
    id: 'supplies.donation-line-equals-receipt',
    title: 'A line of a donation has received what its receipt brought, one that was undone left out',
    sql: `SELECT line.id, line.received_base, coalesce(sum(part.quantity_base), 0) AS receipts_base
          FROM donation_lines AS line
          LEFT JOIN (SELECT part.line_id, part.lot_id, part.quantity_base
                     FROM donation_receipt_lines AS part JOIN donation_receipts AS receipt ON receipt.id = part.receipt_id
                     WHERE NOT EXISTS (SELECT 1 FROM movements AS reversal
                                       WHERE reversal.reverses_movement_id = receipt.movement_id)) AS part
            ON part.line_id = line.id AND part.lot_id IS NOT DISTINCT FROM line.lot_id
          GROUP BY line.id HAVING line.received_base <> coalesce(sum(part.quantity_base), 0)`,
  },
  {
    id: 'supplies.donation-receipt-equals-movement',
    title: 'A receipt of a donation names what its movement brought in',
    sql: `SELECT coalesce(named.movement_id, posted.movement_id) AS movement_id
          FROM (SELECT receipt.movement_id, part.lot_id, part.quantity_base
                FROM donation_receipt_lines AS part JOIN donation_receipts AS receipt ON receipt.id = part.receipt_id) AS named
          FULL JOIN (SELECT posting.movement_id, posting.lot_id, sum(posting.quantity_base) AS quantity_base
                     FROM postings AS posting
                     WHERE posting.movement_id IN (SELECT movement_id FROM donation_receipts)
                     GROUP BY posting.movement_id, posting.lot_id) AS posted
            ON posted.movement_id = named.movement_id AND posted.lot_id = named.lot_id
          WHERE named.quantity_base IS DISTINCT FROM posted.quantity_base`,
  },
  {
    id: 'supplies.donation-purpose-is-marked',
    title: 'A lot is marked as bound exactly while it has a purpose that nobody lifted',
    sql: `SELECT lot.id FROM lots AS lot LEFT JOIN donation_purposes AS purpose ON purpose.lot_id = lot.id
          LEFT JOIN donation_purpose_lifts AS lift ON lift.lot_id = lot.id
          WHERE lot.purpose_bound <> (purpose.lot_id IS NOT NULL AND lift.lot_id IS NULL)`,
  },
  {
    id: 'supplies.donation-purpose-is-kept',
    title: 'Goods that were given for a purpose went to sites of that purpose only',
    sql: `SELECT movement.id, purpose.lot_id FROM donation_purposes AS purpose
          JOIN postings AS posting ON posting.lot_id = purpose.lot_id
          JOIN movements AS movement ON movement.id = posting.movement_id AND movement.kind = 'issue'
          JOIN sites AS site ON site.id = movement.site_id
          LEFT JOIN donation_purpose_lifts AS lift ON lift.lot_id = purpose.lot_id AND lift.lifted_at <= movement.posted_at
          WHERE lift.lot_id IS NULL AND CASE purpose.purpose_kind
            WHEN 'region' THEN site.region_code NOT LIKE purpose.purpose_region_code || '%'
            WHEN 'incident' THEN site.incident_id <> purpose.purpose_incident_id
            ELSE true END`,
  },
];
