import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { TransfersRepository } from '../transfers/transfers.repository';
import { isEnded, nextOrderState } from './domain/order-state';
import type { LinkedTransferResponse } from './dto/way-out.dto';
import { FollowGoods } from './follow-goods';
import { RotationOrdersRepository } from './rotation-orders.repository';

/** Counts goods that left by a transfer under the order of their lot. */
@Injectable()
export class LinkTransferUseCase {
  constructor(
    private readonly orders: RotationOrdersRepository,
    private readonly transfers: TransfersRepository,
    private readonly goods: FollowGoods,
  ) {}

  /**
   * The transfer has left; what it took of the lot is counted, whatever arrives.
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND (also out of the caller's reach),
   *   SUPPLIES_ROTATION_TRANSITION_FORBIDDEN when the order has ended, SUPPLIES_TRANSFER_NOT_FOUND for one of another
   *   depot, SUPPLIES_TRANSFER_LOT_UNKNOWN when it took none of the lot, or has not left yet,
   *   SUPPLIES_ROTATION_TRANSFER_LINKED
   */
  async execute(
    tx: Tx,
    { orderId, caller, transferId }: { readonly orderId: string; readonly caller: Caller; readonly transferId: string },
  ): Promise<LinkedTransferResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    if (isEnded(order.state)) {
      throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', { facts: { state: order.state, event: 'act' } });
    }
    const transfer = (await this.transfers.progress(tx, [transferId])).get(transferId.toLowerCase());
    if (transfer?.fromDepotId !== order.depotId) throw new DomainError('SUPPLIES_TRANSFER_NOT_FOUND');
    const quantityBase = transfer.sent.get(order.lotId) ?? 0;
    if (quantityBase === 0) throw new DomainError('SUPPLIES_TRANSFER_LOT_UNKNOWN', { facts: { lotId: order.lotId } });
    const by = { name: caller.displayName, userId: caller.userId };
    if (!(await this.orders.insertTransfer(tx, { orderId: order.id, transferId, quantityBase }, by))) {
      throw new DomainError('SUPPLIES_ROTATION_TRANSFER_LINKED');
    }
    const acting = nextOrderState(order.state, 'act') ? await this.orders.move(tx, order, 'act') : order;
    const { state } = await this.goods.follow(tx, acting);
    return { orderId: order.id, transferId, quantityBase, state };
  }
}
