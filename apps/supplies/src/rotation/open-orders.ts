import { Injectable } from '@nestjs/common';
import { DomainError, RotationOrderOpened, type Caller } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay } from '../stock/domain/calendar';
import { DEADLINE, recorderOf, type Recorder } from '../stock/domain/recorder';
import { RotationLotsRepository, type DueLot } from './rotation-lots.repository';
import { RotationOrdersRepository, type OpenedOrder } from './rotation-orders.repository';

/** Opens the order that a lot needs. At most one is open per depot and lot, however many ask for it. */
@Injectable()
export class OpenOrdersUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly lots: RotationLotsRepository,
    private readonly orders: RotationOrdersRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Opens orders for lots in some depots that have reached their threshold, the most urgent first. It looks at what is true now, so that
   * days of downtime lose nothing.
   * @returns how many lots it found; as many as `limit` when there may be more
   */
  async openDue(
    tx: Tx,
    depotIds: readonly string[],
    limit: number,
    causeFor: (orderId: string) => Cause,
  ): Promise<number> {
    const due = await this.lots.dueWithoutOrder(tx, chinaDay(tx.now), depotIds, limit);
    await this.open(tx, due, DEADLINE, causeFor);
    return due.length;
  }

  /**
   * Opens an order by hand, from notice on.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_LOT_NOT_FOUND
   *   when nothing of it lies there or it does not age, SUPPLIES_ROTATION_TRANSITION_FORBIDDEN when it is far from its end,
   *   SUPPLIES_ROTATION_ORDER_EXISTS
   */
  async openByHand(
    tx: Tx,
    { caller, depotId, lotId }: { readonly caller: Caller; readonly depotId: string; readonly lotId: string },
    causeFor: (orderId: string) => Cause,
  ): Promise<string> {
    const depot = await this.depots.findFor(tx, caller, depotId, 'clear');
    const lot = await this.lots.find(tx, chinaDay(tx.now), depot.id, lotId);
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    if (lot.standing === 'none') {
      throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', {
        detail: `the lot keeps until ${lot.life.end}`,
        facts: { state: 'none', event: 'open' },
      });
    }
    const [opened] = await this.open(tx, [{ ...lot, regionCode: depot.regionCode }], recorderOf(caller), causeFor);
    if (!opened) throw new DomainError('SUPPLIES_ROTATION_ORDER_EXISTS');
    return opened.orderId;
  }

  private async open(
    tx: Tx,
    lots: readonly DueLot[],
    opener: Recorder,
    causeFor: (orderId: string) => Cause,
  ): Promise<OpenedOrder[]> {
    const opened = await this.orders.open(tx, lots, opener);
    for (const { orderId, lot, openedAt } of opened) {
      const { depotId, regionCode, lotId, itemCode, heldBase, standing, life } = lot;
      const data = {
        orderId,
        depotId,
        regionCode,
        lotId,
        itemCode,
        quantityBase: heldBase,
        standing,
        lifeEnd: life.end,
      };
      await this.outbox.add(tx, RotationOrderOpened, { ...data, openedAt: openedAt.toISOString() }, causeFor(orderId));
    }
    return opened;
  }
}
