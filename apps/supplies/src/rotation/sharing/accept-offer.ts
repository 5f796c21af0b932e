import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { mayActAt } from '../../scope';
import { chinaDay, type Day } from '../../stock/domain/calendar';
import { whyNotIssuable } from '../../stock/domain/lot';
import { OrderTransferUseCase } from '../../transfers/order-transfer';
import { addDays, daysBetween } from '../domain/months';
import type { LotInDepot } from '../lots-in-depots';
import { RotationLotsRepository } from '../rotation-lots.repository';
import { DemandsRepository, type LockedDemand } from './demands.repository';
import { usableFor } from './domain/match';
import { travelDays, type Stop } from './domain/travel';
import type { AcceptOfferRequest, AcceptedResponse, FallenThroughResponse } from './dto/sharing.dto';
import { EndAcceptance } from './end-acceptance';
import { OffersRepository, type Offer } from './offers.repository';

export interface OfferAcceptance {
  readonly offerId: string;
  readonly caller: Caller;
  readonly request: AcceptOfferRequest;
}

/** Another place takes goods that are offered, while they have life left on arrival. */
@Injectable()
export class AcceptOfferUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: RotationLotsRepository,
    private readonly offers: OffersRepository,
    private readonly demands: DemandsRepository,
    private readonly transfers: OrderTransferUseCase,
    private readonly ending: EndAcceptance,
  ) {}

  /**
   * What was true when the goods were offered is checked again: the offering place stays above its floor.
   * @throws DomainError in this order: SUPPLIES_ROTATION_OFFER_NOT_FOUND, SUPPLIES_DEPOT_NOT_FOUND (also out of the
   *   caller's reach), SUPPLIES_ROTATION_OFFER_ENDED, REQUEST_INVALID for the offering depot itself,
   *   SUPPLIES_ROTATION_OFFER_EXCEEDED, SUPPLIES_LOT_NOT_ISSUABLE, SUPPLIES_QUANTITY_EXCEEDS_BALANCE,
   *   SUPPLIES_ROTATION_DEMAND_NOT_FOUND, SUPPLIES_ROTATION_DEMAND_ENDED, SUPPLIES_ROTATION_OFFER_TOO_LATE,
   *   SUPPLIES_FLOOR_REACHED
   * Source: plan 004 §3 (mutual aid), plan 004 §27 (sharing).
   */
  async accept(
    tx: Tx,
    { offerId, caller, request }: OfferAcceptance,
    causeFor: (offerId: string) => Cause,
  ): Promise<AcceptedResponse> {
    const offer = await this.offers.lock(tx, offerId);
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'receive');
    const today = chinaDay(tx.now);
    assertOpen(offer, depot.id, request.quantityBase, today);
    const demand = request.demandId === undefined ? null : await this.demands.lock(tx, request.demandId);
    const spare = await this.offers.lockSpare(tx, today, offer);
    const lot = await this.lots.find(tx, today, offer.depotId, offer.lotId);
    assertLasting(lot, request.quantityBase + spare.acceptedBase, today);
    assertDemanded(demand, { depotId: depot.id, quantityBase: request.quantityBase });
    const journey = { offer, lot, depotId: depot.id, quantityBase: request.quantityBase, today };
    const arrivesOn = await this.arrival(tx, journey, demand);
    if (request.quantityBase > spare.spareBase) {
      throw new DomainError('SUPPLIES_FLOOR_REACHED', {
        detail: `the offering depot can spare ${Math.max(0, spare.spareBase)} now`,
        facts: { askedBase: request.quantityBase, spareBase: Math.max(0, spare.spareBase) },
      });
    }
    const { quantityBase } = request;
    const taken = { offerId: offer.id, demandId: demand?.id ?? null, depotId: depot.id, quantityBase, arrivesOn };
    const acceptanceId = await this.offers.insertAcceptance(tx, taken, caller);
    await this.offers.take(tx, offer, quantityBase);
    if (demand) await this.demands.take(tx, demand.id, quantityBase);
    const lifeLeftDays = daysBetween(arrivesOn, lot.life.end);
    const transferId = await this.orderTransfer(tx, { offer, acceptanceId, taken }, caller, causeFor(offer.id));
    return { acceptanceId, offerId: offer.id, quantityBase, arrivesOn, lifeLeftDays, transferId };
  }

  /**
   * What was accepted does not come after all: either side may say so until the goods are on their way. Its
   * transfer is called off with it.
   * @throws DomainError SUPPLIES_ROTATION_OFFER_NOT_FOUND (also for people of neither side), SUPPLIES_ROTATION_OFFER_ENDED
   */
  async fallThrough(tx: Tx, caller: Caller, acceptanceId: string): Promise<FallenThroughResponse> {
    const offer = await this.offers.lock(tx, await this.offers.offerOf(tx, acceptanceId));
    const acceptance = await this.offers.lockAcceptance(tx, acceptanceId);
    if (!mayActAt(caller, offer)) await this.depots.findFor(tx, caller, acceptance.depotId, 'clear');
    if (acceptance.state !== 'accepted') throw new DomainError('SUPPLIES_ROTATION_OFFER_ENDED');
    await this.ending.callOff(tx, acceptance, caller);
    await this.ending.fallThrough(tx, offer, acceptance);
    return { acceptanceId: acceptance.id, state: 'fallen-through' };
  }

  /** The offer is the consent of the sending side: its keeper finds the transfer among those to be loaded. */
  private async orderTransfer(
    tx: Tx,
    { offer, acceptanceId, taken }: { readonly offer: Offer; readonly acceptanceId: string; readonly taken: Taken },
    caller: Caller,
    cause: Cause,
  ): Promise<string> {
    const line = { itemCode: offer.itemCode, lotId: offer.lotId, quantityBase: taken.quantityBase };
    const goods = { toDepotId: taken.depotId, lines: [line], reason: `rotation offer ${offer.id}` };
    const from = { id: offer.depotId, regionCode: offer.regionCode };
    const { transferId } = await this.transfers.place(tx, from, goods, caller, cause);
    await this.offers.setTransfer(tx, acceptanceId, transferId);
    return transferId;
  }

  private async arrival(tx: Tx, journey: Journey, demand: LockedDemand | null): Promise<Day> {
    const { offer, lot, depotId, quantityBase, today } = journey;
    const [from, to] = [await this.offers.stop(tx, offer.depotId), await this.offers.stop(tx, depotId)];
    const arrivesOn = addDays(today, travelDays(from, to));
    const dying = { itemCode: offer.itemCode, depotId: offer.depotId, at: from, lifeEnd: lot.life.end };
    if (arrivesOn <= lot.life.end && (demand === null || usableFor(dying, useOf(demand, to), today) >= quantityBase)) {
      return arrivesOn;
    }
    throw new DomainError('SUPPLIES_ROTATION_OFFER_TOO_LATE', {
      detail: `the goods would arrive on ${arrivesOn} and keep until ${lot.life.end}`,
      facts: { arrivesOn, lifeEnd: lot.life.end },
    });
  }
}

