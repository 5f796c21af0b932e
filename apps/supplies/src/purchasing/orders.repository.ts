import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import { mayActAt, type Place } from '../scope';
import type { Day } from '../stock/domain/calendar';
import type { Recorder } from '../stock/domain/recorder';
import { nextOrderState, type OrderEvent, type OrderState } from './domain/order-state';
import type { LineProgress } from './domain/order-line';
import type { OrderKind } from './dto/order.dto';

export interface OrderLine extends LineProgress {
  readonly packBase: number;
  readonly unitPriceFen: number;
}

export interface PurchaseOrder extends Place {
  readonly id: string;
  readonly number: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  readonly depotId: string;
  readonly supplierId: string;
  readonly frameworkId: string | null;
  readonly reason: string | null;
  readonly neededBy: Day | null;
  readonly promisedBy: Day | null;
  readonly leadTimeDays: number;
  readonly amountFen: number;
  readonly actedFirst: boolean;
  readonly lines: readonly OrderLine[];
}

export interface NewLine {
  readonly itemCode: string;
  readonly quantityBase: number;
  readonly packBase: number;
  readonly unitPriceFen: number;
  readonly tolerancePermille: number;
  readonly need?: string;
  readonly reasoning?: string;
}

export interface NewOrder {
  readonly kind: OrderKind;
  readonly depotId: string;
  readonly place: Place;
  readonly supplierId: string;
  readonly frameworkId: string | null;
  readonly origin: 'manual' | 'needs' | 'pre-assessment';
  readonly reason: string | null;
  readonly season: string | null;
  readonly neededBy: Day | null;
  readonly leadTimeDays: number;
  readonly amountFen: number;
  readonly draftedBy: Recorder;
  readonly lines: readonly NewLine[];
}

export interface ReceiptPart {
  readonly lineId: string;
  readonly lotId: string;
  readonly quantityBase: number;
}

type OrderRow = Omit<PurchaseOrder, 'amountFen' | 'lines'> & { readonly amountFen: string };
type LineRow = Omit<OrderLine, 'orderedBase' | 'receivedBase' | 'unitPriceFen'> &
  Record<'orderedBase' | 'receivedBase' | 'unitPriceFen', string>;

const SELECT = `
  SELECT id, number, kind, state, depot_id AS "depotId", region_code AS "regionCode",
         organisation_id AS "organisationId", supplier_id AS "supplierId", framework_id AS "frameworkId", reason,
         needed_by::text AS "neededBy", promised_by::text AS "promisedBy", lead_time_days AS "leadTimeDays",
         amount_fen AS "amountFen", acted_first AS "actedFirst"
  FROM purchase_orders WHERE id = $1 FOR UPDATE`;

/** Writes purchase orders. They are locked before approvals, framework agreements and balances. */
@Injectable()
export class OrdersRepository {
  /** Opens a draft; returns its id, its number and the ids of its lines, in their order. */
  async insert(tx: Tx, order: NewOrder): Promise<{ orderId: string; number: string; lineIds: string[] }> {
    const orderId = newId();
    const [{ number }] = await tx.query<{ number: string }>(
      `INSERT INTO purchase_orders (id, number, kind, state, depot_id, region_code, organisation_id, supplier_id,
                                    framework_id, origin, reason, season, needed_by, lead_time_days, amount_fen,
                                    drafted_by, drafted_by_id)
       VALUES ($1, 'PO-' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
                   || lpad(nextval('purchase_order_numbers')::text, 6, '0'),
               $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING number`,
      [
        ...[orderId, order.kind, order.depotId, order.place.regionCode, order.place.organisationId, order.supplierId],
        ...[order.frameworkId, order.origin, order.reason, order.season, order.neededBy, order.leadTimeDays],
        ...[order.amountFen, order.draftedBy.name, order.draftedBy.userId],
      ],
    );
    return { orderId, number, lineIds: await insertLines(tx, orderId, order.lines) };
  }

  /** Gives a draft other lines. */
  async replaceLines(tx: Tx, orderId: string, lines: readonly NewLine[], amountFen: number): Promise<void> {
    await tx.execute('DELETE FROM purchase_order_lines WHERE order_id = $1', [orderId]);
    await insertLines(tx, orderId, lines);
    await tx.execute('UPDATE purchase_orders SET amount_fen = $2 WHERE id = $1', [orderId, amountFen]);
  }

  /**
   * An order of a depot that the caller may act for, locked, with its lines.
   * @throws DomainError SUPPLIES_PURCHASE_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<PurchaseOrder> {
    const order = await this.lock(tx, id);
    if (!order || !mayActAt(caller, order)) throw new DomainError('SUPPLIES_PURCHASE_NOT_FOUND');
    return order;
  }

  async lock(tx: Tx, id: string): Promise<PurchaseOrder | undefined> {
    const [row] = await tx.query<OrderRow>(SELECT, [id]);
    if (!row) return undefined;
    const lines = await tx.query<LineRow>(
      `SELECT id AS "lineId", item_code AS "itemCode", ordered_base AS "orderedBase", received_base AS "receivedBase",
              tolerance_permille AS "tolerancePermille", pack_base AS "packBase", unit_price_fen AS "unitPriceFen"
       FROM purchase_order_lines WHERE order_id = $1 ORDER BY position`,
      [id],
    );
    return { ...row, amountFen: safeInteger(row.amountFen), lines: lines.map(lineOf) };
  }

  async setState(tx: Tx, id: string, state: OrderState, endReason?: string): Promise<void> {
    await tx.execute(
      `UPDATE purchase_orders SET state = $2, end_reason = coalesce($3, end_reason),
              closed_at = CASE WHEN $2 IN ('closed', 'cancelled') THEN coalesce(closed_at, now()) END
       WHERE id = $1`,
      [id, state, endReason ?? null],
    );
  }

  /** The order goes out; from now on the supplier's time runs. */
  async send(tx: Tx, id: string, sent: { readonly promisedBy: Day; readonly actedFirst: boolean }): Promise<void> {
    await tx.execute(
      `UPDATE purchase_orders SET state = 'sent', sent_at = now(), promised_by = $2, acted_first = $3 WHERE id = $1`,
      [id, sent.promisedBy, sent.actedFirst],
    );
  }

