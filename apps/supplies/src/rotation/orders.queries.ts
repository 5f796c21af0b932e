import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { Day } from '../stock/domain/calendar';
import { todayOf } from './alerts.queries';
import { totalOf } from './configuration.queries';
import { standardOf } from './depot-standard';
import { costOf, missingBase, whyNotClosable } from './domain/closing';
import { leftToRotate } from './domain/order-goods';
import { isEnded } from './domain/order-state';
import type { Standing } from './domain/standing';
import type {
  ActionResponse,
  OrderDetailResponse,
  OrderResponse,
  OrdersQuery,
  OrdersResponse,
  PlanLineResponse,
  ReplenishmentResponse,
} from './dto/order.dto';
import type { ProposalResponse } from './dto/proposal.dto';
import { priceOn } from './forecast.queries';
import { LOT_COLUMNS, lotInDepot, lotsInDepots, type LotInDepot, type LotInDepotRow } from './lots-in-depots';

type OrderRow = Omit<OrderResponse, 'openedBase' | 'leftBase' | 'openedAt' | 'endedAt'> & {
  readonly opened: string;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  readonly total: string;
};

const SELECT_ORDERS = `
  SELECT orders.id, orders.depot_id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
         depot.tier, orders.lot_id AS "lotId", lot.batch_number AS "batchNumber", orders.item_code AS "itemCode",
         item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit, orders.state, orders.standing,
         orders.quantity_base AS opened, orders.life_end::text AS "lifeEnd", orders.late_on::text AS "lateOn",
         orders.opened_by AS "openedBy", orders.opened_at AS "openedAt", orders.cancel_reason AS "cancelReason",
         orders.cancel_asked_by AS "cancelAskedBy", orders.ended_by AS "endedBy", orders.ended_at AS "endedAt",
         count(*) OVER () AS total
  FROM rotation_orders AS orders JOIN depots AS depot ON depot.id = orders.depot_id
  JOIN lots AS lot ON lot.id = orders.lot_id JOIN items AS item ON item.code = orders.item_code`;

/** Reads of rotation orders. What they say of goods is read from the ledger with them. */
@Injectable()
export class RotationOrdersQueries {
  constructor(private readonly database: Database) {}

