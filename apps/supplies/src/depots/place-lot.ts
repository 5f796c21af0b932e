import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import { BinsRepository } from './bins.repository';
import type { PlacedLotResponse } from './dto/bin.dto';

export interface LotPlacement {
  readonly depotId: string;
  readonly binId: string;
  readonly lotId: string;
  readonly caller: Caller;
  readonly quantityBase: number;
}

/** Notes how much of a lot lies in a bin. The ledger does not know bins: this only says where to look. */
@Injectable()
export class PlaceLotUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly bins: BinsRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   SUPPLIES_BIN_NOT_FOUND, SUPPLIES_QUANTITY_EXCEEDS_BALANCE when more would be noted in the depot's bins than it
   *   holds of the lot, which is also the answer for a lot that is not there
   */
  async execute(tx: Tx, placement: LotPlacement): Promise<PlacedLotResponse> {
    const { depotId, binId, lotId, caller, quantityBase } = placement;
    const depot = await this.depots.findFor(tx, caller, depotId);
    await this.bins.binLabel(tx, depot.id, binId);
    await this.bins.lockPlacements(tx, depot.id, lotId);
    const { balanceBase, elsewhereBase } = await this.bins.lotInDepot(tx, { depotId: depot.id, lotId, binId });
    const freeBase = balanceBase - elsewhereBase;
    if (quantityBase > 0 && quantityBase > freeBase) {
      throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
        detail: `the depot holds ${balanceBase} of the lot, ${elsewhereBase} of them in other bins`,
        facts: { balanceBase, elsewhereBase },
      });
    }
    await this.bins.place(tx, { binId, lotId, quantityBase, by: recorderOf(caller) });
    return { binId, lotId, quantityBase, unplacedBase: Math.max(0, freeBase - quantityBase) };
  }
}
