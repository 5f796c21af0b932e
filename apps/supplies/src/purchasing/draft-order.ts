import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { recorderOf } from '../stock/domain/recorder';
import type { DraftOrderRequest, OrderStepResponse } from './dto/order.dto';
import { OrdersRepository } from './orders.repository';
import { PriceOrder } from './price-order';

/** Opens a purchase order in draft, by hand. It binds nobody until it is signed. */
@Injectable()
export class DraftOrderUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly priceOrder: PriceOrder,
    private readonly orders: OrdersRepository,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), REQUEST_INVALID for an
   *   advance purchase without its season, then as PriceOrder
   */
  async execute(tx: Tx, caller: Caller, request: DraftOrderRequest): Promise<OrderStepResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    if (request.kind === 'advance' && request.season == null) {
      const errors = [{ pointer: '/season', reason: 'is needed for an advance purchase' }];
      throw new DomainError('REQUEST_INVALID', { errors });
    }
    const { kind, frameworkId = null, supplierId = null, reason = null, season = null, neededBy = null } = request;
    const unpriced = { kind, regionCode: depot.regionCode, frameworkId, supplierId, reason, lines: request.lines };
    const priced = await this.priceOrder.execute(tx, unpriced);
    const { orderId, number } = await this.orders.insert(tx, {
      ...{ kind, depotId: depot.id, place: depot, frameworkId, origin: 'manual', reason, season, neededBy },
      ...priced,
      draftedBy: recorderOf(caller),
    });
    const { amountFen } = priced;
    return { orderId, number, state: 'draft', amountFen, promisedBy: null, papersDueAt: null, signatory: null };
  }
}
