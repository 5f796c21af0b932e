import { Injectable } from '@nestjs/common';
import { DomainError, StockDelivered, transitAccount, type RecordDelivery } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { assertCovered, totalBase } from '../stock/domain/draw';
import type { Posting } from '../stock/domain/posting';
import type { ConditionedHolding } from '../stock/domain/put-away';
import { DISPATCH } from '../stock/domain/recorder';
import { holdingsOfLines } from '../stock/line-holdings';
import { StockRepository } from '../stock/stock.repository';
import { DeliveriesRepository, type Delivery, type DeliveryLine } from './deliveries.repository';
import { deliveryPostings } from './domain/plan-delivery';
import { IssueOrdersRepository, type IssueOrder } from './issue-orders.repository';

/** Books what a trip handed over at the site. */
@Injectable()
export class RecordDeliveryUseCase {
  constructor(
    private readonly orders: IssueOrdersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly stock: StockRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Moves received and damaged pieces to the site, writes lost ones off and leaves missing ones in transit; answers
   * StockDelivered. A trip delivers once: asked again, it gets the same answer.
   * @throws DomainError SUPPLIES_SHIPMENT_NOT_FOUND when the shipment never left or belongs to another allocation;
   *   SUPPLIES_SITE_NOT_FOUND when it was meant for another site; SUPPLIES_QUANTITY_EXCEEDS_BALANCE when the trip
   *   reports more than is on the road
   */
  async execute(tx: Tx, command: RecordDelivery, cause: Cause): Promise<void> {
    const order = await this.orders.lock(tx, command.shipmentId);
    if (order?.state !== 'confirmed' || order.allocationId !== command.allocationId) {
      throw new DomainError('SUPPLIES_SHIPMENT_NOT_FOUND', { detail: `shipment ${command.shipmentId}` });
    }
    const known = await this.deliveries.find(tx, command.tripId);
    if (known) return this.announce(tx, order, known, cause);
    if (order.siteId !== command.site.siteId) {
      throw new DomainError('SUPPLIES_SITE_NOT_FOUND', {
        detail: `shipment ${order.shipmentId} goes to ${order.siteId}`,
      });
    }
    const lineIds = command.lines.map(({ lineId }) => lineId);
    const inTransit = await holdingsOfLines(tx, [transitAccount(order.shipmentId)], lineIds);
    assertOnTheRoad(command.lines, inTransit);
    const postings = deliveryPostings(command.site.siteId, command.lines, inTransit);
    const movementId = await this.post(tx, command, order, postings, cause);
    await this.deliveries.insert(tx, command, movementId);
    const { tripId, lines } = command;
    const { shipmentId } = order;
    await this.announce(tx, order, { tripId, shipmentId, siteId: command.site.siteId, movementId, lines }, cause);
  }

  private async post(
    tx: Tx,
    command: RecordDelivery,
    { allocationId, depotId, shipmentId }: IssueOrder,
    postings: readonly Posting[],
    cause: Cause,
  ): Promise<string | null> {
    if (postings.length === 0) return null;
    const header = { businessKey: `deliver:${command.tripId}`, kind: 'deliver', recordedBy: DISPATCH } as const;
    const place = { allocationId, depotId, shipmentId, siteId: command.site.siteId };
    const note = `received by ${command.receiverName}`;
    return (await this.stock.post(tx, { ...header, ...place, note }, postings, cause)).movementId;
  }

  private async announce(tx: Tx, { allocationId }: IssueOrder, delivery: Delivery, cause: Cause): Promise<void> {
    const { shipmentId, tripId, siteId, movementId } = delivery;
    const lines = delivery.lines.map(({ missingBase, ...line }) => ({ ...line, inTransitBase: missingBase }));
    await this.outbox.add(tx, StockDelivered, { allocationId, shipmentId, tripId, siteId, movementId, lines }, cause);
  }
}

/** What is missing counts as well: it must be on the road to stay there. */
function assertOnTheRoad(lines: readonly DeliveryLine[], inTransit: readonly ConditionedHolding[]): void {
  for (const { lineId, receivedBase, damagedBase, lostBase, missingBase } of lines) {
    const onTheRoad = inTransit.filter((holding) => holding.lineId === lineId);
    assertCovered([{ quantityBase: totalBase(onTheRoad) }], receivedBase + damagedBase + lostBase + missingBase);
  }
}
