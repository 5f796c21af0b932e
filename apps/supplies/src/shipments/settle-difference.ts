import { Injectable } from '@nestjs/common';
import { DifferenceSettled, DomainError, transitAccount, type Caller } from '@ledger/contracts';
import { Outbox, newId, type Cause, type Tx } from '@ledger/platform';
import { recorderOf } from '../stock/domain/recorder';
import { assertLines } from '../stock/domain/request-lines';
import { holdingsOfLines } from '../stock/line-holdings';
import { StockRepository } from '../stock/stock.repository';
import { settlementPostings, type SettledLine } from './domain/plan-delivery';
import type { SettleDifferenceResponse } from './dto/shipment.dto';
import { IssueOrdersRepository, isWithinReach, type IssueOrder } from './issue-orders.repository';

export interface DifferenceSettlement {
  readonly shipmentId: string;
  readonly caller: Caller;
  readonly lines: readonly SettledLine[];
  readonly note: string;
}

/** Settles what deliveries left open in transit: found after all, or lost. It never vanishes by itself. */
@Injectable()
export class SettleDifferenceUseCase {
  constructor(
    private readonly orders: IssueOrdersRepository,
    private readonly stock: StockRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @throws DomainError SUPPLIES_SHIPMENT_NOT_FOUND (also out of the caller's region, or not on the road);
   *   REQUEST_INVALID; SUPPLIES_QUANTITY_EXCEEDS_BALANCE when more is settled than is open
   */
  async execute(
    tx: Tx,
    input: DifferenceSettlement,
    causeFor: (order: IssueOrder) => Cause,
  ): Promise<SettleDifferenceResponse> {
    const order = await this.orders.lock(tx, input.shipmentId);
    if (order?.state !== 'confirmed' || !isWithinReach(input.caller, order)) {
      throw new DomainError('SUPPLIES_SHIPMENT_NOT_FOUND');
    }
    assertLines(input.lines, ({ foundBase, lostBase }) => foundBase + lostBase);
    const { allocationId, depotId, shipmentId, siteId } = order;
    const lineIds = input.lines.map(({ lineId }) => lineId);
    const inTransit = await holdingsOfLines(tx, [transitAccount(shipmentId)], lineIds);
    const cause = causeFor(order);
    const { movementId } = await this.stock.post(
      tx,
      {
        businessKey: `difference:${newId()}`,
        kind: 'difference',
        recordedBy: recorderOf(input.caller),
        ...{ allocationId, depotId, shipmentId, siteId },
        note: input.note,
      },
      settlementPostings(siteId, input.lines, inTransit),
      cause,
    );
    const itemOf = new Map(inTransit.map(({ lineId, itemCode }) => [lineId, itemCode]));
    const lines = input.lines.map(({ lineId, foundBase, lostBase }) => ({
      lineId,
      itemCode: String(itemOf.get(lineId)),
      foundBase,
      lostBase,
    }));
    await this.outbox.add(tx, DifferenceSettled, { allocationId, shipmentId, movementId, lines }, cause);
    return { shipmentId, movementId, lines };
  }
}
