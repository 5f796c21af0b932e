import { Injectable } from '@nestjs/common';
import { depotAccount, type DepotState } from '@ledger/contracts';
import { newId, safeInteger, type Cause, type Tx } from '@ledger/platform';
import { chinaDay, type Day } from '../../stock/domain/calendar';
import { whyNotIssuable, type LotQuality } from '../../stock/domain/lot';
import type { Recorder } from '../../stock/domain/recorder';
import { StockRepository } from '../../stock/stock.repository';
import { QuarantineRepository, unboundBase } from '../../warehouse/quarantine.repository';
import { EquipmentOrdersRepository, type TestOrder } from './equipment-orders.repository';

interface HeldPieces {
  readonly quantityBase: number;
  readonly expiryDate: Day | null;
  readonly quality: LotQuality;
}

/** Why and by whom pieces change between free stock and quarantine. */
export interface HoldNote {
  readonly reason: string;
  readonly recordedBy: Recorder;
  readonly cause: Cause;
}

/** Takes equipment that may not be used out of the free stock of a depot, and puts it back when it is fit again. */
@Injectable()
export class HoldEquipment {
  constructor(
    private readonly orders: EquipmentOrdersRepository,
    private readonly stock: StockRepository,
    private readonly quarantine: QuarantineRepository,
  ) {}

  /**
   * Takes all free pieces of the lot into quarantine, with the reason for everybody to read. Pieces that are promised stay
   * promised and do not leave while the order holds.
   * @param order  locked by the caller
   * @returns the movement, or null when no piece was free
   */
  async hold(tx: Tx, order: TestOrder, state: 'held' | 'repair', note: HoldNote): Promise<string | null> {
    await this.orders.hold(tx, order.id, state, note.reason);
    return this.capture(tx, order, note);
  }

  /**
   * Takes free pieces into quarantine that have come in since the order began to hold.
   * @param order  locked by the caller
   */
  async capture(tx: Tx, order: TestOrder, note: HoldNote): Promise<string | null> {
    const free = await this.pieces(tx, order, 'available');
    if (!free || free.quantityBase === 0) return null;
    await this.orders.addHeld(tx, order.id, free.quantityBase);
    return this.post(tx, order, { kind: 'quarantine', from: 'available', to: 'quarantine' }, free, note);
  }

  /**
   * Puts the pieces that an order held back into the free stock, as far as they lie in quarantine still. Goods past their
   * date, recalled ones, and those that another test, an inspection or a scrap proposal holds stay where they are.
   * @param order  locked by the caller
   */
  async release(tx: Tx, order: TestOrder, note: HoldNote): Promise<string | null> {
    const other = await this.orders.otherHolding(tx, order);
    await this.orders.finish(tx, order.id);
    if (other) {
      await this.orders.addHeld(tx, other.id, order.heldBase);
      return null;
    }
    const held = await this.pieces(tx, order, 'quarantine');
    const there = (await this.quarantine.lock(tx, order.depotId, [order.lotId])).get(order.lotId);
    const quantityBase = Math.min(order.heldBase, unboundBase(there));
    if (!held || quantityBase === 0 || whyNotIssuable(held, chinaDay(tx.now))) return null;
    const back = { kind: 'put-away', from: 'quarantine', to: 'available' } as const;
    return this.post(tx, order, back, { ...held, quantityBase }, note);
  }

  private async pieces(tx: Tx, { depotId, lotId }: TestOrder, state: DepotState): Promise<HeldPieces | undefined> {
    const [row] = await tx.query<{ quantity_base: string; expiry_date: Day | null; quality: LotQuality }>(
      `SELECT balance.quantity_base, lot.expiry_date::text, lot.quality
       FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
       WHERE balance.account = $1 AND balance.lot_id = $2 FOR UPDATE OF balance`,
      [depotAccount(depotId, state), lotId],
    );
    return row && { quantityBase: safeInteger(row.quantity_base), expiryDate: row.expiry_date, quality: row.quality };
  }

  private async post(
    tx: Tx,
    order: TestOrder,
    way: { readonly kind: 'quarantine' | 'put-away'; readonly from: DepotState; readonly to: DepotState },
    pieces: HeldPieces,
    { reason, recordedBy, cause }: HoldNote,
  ): Promise<string> {
    const { depotId, lotId, itemCode } = order;
    const header = { businessKey: `equipment-test:${newId()}`, kind: way.kind, depotId, recordedBy, note: reason };
    const accounts = { from: depotAccount(depotId, way.from), to: depotAccount(depotId, way.to) };
    const { quantityBase, expiryDate } = pieces;
    const posting = { lotId, itemCode, expiryDate, ...accounts, quantityBase, lineId: null };
    return (await this.stock.post(tx, header, [posting], cause)).movementId;
  }
}
