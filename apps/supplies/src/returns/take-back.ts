import { Injectable } from '@nestjs/common';
import { DomainError, transitAccount, type Caller } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { IssueOrdersRepository, isWithinReach, type IssueOrder } from '../shipments/issue-orders.repository';
import { chinaDay } from '../stock/domain/calendar';
import { inspectedBase, putAwayPostings, type ConditionedHolding } from '../stock/domain/put-away';
import { assertLines, reportedTime } from '../stock/domain/request-lines';
import { holdingsOfLines } from '../stock/line-holdings';
import { BookReturn } from './book-return';
import type { ReturnResponse, TakeBackRequest } from './dto/return.dto';

export interface TakeBackInput {
  readonly shipmentId: string;
  readonly caller: Caller;
  readonly request: TakeBackRequest;
}

/** Takes the goods of a shipment that turned back into a depot, after inspection. */
@Injectable()
export class TakeBackUseCase {
  constructor(
    private readonly orders: IssueOrdersRepository,
    private readonly depots: DepotsRepository,
    private readonly bookReturn: BookReturn,
  ) {}

  /**
   * What is not named stays in transit until it is taken back or settled.
   * @throws DomainError in this order: SUPPLIES_SHIPMENT_NOT_FOUND (also out of the caller's region, or never on the
   *   road), SUPPLIES_DEPOT_NOT_FOUND, REQUEST_INVALID, SUPPLIES_RETURN_EXCEEDS_DELIVERY when more comes back than is on
   *   the road
   */
  async execute(
    tx: Tx,
    { shipmentId, caller, request }: TakeBackInput,
    causeFor: (order: IssueOrder) => Cause,
  ): Promise<ReturnResponse> {
    const order = await this.orders.lock(tx, shipmentId);
    if (order?.state !== 'confirmed' || !isWithinReach(caller, order)) {
      throw new DomainError('SUPPLIES_SHIPMENT_NOT_FOUND');
    }
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    assertLines(request.lines, inspectedBase);
    const returnedAt = reportedTime(request.returnedAt, tx.now, '/returnedAt');
    const lineIds = request.lines.map(({ lineId }) => lineId);
    const inTransit = await holdingsOfLines(tx, [transitAccount(order.shipmentId)], lineIds);
    const onTheRoad = (lineId: string): ConditionedHolding[] =>
      inTransit.filter((holding) => holding.lineId === lineId);
    const postings = request.lines.flatMap((line) =>
      putAwayPostings(depot.id, line, { intact: onTheRoad(line.lineId), damaged: [] }, chinaDay(tx.now)),
    );
    const lines = request.lines.map(({ lineId, usableBase, damagedBase, lostBase }) => ({
      lineId,
      itemCode: onTheRoad(lineId)[0].itemCode,
      ...{ usableBase, damagedBase, lostBase },
    }));
    const { allocationId } = order;
    const goods = { allocationId, depotId: depot.id, caller, returnedAt, note: request.note, lines, postings };
    return this.bookReturn.execute(tx, { from: { shipmentId: order.shipmentId }, ...goods }, causeFor(order));
  }
}
