import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import type { JointReserveStepResponse, PutLotsRequest } from './dto/joint-reserve.dto';
import { JointReservesRepository, type JointLot } from './joint-reserves.repository';
import type { JointStock } from './joint-stock';
import { JourneysRepository } from './journeys.repository';

/** Puts lots into a joint reserve: from then on every piece counts for its owners by their shares. */
@Injectable()
export class PutJointLotsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly reserves: JointReservesRepository,
    private readonly journeys: JourneysRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_JOINT_RESERVE_NOT_FOUND, SUPPLIES_JOINT_RESERVE_NOT_IN_FORCE,
   *   SUPPLIES_DEPOT_NOT_FOUND (out of the caller's reach), SUPPLIES_LOT_NOT_FOUND, SUPPLIES_JOINT_LOT_UNFIT (of a region
   *   that is no owner, given for a purpose, held jointly already, promised, or lying elsewhere as well)
   */
  async execute(tx: Tx, caller: Caller, id: string, { lotIds }: PutLotsRequest): Promise<JointReserveStepResponse> {
    const stock = await this.reserves.lockFor(tx, caller, id, chinaDay(tx.now));
    await this.depots.findFor(tx, caller, stock.depotId);
    const ids = lotIds.map((lotId) => lotId.toLowerCase());
    const lots = await this.fitLots(tx, stock, ids);
    await this.reserves.putLots(tx, stock.reserveId, lots, caller.displayName);
    return { reserveId: stock.reserveId, number: stock.number };
  }

  private async fitLots(tx: Tx, stock: JointStock, ids: readonly string[]): Promise<JointLot[]> {
    const known = await this.journeys.lots(tx, ids);
    const lying = await lyingIn(tx, stock.depotId, ids);
    return ids.map((lotId) => {
      const lot = known.get(lotId);
      const { here = 0, elsewhere = 0 } = lying.get(lotId) ?? {};
      if (!lot || lot.itemCode !== stock.itemCode || here + elsewhere === 0) {
        throw new DomainError('SUPPLIES_LOT_NOT_FOUND', { facts: { lotId } });
      }
      const isOwned = stock.owners.some(({ regionCode }) => regionCovers(regionCode, lot.ownerRegionCode));
      if (!isOwned || lot.purposeBound || lot.joint || elsewhere > 0) {
        throw new DomainError('SUPPLIES_JOINT_LOT_UNFIT', { facts: { lotId } });
      }
      return { lotId, expiryDate: lot.expiryDate, quantityBase: here };
    });
  }
}

/** Pieces that are free or held in the depot, and those that are promised, on the road or somewhere else. */
async function lyingIn(tx: Tx, depotId: string, lotIds: readonly string[]) {
  const rows = await tx.query<{ lot_id: string; here: string; elsewhere: string }>(
    `SELECT lot_id, coalesce(sum(quantity_base) FILTER (WHERE free), 0) AS here,
            coalesce(sum(quantity_base) FILTER (WHERE NOT free), 0) AS elsewhere
     FROM (SELECT lot_id, quantity_base,
                  account IN ('depot:' || $2::uuid || ':available', 'depot:' || $2::uuid || ':quarantine') AS free
           FROM balances WHERE lot_id = ANY($1) AND quantity_base > 0 AND position(':' IN account) > 0
           ORDER BY account, lot_id FOR UPDATE) AS balance GROUP BY lot_id`,
    [lotIds, depotId],
  );
  return new Map(
    rows.map((row) => [row.lot_id, { here: safeInteger(row.here), elsewhere: safeInteger(row.elsewhere) }]),
  );
}
