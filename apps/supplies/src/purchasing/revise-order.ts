import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { stepOf } from './order-step';
import type { OrderStepResponse, ReviseOrderRequest } from './dto/order.dto';
import { OrdersRepository, stateAfter } from './orders.repository';
import { PriceOrder } from './price-order';

/** Gives a draft other goods, or takes a rejected order up again as a draft. */
@Injectable()
export class ReviseOrderUseCase {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly priceOrder: PriceOrder,
  ) {}

  /**
   * @throws DomainError in this order: SUPPLIES_PURCHASE_NOT_FOUND (also out of reach),
   *   SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN, then as PriceOrder
   */
  async execute(tx: Tx, caller: Caller, orderId: string, { lines }: ReviseOrderRequest): Promise<OrderStepResponse> {
    const order = await this.orders.lockFor(tx, caller, orderId);
    const state = stateAfter(order, 'revise');
    const supplierId = order.frameworkId === null ? order.supplierId : null;
    const priced = await this.priceOrder.execute(tx, { ...order, supplierId, lines });
    await this.orders.replaceLines(tx, order.id, priced.lines, priced.amountFen);
    await this.orders.setState(tx, order.id, state);
    return stepOf({ ...order, state, amountFen: priced.amountFen });
  }
}
