import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import { mayActAt } from '../scope';
import type { Day } from '../stock/domain/calendar';
import type { Recorder } from '../stock/domain/recorder';
import { nextOrderState, type OrderEvent, type OrderState } from './domain/order-state';
import type { Standing } from './domain/standing';
import type { WayOut } from './domain/ways-out';
import type { DueLot } from './rotation-lots.repository';

export interface RotationOrder {
  readonly id: string;
  readonly depotId: string;
  readonly regionCode: string;
  readonly organisationId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly state: OrderState;
  readonly standing: Standing;
  readonly cancelAskedById: string | null;
}

export interface OpenedOrder {
  readonly orderId: string;
  readonly lot: DueLot;
  readonly openedAt: Date;
}

export interface PlanLine {
  readonly way: WayOut;
  readonly quantityBase: number;
  readonly doBy?: string;
  readonly note?: string;
}

export interface NewAction {
  readonly id: string;
  readonly orderId: string;
  readonly way: WayOut;
  readonly quantityBase: number;
  readonly movementId?: string;
  readonly replacementMovementId?: string;
  readonly transferId?: string;
  readonly extensionId?: string;
  readonly counterparty?: string;
  readonly priceFen?: number;
  readonly document?: string;
  readonly note?: string;
}

const SELECT_ORDER = `
  SELECT orders.id, orders.depot_id AS "depotId", depot.region_code AS "regionCode",
         depot.organisation_id AS "organisationId", orders.lot_id AS "lotId", orders.item_code AS "itemCode",
         orders.state, orders.standing, orders.cancel_asked_by_id AS "cancelAskedById"
  FROM rotation_orders AS orders JOIN depots AS depot ON depot.id = orders.depot_id`;

/** Writes rotation orders and what is planned and done under them. Orders are locked before balances. */
@Injectable()
export class RotationOrdersRepository {
  /**
   * Opens an order for each lot that has none open: the unique index decides, whoever else does the same.
   * @returns those that were opened here
   */
  async open(tx: Tx, lots: readonly DueLot[], opener: Recorder): Promise<OpenedOrder[]> {
    if (lots.length === 0) return [];
    const ids = lots.map(() => newId());
    const rows = await tx.query<{ id: string; opened_at: Date }>(
      `INSERT INTO rotation_orders (id, depot_id, lot_id, item_code, threshold_id, state, standing, life_end, late_on,
         quantity_base, opened_by, opened_by_id)
       SELECT id, depot_id, lot_id, item_code, threshold_id, 'open', standing, life_end, late_on, quantity_base, $10, $11
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::date[], $8::date[],
         $9::bigint[]) AS due (id, depot_id, lot_id, item_code, threshold_id, standing, life_end, late_on, quantity_base)
       ORDER BY depot_id, lot_id
       ON CONFLICT (depot_id, lot_id) WHERE state <> 'closed' AND state <> 'cancelled' DO NOTHING
       RETURNING id, opened_at`,
      [
        ...[ids, lots.map(({ depotId }) => depotId), lots.map(({ lotId }) => lotId)],
        ...[lots.map(({ itemCode }) => itemCode), lots.map(({ thresholdId }) => thresholdId)],
        ...[lots.map(({ standing }) => standing), lots.map(({ life }) => life.end)],
        ...[lots.map(({ life, window }) => window?.lateOn ?? life.end), lots.map(({ heldBase }) => heldBase)],
        ...[opener.name, opener.userId],
      ],
    );
    const openedAt = new Map(rows.map((row) => [row.id, row.opened_at]));
    return lots.flatMap((lot, index) => {
      const at = openedAt.get(ids[index]);
      return at ? [{ orderId: ids[index], lot, openedAt: at }] : [];
    });
  }

  /**
   * Locks an order for a caller who may move the goods of its depot.
   * @throws DomainError SUPPLIES_ROTATION_ORDER_NOT_FOUND
   */
  async lockFor(tx: Tx, caller: Caller, id: string): Promise<RotationOrder> {
    const order = await this.lock(tx, id);
    if (!order || !mayActAt(caller, order)) throw new DomainError('SUPPLIES_ROTATION_ORDER_NOT_FOUND');
    return order;
  }

  async lock(tx: Tx, id: string): Promise<RotationOrder | undefined> {
    const [order] = await tx.query<RotationOrder>(`${SELECT_ORDER} WHERE orders.id = $1 FOR UPDATE OF orders`, [id]);
    return order;
  }

