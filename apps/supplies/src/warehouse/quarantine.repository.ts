import { Injectable } from '@nestjs/common';
import { depotAccount } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';

/** What a depot has of a lot in quarantine, and how much of it waits for an inspection or a scrap decision. */
export interface QuarantinedLot {
  readonly lotId: string;
  readonly quantityBase: number;
  readonly boundBase: number;
}

/** Pieces in quarantine that nobody has a claim on. */
export const unboundBase = (lot: QuarantinedLot | undefined): number =>
  lot ? Math.max(0, lot.quantityBase - lot.boundBase) : 0;

/** Goods in quarantine. */
@Injectable()
export class QuarantineRepository {
  /**
   * Locks what a depot has of lots in quarantine. Whoever claims pieces holds this lock, so that no piece is claimed
   * twice; that no claimed piece leaves, the database sees to.
   * @returns one entry per lot that has, or once had, pieces there
   */
  async lock(tx: Tx, depotId: string, lotIds: readonly string[]): Promise<Map<string, QuarantinedLot>> {
    const account = depotAccount(depotId, 'quarantine');
    await tx.query(
      'SELECT 1 FROM balances WHERE account = $1 AND lot_id = ANY($2) ORDER BY account, lot_id FOR UPDATE',
      [account, lotIds],
    );
    const rows = await tx.query<{ lot_id: string; quantity_base: string; bound_base: string }>(
      `SELECT balance.lot_id, balance.quantity_base,
              claimed_in_quarantine($1, balance.lot_id) AS bound_base
       FROM balances AS balance WHERE balance.account = $2 AND balance.lot_id = ANY($3)`,
      [depotId, account, lotIds],
    );
    return new Map(
      rows.map((row) => [
        row.lot_id,
        {
          lotId: row.lot_id,
          quantityBase: safeInteger(row.quantity_base),
          boundBase: safeInteger(row.bound_base),
        },
      ]),
    );
  }
}
