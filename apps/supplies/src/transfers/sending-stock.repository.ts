import { Injectable } from '@nestjs/common';
import { depotAccount } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { NOT_JOINT } from '../sharing/joint-lots';
import type { Day } from '../stock/domain/calendar';
import type { LotQuality } from '../stock/domain/lot';
import type { FreePieces } from './domain/plan-dispatch';

/** What a depot could send, read under locks. */
@Injectable()
export class SendingStockRepository {
  /** The free pieces of items; their balances are locked in the order of their keys. */
  async lockFree(tx: Tx, depotId: string, itemCodes: readonly string[]): Promise<FreePieces[]> {
    const parameters = [depotId, itemCodes, depotAccount(depotId, 'available')];
    const where = 'balance.depot_id = $1 AND balance.item_code = ANY($2) AND balance.in_stock AND balance.account = $3';
    await tx.query(`SELECT 1 FROM balances AS balance WHERE ${where} ORDER BY account, lot_id FOR UPDATE`, parameters);
    const rows = await tx.query<{
      lotId: string;
      itemCode: string;
      expiryDate: Day | null;
      quality: LotQuality;
      quantity: string;
    }>(
      `SELECT balance.lot_id AS "lotId", lot.item_code AS "itemCode", lot.expiry_date::text AS "expiryDate", lot.quality,
              balance.quantity_base AS quantity
       FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id WHERE ${where}
         AND ${NOT_JOINT}`,
      parameters,
    );
    return rows.map(({ quantity, ...lot }) => ({ ...lot, quantityBase: safeInteger(quantity) }));
  }

  /** What the depot has to keep of items today. */
  async floors(tx: Tx, depotId: string, itemCodes: readonly string[], today: Day): Promise<Map<string, number>> {
    const rows = await tx.query<{ item_code: string; floor_base: string }>(
      `SELECT item_code, reserve_floor($1, item_code, $3::date) AS floor_base FROM unnest($2::text[]) AS item_code`,
      [depotId, itemCodes, today],
    );
    return new Map(rows.map((row) => [row.item_code, safeInteger(row.floor_base)]));
  }
}
