import { Injectable } from '@nestjs/common';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../../stock/domain/calendar';
import type { TestKind } from './domain/test-due';
import type { TestOrderState } from './domain/test-order-state';
import type { EquipmentDue } from './equipment-due.repository';

export interface TestOrder {
  readonly id: string;
  readonly depotId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly testKind: TestKind;
  readonly state: TestOrderState;
  readonly dueOn: Day;
  readonly heldBase: number;
}

export interface TestedLot {
  readonly depotId: string;
  readonly lotId: string;
  readonly itemCode: string;
  readonly testKind: TestKind;
}

type OrderRow = Omit<TestOrder, 'heldBase'> & { readonly held: string };

const SELECT_ORDER = `
  SELECT orders.id, orders.depot_id AS "depotId", orders.lot_id AS "lotId", orders.item_code AS "itemCode",
         orders.test_kind AS "testKind", orders.state, orders.due_on::text AS "dueOn", orders.held_base AS held
  FROM equipment_test_orders AS orders`;

const PIECES_HERE = `
  SELECT 1 FROM balances AS balance WHERE balance.depot_id = orders.depot_id AND balance.lot_id = orders.lot_id
    AND balance.in_stock`;

/** Writes test orders and tests. Orders are locked before balances, in the order of their ids. */
@Injectable()
export class EquipmentOrdersRepository {
  /** Opens an order for each that has none open; the unique index decides. */
  async open(tx: Tx, due: readonly EquipmentDue[]): Promise<void> {
    if (due.length === 0) return;
    await tx.execute(
      `INSERT INTO equipment_test_orders (id, depot_id, lot_id, item_code, test_kind, state, due_on, hold_on)
       SELECT id, depot_id, lot_id, item_code, test_kind, 'open', due_on, hold_on
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::date[])
         AS due (id, depot_id, lot_id, item_code, test_kind, due_on, hold_on)
       ORDER BY depot_id, lot_id, test_kind
       ON CONFLICT (depot_id, lot_id, test_kind) WHERE ended_at IS NULL DO NOTHING`,
      [
        ...[due.map(() => newId()), due.map(({ depotId }) => depotId), due.map(({ lotId }) => lotId)],
        ...[due.map(({ itemCode }) => itemCode), due.map(({ testKind }) => testKind)],
        ...[due.map(({ dueOn }) => dueOn), due.map(({ holdOn }) => holdOn)],
      ],
    );
  }

  /** Locks the open order of a lot in a depot for a kind of test, if there is one. */
  async lock(tx: Tx, { depotId, lotId, testKind }: TestedLot): Promise<TestOrder | undefined> {
    const [row] = await tx.query<OrderRow>(
      `${SELECT_ORDER} WHERE orders.depot_id = $1 AND orders.lot_id = $2 AND orders.test_kind = $3
         AND orders.ended_at IS NULL FOR UPDATE`,
      [depotId, lotId, testKind],
    );
    return row && orderOf(row);
  }

  /** Open orders whose grace is over. */
  overdue(tx: Tx, today: Day, limit: number): Promise<TestOrder[]> {
    const over = `orders.state = 'open' AND orders.hold_on <= $2::date AND EXISTS (${PIECES_HERE})`;
    return this.lockSome(tx, over, [limit, today]);
  }

  /** Holding orders of lots of which free pieces have come in since. */
  leaking(tx: Tx, limit: number): Promise<TestOrder[]> {
    const free = `orders.state IN ('held', 'repair') AND EXISTS (${PIECES_HERE} AND balance.account LIKE '%:available')`;
    return this.lockSome(tx, free, [limit]);
  }

  /** Ends orders of lots that have left their depot. */
  async voidGone(tx: Tx): Promise<void> {
    await tx.execute(
      `UPDATE equipment_test_orders AS orders SET state = 'void', ended_at = now()
       WHERE orders.id IN (SELECT orders.id FROM equipment_test_orders AS orders
                           WHERE orders.ended_at IS NULL AND NOT EXISTS (${PIECES_HERE})
                           ORDER BY orders.id FOR UPDATE SKIP LOCKED)`,
    );
  }

  /** Another order that holds the same lot in the same depot. */
  async otherHolding(tx: Tx, order: TestOrder): Promise<TestOrder | undefined> {
    const [row] = await tx.query<OrderRow>(
      `${SELECT_ORDER} WHERE orders.depot_id = $1 AND orders.lot_id = $2 AND orders.id <> $3
         AND orders.state IN ('held', 'repair') ORDER BY orders.id LIMIT 1 FOR UPDATE`,
      [order.depotId, order.lotId, order.id],
    );
    return row && orderOf(row);
  }

  async hold(tx: Tx, id: string, state: 'held' | 'repair', reason: string): Promise<void> {
    await tx.execute(
      `UPDATE equipment_test_orders SET state = $2, hold_reason = $3, held_at = coalesce(held_at, now()) WHERE id = $1`,
      [id, state, reason],
    );
  }

  async addHeld(tx: Tx, id: string, base: number): Promise<void> {
    await tx.execute('UPDATE equipment_test_orders SET held_base = held_base + $2 WHERE id = $1', [id, base]);
  }

  async finish(tx: Tx, id: string): Promise<void> {
    await tx.execute(`UPDATE equipment_test_orders SET state = 'done', held_base = 0, ended_at = now() WHERE id = $1`, [
      id,
    ]);
  }

  private async lockSome(tx: Tx, condition: string, parameters: readonly unknown[]): Promise<TestOrder[]> {
    const rows = await tx.query<OrderRow>(
      `${SELECT_ORDER} WHERE ${condition} ORDER BY orders.id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      parameters,
    );
    return rows.map(orderOf);
  }
}

const orderOf = ({ held, ...order }: OrderRow): TestOrder => ({ ...order, heldBase: safeInteger(held) });
