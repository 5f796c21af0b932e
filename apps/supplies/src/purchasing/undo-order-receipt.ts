import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '@ledger/platform';
import { ReversalHooks, type ReversedMovement } from '../stock/reversal-hooks';
import { OrdersRepository, stateAfter, type PurchaseOrder } from './orders.repository';

/** Opens the lines of an order again when the receipt that filled them is undone. */
@Injectable()
export class UndoOrderReceipt implements OnModuleInit {
  constructor(
    private readonly hooks: ReversalHooks,
    private readonly orders: OrdersRepository,
  ) {}

  onModuleInit(): void {
    this.hooks.on((tx, movement) => this.execute(tx, movement));
  }

  /** A movement that is no receipt against an order is left alone. A closed order stays closed. */
  async execute(tx: Tx, { movementId }: ReversedMovement): Promise<void> {
    const receipt = await this.orders.receiptOf(tx, movementId);
    if (!receipt) return;
    const order = (await this.orders.lock(tx, receipt.orderId)) as PurchaseOrder;
    const lines = order.lines.map((line) => {
      const undone = receipt.parts.filter(({ lineId }) => lineId === line.lineId);
      const undoneBase = undone.reduce((sum, { quantityBase }) => sum + quantityBase, 0);
      return { ...line, receivedBase: line.receivedBase - undoneBase };
    });
    const isEmpty = lines.every(({ receivedBase }) => receivedBase === 0);
    await this.orders.setReceived(tx, lines);
    await this.orders.setState(tx, order.id, stateAfter(order, isEmpty ? 'undo-all' : 'undo-some'));
  }
}
