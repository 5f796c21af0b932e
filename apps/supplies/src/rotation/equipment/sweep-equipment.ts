import { Injectable } from '@nestjs/common';
import type { Cause, Tx } from '@ledger/platform';
import { chinaDay } from '../../stock/domain/calendar';
import { DEADLINE } from '../../stock/domain/recorder';
import { EquipmentDueRepository } from './equipment-due.repository';
import { EquipmentOrdersRepository } from './equipment-orders.repository';
import { HoldEquipment } from './hold-equipment';

/** Opens the orders of tests that are due, and holds what was not tested in time. It looks at what is true now. */
@Injectable()
export class SweepEquipment {
  constructor(
    private readonly due: EquipmentDueRepository,
    private readonly orders: EquipmentOrdersRepository,
    private readonly holding: HoldEquipment,
  ) {}

  /** @returns whether there may be more to do at once */
  async execute(
    tx: Tx,
    depotIds: readonly string[],
    limit: number,
    causeFor: (orderId: string) => Cause,
  ): Promise<boolean> {
    const today = chinaDay(tx.now);
    const due = await this.due.dueWithoutOrder(tx, today, depotIds, limit);
    await this.orders.open(tx, due);
    await this.orders.voidGone(tx);
    const overdue = await this.orders.overdue(tx, today, limit);
    for (const order of overdue) {
      const reason = `${order.testKind} was due on ${order.dueOn} and was not done in time`;
      await this.holding.hold(tx, order, 'held', { reason, recordedBy: DEADLINE, cause: causeFor(order.id) });
    }
    const leaking = await this.orders.leaking(tx, limit);
    for (const order of leaking) {
      const reason = `held: the ${order.testKind} of this lot is not passed`;
      await this.holding.capture(tx, order, { reason, recordedBy: DEADLINE, cause: causeFor(order.id) });
    }
    return [due, overdue, leaking].some((found) => found.length === limit);
  }
}