  /** The open order of a lot in a depot, if there is one. */
  async openOrderOf(tx: Tx, depotId: string, lotId: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM rotation_orders WHERE depot_id = $1 AND lot_id = $2 AND state <> 'closed' AND state <> 'cancelled'`,
      [depotId, lotId],
    );
    return row?.id ?? null;
  }

  /** Moves orders on that are still in the state they were seen in and that nobody has locked. */
  async moveAll(
    tx: Tx,
    moves: readonly { readonly orderId: string; readonly from: OrderState; readonly to: OrderState }[],
  ): Promise<void> {
    if (moves.length === 0) return;
    await tx.execute(
      `UPDATE rotation_orders AS orders SET state = seen.target, updated_at = now()
       FROM (SELECT orders.id, move.target FROM unnest($1::uuid[], $2::text[], $3::text[]) AS move (id, source, target)
             JOIN rotation_orders AS orders ON orders.id = move.id AND orders.state = move.source
             ORDER BY orders.id FOR UPDATE OF orders SKIP LOCKED) AS seen
       WHERE orders.id = seen.id`,
      [moves.map(({ orderId }) => orderId), moves.map(({ from }) => from), moves.map(({ to }) => to)],
    );
  }

  /**
   * Moves an order on; the caller holds its lock.
   * @throws DomainError SUPPLIES_ROTATION_TRANSITION_FORBIDDEN
   */
  async move(tx: Tx, order: RotationOrder, event: Exclude<OrderEvent, 'close' | 'cancel'>): Promise<RotationOrder> {
    const state = requireNext(order, event);
    if (state === order.state) return order;
    await tx.execute('UPDATE rotation_orders SET state = $2, updated_at = now() WHERE id = $1', [order.id, state]);
    return { ...order, state };
  }

  /**
   * Ends an order; the caller holds its lock.
   * @param standing  where its lot stands now; a cancelled order is not opened anew until it stands worse
   * @throws DomainError SUPPLIES_ROTATION_TRANSITION_FORBIDDEN
   */
  async end(
    tx: Tx,
    order: RotationOrder,
    end: {
      readonly event: 'close' | 'cancel';
      readonly by: Caller;
      readonly standing?: Standing;
      readonly lifeEnd?: Day;
    },
  ): Promise<Date> {
    const state = requireNext(order, end.event);
    const [row] = await tx.query<{ ended_at: Date }>(
      `UPDATE rotation_orders SET state = $2, ended_by = $3, ended_by_id = $4, ended_at = now(), updated_at = now(),
              standing = coalesce($5, standing), life_end = coalesce($6::date, life_end)
       WHERE id = $1 RETURNING ended_at`,
      [order.id, state, end.by.displayName, end.by.userId, end.standing ?? null, end.lifeEnd ?? null],
    );
    return row.ended_at;
  }

  /** Notes that somebody asks to cancel an order, or with null that the wish is off the table. */
  async askCancel(tx: Tx, id: string, wish: { readonly reason: string; readonly by: Caller } | null): Promise<void> {
    await tx.execute(
      `UPDATE rotation_orders SET cancel_reason = $2, cancel_asked_by = $3, cancel_asked_by_id = $4,
              cancel_asked_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END, updated_at = now() WHERE id = $1`,
      [id, wish?.reason ?? null, wish?.by.displayName ?? null, wish?.by.userId ?? null],
    );
  }

  /** Lays a plan beside the earlier ones; the latest version counts. */
  async insertPlan(tx: Tx, orderId: string, lines: readonly PlanLine[], by: Caller): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      `INSERT INTO rotation_plan_lines (order_id, version, position, way, quantity_base, do_by, note, planned_by,
         planned_by_id)
       SELECT $1, (SELECT coalesce(max(version), 0) + 1 FROM rotation_plan_lines WHERE order_id = $1), position, way,
              quantity_base, do_by, note, $6, $7
       FROM unnest($2::text[], $3::bigint[], $4::date[], $5::text[]) WITH ORDINALITY
         AS line (way, quantity_base, do_by, note, position)
       RETURNING version`,
      [
        ...[orderId, lines.map(({ way }) => way), lines.map(({ quantityBase }) => quantityBase)],
        ...[lines.map(({ doBy }) => doBy ?? null), lines.map(({ note }) => note ?? null), by.displayName, by.userId],
      ],
    );
    return row.version;
  }

  async insertAction(tx: Tx, action: NewAction, by: Caller): Promise<void> {
    await tx.execute(
      `INSERT INTO rotation_actions (id, order_id, way, quantity_base, movement_id, replacement_movement_id, transfer_id,
         extension_id, counterparty, price_fen, document, note, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[action.id, action.orderId, action.way, action.quantityBase, action.movementId ?? null],
        ...[action.replacementMovementId ?? null, action.transferId ?? null, action.extensionId ?? null],
        ...[action.counterparty ?? null, action.priceFen ?? null, action.document ?? null, action.note ?? null],
        ...[by.displayName, by.userId],
      ],
    );
  }

  /** Notes pieces that left by a transfer, once per order and transfer. @returns whether it was not noted before */
  async insertTransfer(
    tx: Tx,
    sent: {
      readonly orderId: string;
      readonly transferId: string;
      readonly quantityBase: number;
      readonly note?: string;
    },
    by: { readonly name: string; readonly userId: string },
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO rotation_actions (id, order_id, way, quantity_base, transfer_id, note, recorded_by, recorded_by_id)
       VALUES ($1, $2, 'transfer', $3, $4, $5, $6, $7)
       ON CONFLICT (order_id, transfer_id) WHERE transfer_id IS NOT NULL DO NOTHING`,
      [newId(), sent.orderId, sent.quantityBase, sent.transferId, sent.note ?? null, by.name, by.userId],
    );
    return inserted === 1;
  }

  /** What was done under an order, by way out; reversed movements count for nothing. */
  async sums(tx: Tx, orderId: string): Promise<{ way: WayOut; quantityBase: number }[]> {
    const rows = await tx.query<{ way: WayOut; quantity_base: string }>(
      `SELECT action.way, sum(action.quantity_base) AS quantity_base FROM rotation_actions AS action
       WHERE action.order_id = $1 AND NOT EXISTS (
         SELECT 1 FROM movements AS reversal WHERE reversal.reverses_movement_id = action.movement_id)
       GROUP BY action.way ORDER BY action.way`,
      [orderId],
    );
    return rows.map((row) => ({ way: row.way, quantityBase: safeInteger(row.quantity_base) }));
  }
}

function requireNext(order: RotationOrder, event: OrderEvent): OrderState {
  const next = nextOrderState(order.state, event);
  if (next) return next;
  throw new DomainError('SUPPLIES_ROTATION_TRANSITION_FORBIDDEN', {
    detail: `the order is ${order.state}`,
    facts: { state: order.state, event },
  });
}
