import { Injectable } from '@nestjs/common';
import { DomainError, RotationOffered, type Caller } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../../catalogue/depots.repository';
import { mayActAt } from '../../scope';
import { chinaDay, type Day } from '../../stock/domain/calendar';
import { whyNotIssuable } from '../../stock/domain/lot';
import type { LotInDepot } from '../lots-in-depots';
import { RotationLotsRepository } from '../rotation-lots.repository';
import { RotationOrdersRepository } from '../rotation-orders.repository';
import type { OfferGoodsRequest, OfferStateResponse } from './dto/sharing.dto';
import { OffersRepository, type Spare } from './offers.repository';

/** Offers goods that near the end of their life to others, as far as their place can spare them. */
@Injectable()
export class OfferGoodsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
    private readonly offers: OffersRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The goods stay where they are until somebody takes them.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_LOT_NOT_FOUND
   *   when nothing of it lies there or it does not age, SUPPLIES_LOT_NOT_ISSUABLE,
   *   SUPPLIES_ROTATION_TRANSITION_FORBIDDEN when it is far from its end, REQUEST_INVALID for a last day that does not
   *   fit, SUPPLIES_DONATION_PURPOSE_BREACH for what was given for a purpose, SUPPLIES_QUANTITY_EXCEEDS_BALANCE, SUPPLIES_FLOOR_REACHED, SUPPLIES_ROTATION_OFFER_EXISTS
   * Source: plan 004 §3 (mutual aid), plan 004 §27 (sharing).
   */
  async offer(
    tx: Tx,
    { caller, request }: { readonly caller: Caller; readonly request: OfferGoodsRequest },
    causeFor: (offerId: string) => Cause,
  ): Promise<OfferStateResponse> {
    const { lotId, quantityBase, offeredUntil, note = null } = request;
    const today = chinaDay(tx.now);
    const depot = await this.depots.findFor(tx, caller, request.depotId, 'clear');
    const { itemCode, purposeBound } = await this.lots.facts(tx, lotId);
    const spare = await this.offers.lockSpare(tx, today, { depotId: depot.id, lotId, itemCode });
    const lot = await this.lots.find(tx, today, depot.id, lotId);
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    assertOfferable(lot, offeredUntil, today);
    if (purposeBound) throw new DomainError('SUPPLIES_DONATION_PURPOSE_BREACH', { facts: { lotId } });
    assertSpared(lot, quantityBase, spare);
    const orderId = await this.orders.openOrderOf(tx, depot.id, lotId);
    const offer = { orderId, depotId: depot.id, lotId, itemCode: lot.itemCode, quantityBase, offeredUntil, note };
    const offerId = await this.offers.insert(tx, offer, caller);
    const place = { depotId: depot.id, regionCode: depot.regionCode, lotId, itemCode: lot.itemCode };
    const told = { offerId, ...place, quantityBase, lifeEnd: lot.life.end, offeredUntil };
    await this.outbox.add(tx, RotationOffered, told, causeFor(offerId));
    return { offerId, state: 'open' };
  }

  /** What was taken already stays taken. @throws DomainError SUPPLIES_ROTATION_OFFER_NOT_FOUND, SUPPLIES_ROTATION_OFFER_ENDED */
  async withdraw(tx: Tx, caller: Caller, id: string): Promise<OfferStateResponse> {
    const offer = await this.offers.lock(tx, id);
    if (!mayActAt(caller, offer)) throw new DomainError('SUPPLIES_ROTATION_OFFER_NOT_FOUND');
    if (offer.state !== 'open') throw new DomainError('SUPPLIES_ROTATION_OFFER_ENDED');
    await this.offers.withdraw(tx, offer.id);
    return { offerId: offer.id, state: 'withdrawn' };
  }
}

function assertOfferable(lot: LotInDepot, offeredUntil: Day, today: Day): void {
  const why = whyNotIssuable(lot, today);
  if (why) {
    throw new DomainError('SUPPLIES_LOT_NOT_ISSUABLE', {
      detail: `batch ${lot.batchNumber} is ${why}`,
      facts: { lotId: lot.lotId, batchNumber: lot.batchNumber, why },
    });
  }
  if (lot.standing === 'none') {
    throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', {
      detail: `the lot keeps until ${lot.life.end}`,
      facts: { state: 'none', event: 'offer' },
    });
  }
  const reason =
    offeredUntil < today
      ? 'has passed already'
      : offeredUntil > lot.life.end && lot.life.dated
        ? `lies after the goods end, ${lot.life.end}`
        : undefined;
  if (reason) throw new DomainError('REQUEST_INVALID', { errors: [{ pointer: '/offeredUntil', reason }] });
}

/** Offers that stand already are counted, so that together they never promise more than is above the floor. */
function assertSpared(lot: LotInDepot, quantityBase: number, { spareBase, offeredBase, acceptedBase }: Spare): void {
  const availableBase = lot.availableBase - acceptedBase;
  if (quantityBase > availableBase) {
    throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
      detail: `${quantityBase} offered, ${availableBase} free`,
      facts: { askedBase: quantityBase, availableBase },
    });
  }
  const leftBase = Math.max(0, spareBase - offeredBase);
  if (quantityBase > leftBase) {
    throw new DomainError('SUPPLIES_FLOOR_REACHED', {
      detail: `${leftBase} lie above the standard of the depot and are not offered yet`,
      facts: { askedBase: quantityBase, spareBase: leftBase },
    });
  }
}
