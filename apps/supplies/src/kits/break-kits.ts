import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { whyNotIssuable } from '../stock/domain/lot';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { StockRepository } from '../stock/stock.repository';
import type { BreakKitsRequest, BreakKitsResponse, GivenBackResponse } from './dto/kit.dto';
import { KitsRepository, type KitLot } from './kits.repository';

export interface KitBreak {
  readonly kitCode: string;
  readonly caller: Caller;
  readonly request: BreakKitsRequest;
}

/** Takes kits apart, wherever they lie by now. */
@Injectable()
export class BreakKitsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly kits: KitsRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * One movement gives back the same pieces of the same lots that went in. Those that may not be issued by now, and all
   * from kits that are held or recalled themselves, go to quarantine.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   SUPPLIES_LOT_NOT_FOUND, SUPPLIES_KIT_NOT_BREAKABLE, SUPPLIES_QUANTITY_EXCEEDS_BALANCE when fewer kits lie there
   *   or were built and not taken apart yet
   */
  async execute(tx: Tx, { kitCode, caller, request }: KitBreak, cause: Cause): Promise<BreakKitsResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    const lot = await this.kits.lockKitLot(tx, kitCode, request.lotId);
    const { kits, reason } = request;
    if (kits > lot.unbrokenKits) {
      throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
        detail: `${lot.unbrokenKits} kits of the lot were built and not taken apart yet`,
        facts: { unbrokenKits: lot.unbrokenKits },
      });
    }
    const components = await this.givenBack(tx, lot, kits, chinaDay(tx.now));
    const from = depotAccount(depot.id, request.from);
    const broken = {
      lotId: lot.lotId,
      itemCode: kitCode,
      expiryDate: lot.expiryDate,
      quantityBase: kits,
      lineId: null,
    };
    const postings: Posting[] = [
      { ...broken, from, to: 'kitted' },
      ...components.map(({ state, ...part }): Posting => {
        return { ...part, from: 'kitted', to: depotAccount(depot.id, state), lineId: null };
      }),
    ];
    const header = { businessKey: `kit-break:${newId()}`, kind: 'kit-break', depotId: depot.id, note: reason } as const;
    const movement = { ...header, recordedBy: recorderOf(caller) };
    const { movementId, postedAt } = await this.stock.post(tx, movement, postings, cause);
    await this.kits.insertBreak(tx, { movementId, kitLotId: lot.lotId, depotId: depot.id, kits, reason });
    return {
      movementId,
      postedAt: postedAt.toISOString(),
      depotId: depot.id,
      lotId: lot.lotId,
      kits,
      components: components.map(({ expiryDate: _expiryDate, ...part }) => part),
    };
  }

  private async givenBack(
    tx: Tx,
    lot: KitLot,
    kits: number,
    today: string,
  ): Promise<(GivenBackResponse & { expiryDate: string | null })[]> {
    const parts = await this.kits.partsOf(tx, lot.lotId);
    return parts.map(({ lotId, itemCode, expiryDate, quality, quantityPerKit }) => {
      const unusable = lot.quality !== 'good' || whyNotIssuable({ expiryDate, quality }, today);
      const state = unusable ? 'quarantine' : 'available';
      return { lotId, itemCode, expiryDate, quantityBase: quantityPerKit * kits, state };
    });
  }
}