  /** Those that are open first, and of them the goods that end first. */
  async orders(caller: Caller, query: OrdersQuery): Promise<OrdersResponse> {
    const rows = await this.database.query<OrderRow>(
      `${SELECT_ORDERS}
       WHERE depot.region_code LIKE $1 AND ($2::uuid IS NULL OR depot.id = $2) AND ($3::text IS NULL OR depot.tier = $3)
         AND ($4::text IS NULL OR orders.item_code = $4) AND ($5::text IS NULL OR orders.state = $5)
       ORDER BY orders.ended_at IS NOT NULL, orders.life_end, orders.id LIMIT $6 OFFSET $7`,
      [
        ...[regionPattern(query.region ?? caller.regionCode), query.depotId ?? null, query.tier ?? null],
        ...[query.item ?? null, query.state ?? null, query.limit, query.offset],
      ],
    );
    const lots = await this.lotsOf(await todayOf(this.database), rows);
    return { items: rows.map((row) => orderOf(row, lots.get(keyOf(row)))), total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_ROTATION_ORDER_NOT_FOUND, also for one outside the caller's region */
  async order(caller: Caller, id: string): Promise<OrderDetailResponse> {
    const [row] = await this.database.query<OrderRow>(
      `${SELECT_ORDERS} WHERE orders.id = $1 AND depot.region_code LIKE $2`,
      [id, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_ROTATION_ORDER_NOT_FOUND');
    const today = await todayOf(this.database);
    const order = orderOf(row, (await this.lotsOf(today, [row])).get(keyOf(row)));
    const [plan, actions, proposals] = [await this.plan(id), await this.actions(id), await this.proposals(id)];
    return { ...order, plan, actions, proposals, replenishment: await this.replenishment(order, today) };
  }

  private async lotsOf(
    today: Day,
    orders: readonly { readonly depotId: string; readonly lotId: string }[],
  ): Promise<Map<string, LotInDepot>> {
    const pairs = {
      places: 'total.depot_id = ANY($2::uuid[])',
      lots: '(balance.depot_id, balance.lot_id) IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))',
    };
    const rows = await this.database.query<LotInDepotRow>(`SELECT ${LOT_COLUMNS} FROM ${lotsInDepots(pairs)} AS lot`, [
      ...[today, orders.map(({ depotId }) => depotId), orders.map(({ lotId }) => lotId)],
    ]);
    return new Map(rows.map((row) => [`${row.depot_id} ${row.lot_id}`, lotInDepot(row, today)]));
  }

  private async replenishment(order: OrderResponse, today: Day): Promise<ReplenishmentResponse> {
    const { floorBase, usableBase } = await standardOf(this.database, today, order.depotId, order.itemCode);
    const stock = { leftBase: order.leftBase, floorBase, usableBase };
    const missing = missingBase(stock);
    const [price] = await this.database.query<{ price_fen: string }>(
      `SELECT price.price_fen FROM depots AS depot
       CROSS JOIN (VALUES ($2::text)) AS lot (item_code) CROSS JOIN LATERAL (${priceOn('$3::date')}) AS price
       WHERE depot.id = $1`,
      [order.depotId, order.itemCode, today],
    );
    const costFen = price ? costOf(missing, safeInteger(price.price_fen)) : null;
    const closable = !isEnded(order.state) && whyNotClosable(stock) === undefined;
    return { floorBase, usableBase, missingBase: missing, costFen, closable };
  }

  private async plan(orderId: string): Promise<PlanLineResponse[]> {
    const rows = await this.database.query<
      Omit<PlanLineResponse, 'quantityBase' | 'plannedAt'> & { quantity: string; plannedAt: Date }
    >(
      `SELECT way, quantity_base AS quantity, do_by::text AS "doBy", note, planned_by AS "plannedBy",
              planned_at AS "plannedAt"
       FROM rotation_plan_lines
       WHERE order_id = $1 AND version = (SELECT max(version) FROM rotation_plan_lines WHERE order_id = $1)
       ORDER BY position`,
      [orderId],
    );
    return rows.map(({ way, quantity, doBy, note, plannedBy, plannedAt }) => ({
      ...{ way, quantityBase: safeInteger(quantity), doBy, note, plannedBy, plannedAt: plannedAt.toISOString() },
    }));
  }

  private async actions(orderId: string): Promise<ActionResponse[]> {
    const rows = await this.database.query<
      Omit<ActionResponse, 'quantityBase' | 'priceFen' | 'recordedAt'> & {
        quantity: string;
        price: string | null;
        recordedAt: Date;
      }
    >(
      `SELECT action.id, action.way, action.quantity_base AS quantity, action.movement_id AS "movementId",
              action.replacement_movement_id AS "replacementMovementId", action.transfer_id AS "transferId",
              action.extension_id AS "extensionId", action.counterparty, action.price_fen AS price, action.document,
              action.note, EXISTS (SELECT 1 FROM movements AS reversal
                                   WHERE reversal.reverses_movement_id = action.movement_id) AS reversed,
              action.recorded_by AS "recordedBy", action.recorded_at AS "recordedAt"
       FROM rotation_actions AS action WHERE action.order_id = $1 ORDER BY action.recorded_at, action.id`,
      [orderId],
    );
    return rows.map(({ quantity, price, recordedAt, ...action }) => ({
      ...action,
      quantityBase: safeInteger(quantity),
      priceFen: price === null ? null : safeInteger(price),
      recordedAt: recordedAt.toISOString(),
    }));
  }

  private async proposals(orderId: string): Promise<ProposalResponse[]> {
    const rows = await this.database.query<
      Omit<ProposalResponse, 'quantityBase' | 'proposedAt' | 'decidedAt'> & {
        quantity: string | null;
        proposedAt: Date;
        decidedAt: Date | null;
      }
    >(
      `SELECT id, order_id AS "orderId", way, quantity_base AS quantity, from_state AS "fromState",
              new_expiry_date::text AS "newExpiryDate", appraiser, method, finding, document, state,
              proposed_by AS "proposedBy", proposed_at AS "proposedAt", decided_by AS "decidedBy",
              decided_at AS "decidedAt", decision_note AS "decisionNote"
       FROM rotation_proposals WHERE order_id = $1 ORDER BY proposed_at, id`,
      [orderId],
    );
    return rows.map(({ quantity, proposedAt, decidedAt, ...proposal }) => ({
      ...proposal,
      quantityBase: quantity === null ? null : safeInteger(quantity),
      proposedAt: proposedAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
    }));
  }
}

const keyOf = ({ depotId, lotId }: { readonly depotId: string; readonly lotId: string }): string =>
  `${depotId} ${lotId}`;

/** An order that has ended keeps what it said last; an open one says what is true now. */
function orderOf(row: OrderRow, lot: LotInDepot | undefined): OrderResponse {
  const { total: _total, opened, openedAt, endedAt, ...order } = row;
  const ended = isEnded(order.state);
  const now: { standing: Standing; lifeEnd: Day } =
    ended || !lot ? order : { standing: lot.standing, lifeEnd: lot.life.end };
  return {
    ...order,
    openedBase: safeInteger(opened),
    leftBase: ended ? 0 : leftToRotate(lot, order.standing),
    standing: now.standing,
    lifeEnd: now.lifeEnd,
    openedAt: openedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