interface Taken {
  readonly depotId: string;
  readonly quantityBase: number;
}

interface Journey {
  readonly offer: Offer;
  readonly lot: LotInDepot;
  readonly depotId: string;
  readonly quantityBase: number;
  readonly today: Day;
}

const useOf = (demand: LockedDemand, at: Stop) => ({
  ...{ id: demand.id, depotId: demand.depotId, itemCode: demand.itemCode, purpose: demand.purpose, at },
  ...{ quantityBase: demand.openBase, from: demand.neededFrom, until: demand.neededUntil },
});

function assertOpen(offer: Offer, depotId: string, quantityBase: number, today: Day): void {
  if (offer.state !== 'open' || offer.offeredUntil < today) throw new DomainError('SUPPLIES_ROTATION_OFFER_ENDED');
  if (offer.depotId === depotId) {
    throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/depotId', reason: 'is the offering depot' }] });
  }
  const openBase = offer.quantityBase - offer.takenBase;
  if (quantityBase <= openBase) return;
  throw new DomainError('SUPPLIES_ROTATION_OFFER_EXCEEDED', {
    detail: `${openBase} are left of the offer`,
    facts: { askedBase: quantityBase, openBase },
  });
}

function assertLasting(lot: LotInDepot | undefined, neededBase: number, today: Day): asserts lot is LotInDepot {
  const why = lot ? whyNotIssuable(lot, today) : undefined;
  if (lot && why) {
    throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
      detail: `batch ${lot.batchNumber} is ${why}`,
      facts: { lotId: lot.lotId, batchNumber: lot.batchNumber, why },
    });
  }
  if (lot && lot.availableBase >= neededBase) return;
  throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
    detail: `${lot?.availableBase ?? 0} of the lot are free there now`,
    facts: { askedBase: neededBase, availableBase: lot?.availableBase ?? 0 },
  });
}

function assertDemanded(
  demand: LockedDemand | null,
  taken: { readonly depotId: string; readonly quantityBase: number },
): void {
  if (!demand) return;
  if (demand.depotId !== taken.depotId) throw new DomainError('SUPPLIES_ROTATION_DEMAND_NOT_FOUND');
  if (demand.state !== 'open' || demand.openBase < taken.quantityBase) {
    throw new DomainError('SUPPLIES_ROTATION_DEMAND_ENDED', {
      detail: `the demand is ${demand.state}, ${demand.openBase} are open`,
      facts: { askedBase: taken.quantityBase, openBase: demand.openBase },
    });
  }
}
