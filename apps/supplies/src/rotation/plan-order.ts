import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import type { PlanLineRequest, PlannedOrderResponse } from './dto/order.dto';
import { RotationLotsRepository } from './rotation-lots.repository';
import { RotationOrdersRepository } from './rotation-orders.repository';

/** Says which ways out the goods of an order are meant to take. */
@Injectable()
export class PlanOrderUseCase {
  constructor(
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
  ) {}

  /**
   * A new plan stands beside the earlier ones and counts from now on.
   * @throws DomainError in this order: SUPPLIES_ROTATION_ORDER_NOT_FOUND, SUPPLIES_ROTATION_TRANSITION_FORBIDDEN,
   *   SUPPLIES_QUANTITY_EXCEEDS_BALANCE when more is planned than lies there
   */
  async execute(
    tx: Tx,
    {
      orderId,
      caller,
      lines,
    }: { readonly orderId: string; readonly caller: Caller; readonly lines: PlanLineRequest[] },
  ): Promise<PlannedOrderResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const planned = await this.orders.move(tx, order, 'plan');
    const lot = await this.lots.find(tx, chinaDay(tx.now), order.depotId, order.lotId);
    const [plannedBase, heldBase] = [lines.reduce((sum, line) => sum + line.quantityBase, 0), lot?.heldBase ?? 0];
    if (plannedBase > heldBase) {
      throw new DomainError('SUPPLIES_QUANTITY_EXCEEDS_BALANCE', {
        detail: `${plannedBase} planned, ${heldBase} there`,
        facts: { askedBase: plannedBase, availableBase: heldBase },
      });
    }
    const version = await this.orders.insertPlan(tx, order.id, lines, caller);
    return { orderId: order.id, state: planned.state, version, plannedBase, openBase: heldBase - plannedBase };
  }
}
