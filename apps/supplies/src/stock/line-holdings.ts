import { DomainError, type Account } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Day } from './domain/calendar';
import type { LotQuality } from './domain/lot';
import type { ConditionedHolding } from './domain/put-away';

interface HoldingRow {
  readonly account: Account;
  readonly line_id: string;
  readonly lot_id: string;
  readonly item_code: string;
  readonly expiry_date: Day | null;
  readonly quality: LotQuality;
  readonly quantity_base: string;
}

/**
 * What accounts hold for allocation lines, by lot. Balances do not know lines, so this adds up the postings of the
 * lines. The caller acts on it in the same transaction and holds the lock of the shipment or site whose accounts these
 * are. The lots stay shared until its end, so that what is decided by their quality is still true when it is posted.
 * @throws DomainError SUPPLIES_LEDGER_CORRUPT when the postings of a line take more from an account than came in
 */
export async function holdingsOfLines(
  tx: Tx,
  accounts: readonly Account[],
  lineIds: readonly string[],
): Promise<ConditionedHolding[]> {
  await tx.query(
    'SELECT 1 FROM lots WHERE id IN (SELECT lot_id FROM postings WHERE line_id = ANY($1)) ORDER BY id FOR SHARE',
    [lineIds],
  );
  const rows = await tx.query<HoldingRow>(
    `SELECT side.account, posting.line_id, posting.lot_id, lot.item_code, lot.expiry_date::text, lot.quality,
            sum(side.change_base) AS quantity_base
     FROM postings AS posting
     JOIN lots AS lot ON lot.id = posting.lot_id
     CROSS JOIN LATERAL (VALUES (posting.from_account, -posting.quantity_base),
                                (posting.to_account, posting.quantity_base)) AS side (account, change_base)
     WHERE posting.line_id = ANY($2) AND side.account = ANY($1)
     GROUP BY side.account, posting.line_id, posting.lot_id, lot.id
     HAVING sum(side.change_base) <> 0`,
    [accounts, lineIds],
  );
  return rows.map(holdingOf);
}

function holdingOf(row: HoldingRow): ConditionedHolding {
  const quantityBase = safeInteger(row.quantity_base);
  if (quantityBase < 0) {
    throw new DomainError('SUPPLIES_LEDGER_CORRUPT', {
      detail: `line ${row.line_id} took too much from ${row.account}`,
    });
  }
  return {
    account: row.account,
    lineId: row.line_id,
    lotId: row.lot_id,
    itemCode: row.item_code,
    expiryDate: row.expiry_date,
    quality: row.quality,
    quantityBase,
  };
}