  async setReason(tx: Tx, id: string, reason: string): Promise<void> {
    await tx.execute('UPDATE purchase_orders SET reason = $2 WHERE id = $1', [id, reason]);
  }

  async setReceived(tx: Tx, lines: readonly LineProgress[]): Promise<void> {
    await tx.execute(
      `UPDATE purchase_order_lines AS line SET received_base = counted.received_base
       FROM unnest($1::uuid[], $2::bigint[]) AS counted (id, received_base) WHERE line.id = counted.id`,
      [lines.map(({ lineId }) => lineId), lines.map(({ receivedBase }) => receivedBase)],
    );
  }

  async insertReceipt(
    tx: Tx,
    receipt: { readonly orderId: string; readonly movementId: string; readonly recordedBy: Recorder },
    parts: readonly ReceiptPart[],
  ): Promise<string> {
    const id = newId();
    await tx.execute(
      `INSERT INTO purchase_receipts (id, order_id, movement_id, recorded_by, recorded_by_id) VALUES ($1, $2, $3, $4, $5)`,
      [id, receipt.orderId, receipt.movementId, receipt.recordedBy.name, receipt.recordedBy.userId],
    );
    await tx.execute(
      `INSERT INTO purchase_receipt_lines (receipt_id, position, line_id, lot_id, quantity_base, pack_base, unit_price_fen)
       SELECT $1, part.position, part.line_id, part.lot_id, part.quantity_base, line.pack_base, line.unit_price_fen
       FROM unnest($2::uuid[], $3::uuid[], $4::bigint[]) WITH ORDINALITY AS part (line_id, lot_id, quantity_base, position)
       JOIN purchase_order_lines AS line ON line.id = part.line_id`,
      [
        id,
        parts.map(({ lineId }) => lineId),
        parts.map(({ lotId }) => lotId),
        parts.map(({ quantityBase }) => quantityBase),
      ],
    );
    return id;
  }

  /** What a movement brought in against an order, if it did. */
  async receiptOf(tx: Tx, movementId: string): Promise<{ orderId: string; parts: ReceiptPart[] } | undefined> {
    const rows = await tx.query<Omit<ReceiptPart, 'quantityBase'> & { orderId: string; quantityBase: string }>(
      `SELECT receipt.order_id AS "orderId", part.line_id AS "lineId", part.lot_id AS "lotId",
              part.quantity_base AS "quantityBase"
       FROM purchase_receipts AS receipt JOIN purchase_receipt_lines AS part ON part.receipt_id = receipt.id
       WHERE receipt.movement_id = $1 ORDER BY part.position`,
      [movementId],
    );
    if (rows.length === 0) return undefined;
    const parts = rows.map((row) => ({ ...row, quantityBase: safeInteger(row.quantityBase) }));
    return { orderId: rows[0].orderId, parts };
  }
}

/**
 * The state of an order after an event.
 * @throws DomainError SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN
 */
export function stateAfter(order: Pick<PurchaseOrder, 'state'>, event: OrderEvent): OrderState {
  const next = nextOrderState(order.state, event);
  if (!next) throw new DomainError('SUPPLIES_PURCHASE_TRANSITION_FORBIDDEN', { facts: { state: order.state, event } });
  return next;
}

const lineOf = (row: LineRow): OrderLine => ({
  ...row,
  orderedBase: safeInteger(row.orderedBase),
  receivedBase: safeInteger(row.receivedBase),
  unitPriceFen: safeInteger(row.unitPriceFen),
});

async function insertLines(tx: Tx, orderId: string, lines: readonly NewLine[]): Promise<string[]> {
  const ids = lines.map(() => newId());
  await tx.execute(
    `INSERT INTO purchase_order_lines (order_id, id, position, item_code, ordered_base, pack_base, unit_price_fen,
                                       tolerance_permille, need, reasoning)
     SELECT $1, line.* FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::integer[], $7::bigint[],
                                   $8::integer[], $9::text[], $10::text[]) AS line`,
    [
      orderId,
      ids,
      lines.map((_, index) => index + 1),
      lines.map(({ itemCode }) => itemCode),
      lines.map(({ quantityBase }) => quantityBase),
      lines.map(({ packBase }) => packBase),
      lines.map(({ unitPriceFen }) => unitPriceFen),
      lines.map(({ tolerancePermille }) => tolerancePermille),
      lines.map(({ need }) => need ?? null),
      lines.map(({ reasoning }) => reasoning ?? null),
    ],
  );
  return ids;
}
