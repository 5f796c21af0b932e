import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { CancelTransferUseCase } from '../../transfers/cancel-transfer';
import { TransfersRepository } from '../../transfers/transfers.repository';
import { isEnded, nextOrderState } from '../domain/order-state';
import { RotationOrdersRepository } from '../rotation-orders.repository';
import { DemandsRepository } from './demands.repository';
import { OffersRepository, type Acceptance, type Offer } from './offers.repository';

/** Ends what was accepted: the goods have left, or they do not come after all. */
@Injectable()
export class EndAcceptance {
  constructor(
    private readonly offers: OffersRepository,
    private readonly demands: DemandsRepository,
    private readonly orders: RotationOrdersRepository,
    private readonly transfers: TransfersRepository,
    private readonly cancelling: CancelTransferUseCase,
  ) {}

  /**
   * Calls the transfer of an acceptance off, if it has not left.
   * @throws DomainError SUPPLIES_ROTATION_OFFER_ENDED when the goods are on their way
   */
  async callOff(tx: Tx, { transferId }: Acceptance, by: Caller): Promise<void> {
    const transfer = transferId === null ? undefined : await this.transfers.lock(tx, transferId);
    if (!transfer || transfer.state === 'cancelled') return;
    if (transfer.state !== 'ordered') throw new DomainError('SUPPLIES_ROTATION_OFFER_ENDED');
    await this.cancelling.callOff(tx, transfer, by, 'the offer it answers fell through');
  }

  /** The pieces are offered, and demanded, again. @param offer  locked by the caller */
  async fallThrough(tx: Tx, offer: Offer, acceptance: Acceptance): Promise<void> {
    await this.offers.endAcceptance(tx, acceptance.id, 'fallen-through');
    await this.giveBack(tx, offer, acceptance, acceptance.quantityBase);
  }

  /**
   * Brings the acceptances of some depots in line with their transfers. What left is counted under the rotation order of
   * the lot; what the sending keeper called off is offered again.
   */
  async followTransfers(tx: Tx, depotIds: readonly string[]): Promise<void> {
    const waiting = await this.offers.waiting(tx, depotIds);
    const progress = await this.transfers.progress(
      tx,
      waiting.map(({ transferId }) => transferId),
    );
    for (const { id, offerId, transferId } of waiting) {
      const transfer = progress.get(transferId);
      if (!transfer || transfer.state === 'ordered') continue;
      const offer = await this.offers.lock(tx, offerId);
      const acceptance = await this.offers.lockAcceptance(tx, id);
      if (acceptance.state !== 'accepted') continue;
      const quantityBase = transfer.sent.get(offer.lotId) ?? 0;
      if (quantityBase === 0) await this.fallThrough(tx, offer, acceptance);
      else await this.leave(tx, offer, acceptance, { transferId, quantityBase });
    }
  }

  /** What was accepted and not loaded is offered, and demanded, again. */
  private async lapse(tx: Tx, offer: Offer, acceptance: Acceptance, lapsedBase: number): Promise<void> {
    if (lapsedBase <= 0) return;
    await this.offers.shorten(tx, acceptance.id, lapsedBase);
    await this.giveBack(tx, offer, acceptance, lapsedBase);
  }

  private async giveBack(tx: Tx, offer: Offer, { demandId }: Acceptance, quantityBase: number): Promise<void> {
    await this.offers.giveBack(tx, offer, quantityBase);
    if (demandId === null) return;
    await this.demands.lock(tx, demandId);
    await this.demands.take(tx, demandId, -quantityBase);
  }

  private async leave(
    tx: Tx,
    offer: Offer,
    acceptance: Acceptance,
    sent: { readonly transferId: string; readonly quantityBase: number },
  ): Promise<void> {
    await this.offers.endAcceptance(tx, acceptance.id, 'transferred');
    await this.lapse(tx, offer, acceptance, acceptance.quantityBase - sent.quantityBase);
    const order = offer.orderId === null ? undefined : await this.orders.lock(tx, offer.orderId);
    if (!order || isEnded(order.state)) return;
    const by = { name: acceptance.acceptedBy, userId: acceptance.acceptedById };
    await this.orders.insertTransfer(tx, { orderId: order.id, ...sent, note: 'taken up by another place' }, by);
    if (nextOrderState(order.state, 'act')) await this.orders.move(tx, order, 'act');
  }
}
