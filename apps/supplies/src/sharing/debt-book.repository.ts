import { Injectable } from '@nestjs/common';
import { newId, type Tx } from '@ledger/platform';
import type { Loan } from './loans.repository';

export interface DebtEntry {
  readonly loan: Loan;
  readonly kind: 'lent' | 'given-back' | 'settled';
  /** Integer > 0. */
  readonly quantityBase: number;
  readonly cause: { readonly movementId: string } | { readonly settlementId: string };
  readonly recordedBy: string;
}

/**
 * The second book: what regions owe each other, by item. Every entry has two sides, one in each region's book, that sum
 * to zero; balances follow from the entries in the same transaction. Nothing else writes it.
 */
@Injectable()
export class DebtBookRepository {
  async post(tx: Tx, { loan, kind, quantityBase, cause, recordedBy }: DebtEntry): Promise<void> {
    const { lenderRegionCode: lender, borrowerRegionCode: borrower, itemCode } = loan;
    const account = `owed:${lender}:${borrower}`;
    const changeBase = kind === 'lent' ? quantityBase : -quantityBase;
    const { movementId = null, settlementId = null } = { ...cause } as { movementId?: string; settlementId?: string };
    const sides = { regions: [lender, borrower], others: [borrower, lender], changes: [changeBase, -changeBase] };
    await tx.execute(
      `INSERT INTO mutual_aid_entries (id, region_code, counterparty_region_code, change_base, account, item_code, kind,
                                       loan_id, movement_id, settlement_id, recorded_by)
       SELECT $1, side.region, side.other, side.change, $5, $6, $7, $8, $9, $10, $11
       FROM unnest($2::text[], $3::text[], $4::bigint[]) AS side (region, other, change)`,
      [
        ...[newId(), sides.regions, sides.others, sides.changes, account, itemCode, kind, loan.id, movementId],
        ...[settlementId, recordedBy],
      ],
    );
    await tx.execute(
      `INSERT INTO mutual_aid_balances (region_code, account, item_code, counterparty_region_code, balance_base)
       SELECT side.region, $3, $4, side.other, 0 FROM unnest($1::text[], $2::text[]) AS side (region, other)
       ORDER BY side.region ON CONFLICT DO NOTHING`,
      [sides.regions, sides.others, account, itemCode],
    );
    await tx.execute(
      `UPDATE mutual_aid_balances AS balance SET balance_base = balance.balance_base + side.change
       FROM (SELECT locked.region_code, given.change
             FROM (SELECT region_code FROM mutual_aid_balances WHERE account = $3 AND item_code = $4
                   ORDER BY region_code FOR UPDATE) AS locked
             JOIN unnest($1::text[], $2::bigint[]) AS given (region, change) ON given.region = locked.region_code) AS side
       WHERE balance.region_code = side.region_code AND balance.account = $3 AND balance.item_code = $4`,
      [sides.regions, sides.changes, account, itemCode],
    );
  }
}
