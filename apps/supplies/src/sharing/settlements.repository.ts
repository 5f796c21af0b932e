import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';

export interface Settlement {
  readonly id: string;
  readonly state: 'proposed' | 'confirmed' | 'refused';
  readonly quantityBase: number;
  readonly proposedFor: 'lender' | 'borrower';
  readonly proposedById: string;
}

export interface NewSettlement {
  readonly loanId: string;
  readonly caller: Caller;
  readonly side: 'lender' | 'borrower';
  readonly quantityBase: number;
  readonly unitPriceFen: number;
  readonly documentNumber: string;
}

/** Writes settlements in money; the loan is locked by the caller. */
@Injectable()
export class SettlementsRepository {
  async insert(tx: Tx, { loanId, caller, side, quantityBase, unitPriceFen, documentNumber }: NewSettlement) {
    const id = newId();
    await tx.execute(
      `INSERT INTO loan_settlements (id, loan_id, quantity_base, unit_price_fen, amount_fen, document_number, state,
                                     proposed_for, proposed_by, proposed_by_id)
       VALUES ($1, $2, $3, $4, $3::bigint * $4::bigint, $5, 'proposed', $6, $7, $8)`,
      [id, loanId, quantityBase, unitPriceFen, documentNumber, side, caller.displayName, caller.userId],
    );
    return id;
  }

  /** @throws DomainError SUPPLIES_SETTLEMENT_NOT_FOUND */
  async find(tx: Tx, loanId: string, id: string): Promise<Settlement> {
    const [row] = await tx.query<Omit<Settlement, 'quantityBase'> & { quantity: string }>(
      `SELECT id, state, quantity_base AS quantity, proposed_for AS "proposedFor", proposed_by_id AS "proposedById"
       FROM loan_settlements WHERE id = $2 AND loan_id = $1 FOR UPDATE`,
      [loanId, id],
    );
    if (!row) throw new DomainError('SUPPLIES_SETTLEMENT_NOT_FOUND');
    return { ...row, quantityBase: safeInteger(row.quantity) };
  }

  async decide(tx: Tx, id: string, state: 'confirmed' | 'refused', caller: Caller): Promise<void> {
    await tx.execute(
      `UPDATE loan_settlements SET state = $2, decided_by = $3, decided_by_id = $4, decided_at = now() WHERE id = $1`,
      [id, state, caller.displayName, caller.userId],
    );
  }
}
