import { Injectable } from '@nestjs/common';
import { DomainError, regionCovers, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { ReservationsRepository } from '../reservations/reservations.repository';
import type { OverrideResponse } from './dto/issue-order.dto';
import { IssueOrdersRepository } from './issue-orders.repository';

export interface LotOverride {
  readonly shipmentId: string;
  readonly caller: Caller;
  readonly lotId: string;
  /** The number of the signed order that takes responsibility. */
  readonly useOrder: string;
  readonly reason: string;
}

/**
 * A named use order lets a lot leave, and be handed out, that is expired, held or recalled. It is recorded for good, and
 * it works only for goods that somebody else moves: it takes two people.
 */
@Injectable()
export class OverrideLotUseCase {
  constructor(
    private readonly reservations: ReservationsRepository,
    private readonly orders: IssueOrdersRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_ISSUE_ORDER_NOT_FOUND (also out of the caller's region),
   *   SUPPLIES_ISSUE_CANCELLED, SUPPLIES_LOT_NOT_FOUND when the lot is not among the goods of the order
   */
  async execute(tx: Tx, input: LotOverride): Promise<OverrideResponse> {
    const { caller, shipmentId, lotId, useOrder, reason } = input;
    const order = await this.orders.lock(tx, shipmentId);
    if (!order || !regionCovers(caller.regionCode, order.depotRegionCode)) {
      throw new DomainError('SUPPLIES_ISSUE_ORDER_NOT_FOUND');
    }
    if (order.state === 'cancelled') throw new DomainError('SUPPLIES_ISSUE_CANCELLED');
    const lines = await this.orders.lines(tx, order.shipmentId);
    const shares = await this.reservations.shares(
      tx,
      lines.map(({ reservationId }) => reservationId),
    );
    const isOrdered = shares.some((share) => share.depotId === order.depotId && share.lotId === lotId);
    if (!isOrdered) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const override = await this.orders.insertOverride(tx, {
      ...{ shipmentId: order.shipmentId, lotId, useOrder, reason },
      approvedBy: caller.displayName,
      approvedById: caller.userId,
    });
    return { ...override, approvedAt: override.approvedAt.toISOString() };
  }
}
