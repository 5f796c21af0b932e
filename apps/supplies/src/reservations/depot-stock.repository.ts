import { Injectable } from '@nestjs/common';
import { depotAccount } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { DonationPurposes } from '../donations/purposes.repository';
import { NOT_JOINT } from '../sharing/joint-lots';
import type { Day } from '../stock/domain/calendar';
import type { LotQuality } from '../stock/domain/lot';
import type { DepotStock } from './domain/decide-reservation';

interface WantedStock {
  readonly itemCode: string;
  readonly depotIds: readonly string[];
  readonly today: Day;
  /** Where the goods are for; goods that were given for a purpose are free only where it is known to fit. */
  readonly destination?: { readonly regionCode: string; readonly incidentId: string };
}

/** What depots could promise, read under locks. */
@Injectable()
export class DepotStockRepository {
  constructor(private readonly purposes: DonationPurposes) {}

  async itemExists(tx: Tx, itemCode: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM items WHERE code = $1', [itemCode])).length > 0;
  }

  /**
   * Free stock of an item in depots, with the reserve standard in force. The balances that a reservation changes are
   * locked first, in the order of their keys, so that two callers can never both see the same free piece.
   * @returns one entry per depot that exists; a depot without the item has no lots
   */
  async lock(tx: Tx, wanted: WantedStock): Promise<DepotStock[]> {
    const accounts = wanted.depotIds.flatMap((id) => [depotAccount(id, 'available'), depotAccount(id, 'reserved')]);
    await tx.query(
      `SELECT 1 FROM balances WHERE item_code = $1 AND depot_id = ANY($2) AND in_stock AND account = ANY($3)
       ORDER BY account, lot_id FOR UPDATE`,
      [wanted.itemCode, wanted.depotIds, accounts],
    );
    const lots = await this.unbound(tx, await freeLots(tx, wanted), wanted);
    const depots = await tx.query<{ id: string; code: string; floor_base: string }>(
      `SELECT id, code, reserve_floor(id, $1, $3::date) AS floor_base
       FROM depots WHERE id = ANY($2)`,
      [wanted.itemCode, wanted.depotIds, wanted.today],
    );
    return depots.map(({ id, code, floor_base }) => ({
      depotId: id,
      depotCode: code,
      floorBase: safeInteger(floor_base),
      lots: lots.filter((lot) => lot.depotId === id),
    }));
  }

  /** Without the lots that were given for something else. */
  private async unbound(tx: Tx, lots: readonly BoundableLot[], wanted: WantedStock): Promise<BoundableLot[]> {
    const { regionCode = null, incidentId = null } = wanted.destination ?? {};
    const boundIds = lots.filter(({ purposeBound }) => purposeBound).map(({ lotId }) => lotId);
    const elsewhere = await this.purposes.boundElsewhere(tx, boundIds, { regionCode, incidentId, group: null });
    return lots.filter(({ lotId }) => !elsewhere.has(lotId));
  }
}

type BoundableLot = DepotStock['lots'][number] & { readonly depotId: string; readonly purposeBound: boolean };

async function freeLots(
  tx: Tx,
  wanted: { readonly itemCode: string; readonly depotIds: readonly string[] },
): Promise<BoundableLot[]> {
  const rows = await tx.query<{
    depot_id: string;
    lot_id: string;
    expiry_date: Day | null;
    quality: LotQuality;
    purpose_bound: boolean;
    quantity_base: string;
  }>(
    `SELECT balance.depot_id, balance.lot_id, lot.expiry_date::text, lot.quality, lot.purpose_bound,
            balance.quantity_base
     FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
     WHERE balance.item_code = $1 AND balance.depot_id = ANY($2) AND balance.in_stock AND balance.account = ANY($3)
       AND ${NOT_JOINT}`,
    [wanted.itemCode, wanted.depotIds, wanted.depotIds.map((id) => depotAccount(id, 'available'))],
  );
  return rows.map((row) => ({
    depotId: row.depot_id,
    lotId: row.lot_id,
    expiryDate: row.expiry_date,
    quality: row.quality,
    purposeBound: row.purpose_bound,
    quantityBase: safeInteger(row.quantity_base),
  }));
}
