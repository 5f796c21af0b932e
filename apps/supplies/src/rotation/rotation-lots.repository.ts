import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { LotCondition } from '../stock/domain/lot';
import type { OrderState } from './domain/order-state';
import type { Standing } from './domain/standing';
import { standardOf } from './depot-standard';
import {
  LOT_COLUMNS,
  MUST_ROTATE,
  lotInDepot,
  lotsInDepots,
  type LotInDepot,
  type LotInDepotRow,
} from './lots-in-depots';

/** A lot that has reached its threshold in a depot and has no order there. */
export interface DueLot extends LotInDepot {
  readonly regionCode: string;
}

export interface LotFacts extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly ownerRegionCode: string;
  /** Given for a purpose and not freed of it. */
  readonly purposeBound: boolean;
  readonly perishable: boolean;
  readonly shelfLifeBasis: string;
}

interface OpenOrderRow {
  readonly order_id: string;
  readonly state: OrderState;
  readonly opened_at: Standing;
}

export interface OpenOrderGoods {
  readonly orderId: string;
  readonly state: OrderState;
  readonly openedAt: Standing;
  readonly lot: LotInDepot | undefined;
}

const OF_OPEN_ORDERS = {
  places: `(total.depot_id, total.item_code) IN (
    SELECT depot_id, item_code FROM rotation_orders WHERE state <> 'closed' AND state <> 'cancelled')
    AND total.depot_id = ANY($2)`,
  lots: `(balance.depot_id, balance.lot_id) IN (
    SELECT depot_id, lot_id FROM rotation_orders WHERE state <> 'closed' AND state <> 'cancelled')`,
};

const ONE_LOT = {
  places: `total.depot_id = $2 AND total.item_code = (SELECT item_code FROM lots WHERE id = $3)`,
  lots: 'balance.lot_id = $3',
};

/** Lots of the depots $2 that have an open order. Read once and hashed, however many lots are asked for. */
const WITH_OPEN_ORDER = `
  SELECT depot_id, lot_id FROM rotation_orders
  WHERE state <> 'closed' AND state <> 'cancelled' AND depot_id = ANY($2)`;

/** Lots of the depots $2 as they were when two people cancelled their order: the same date, and no worse. */
const CANCELLED_AS_IT_IS = `
  SELECT depot_id, lot_id, life_end, stands.standing FROM rotation_orders
  CROSS JOIN LATERAL unnest((ARRAY['none', 'notice', 'due', 'overdue', 'expired'])[
    :array_position(ARRAY['none', 'notice', 'due', 'overdue', 'expired'], rotation_orders.standing)])
    AS stands (standing)
  WHERE state = 'cancelled' AND depot_id = ANY($2)`;

/** Where lots stand, for use cases that act on it: read from the ledger in the caller's transaction. */
@Injectable()
export class RotationLotsRepository {
  /**
   * Lots at due or worse by a threshold, in some depots, for which no order is open. A lot whose order two people cancelled
   * comes again when it stands worse than then, or when its date has changed.
   */
  async dueWithoutOrder(tx: Tx, today: Day, depotIds: readonly string[], limit: number): Promise<DueLot[]> {
    const rows = await tx.query<LotInDepotRow & { region_code: string }>(
      `SELECT ${LOT_COLUMNS}, depot.region_code
       FROM ${lotsInDepots({ places: 'total.depot_id = ANY($2)', reached: 'act' })} AS lot JOIN depots AS depot ON depot.id = lot.depot_id
       WHERE lot.standing IN ${MUST_ROTATE} AND lot.threshold_id IS NOT NULL
         AND (lot.depot_id, lot.lot_id) NOT IN (${WITH_OPEN_ORDER})
         AND (lot.depot_id, lot.lot_id, lot.life_end, lot.standing) NOT IN (${CANCELLED_AS_IT_IS})
       ORDER BY lot.life_end, lot.depot_id, lot.lot_id LIMIT $3`,
      [today, depotIds, limit],
    );
    return rows.map((row) => ({ ...lotInDepot(row, today), regionCode: row.region_code }));
  }

  /** One lot in one depot, or undefined when nothing of it lies there or it does not age. */
  async find(tx: Tx, today: Day, depotId: string, lotId: string): Promise<LotInDepot | undefined> {
    const [row] = await tx.query<LotInDepotRow>(`SELECT ${LOT_COLUMNS} FROM ${lotsInDepots(ONE_LOT)} AS lot`, [
      today,
      depotId,
      lotId,
    ]);
    return row && lotInDepot(row, today);
  }

  /** Every open order of some depots with what lies there of its lot now. */
  async ofOpenOrders(tx: Tx, today: Day, depotIds: readonly string[]): Promise<OpenOrderGoods[]> {
    const rows = await tx.query<LotInDepotRow & OpenOrderRow>(
      `SELECT orders.id AS order_id, orders.state, orders.standing AS opened_at, ${LOT_COLUMNS}
       FROM rotation_orders AS orders LEFT JOIN ${lotsInDepots(OF_OPEN_ORDERS)} AS lot
         ON lot.depot_id = orders.depot_id AND lot.lot_id = orders.lot_id
       WHERE orders.state <> 'closed' AND orders.state <> 'cancelled' AND orders.depot_id = ANY($2)`,
      [today, depotIds],
    );
    return rows.map((row) => ({
      ...{ orderId: row.order_id, state: row.state, openedAt: row.opened_at },
      lot: row.lot_id === null ? undefined : lotInDepot(row, today),
    }));
  }

  /** What one depot has of an item against its own reserve standard. */
  standard(tx: Tx, today: Day, depotId: string, itemCode: string): Promise<{ floorBase: number; usableBase: number }> {
    return standardOf(tx, today, depotId, itemCode);
  }

  /** What a lot is, wherever it lies. @throws DomainError SUPPLIES_LOT_NOT_FOUND */
  async facts(tx: Tx, lotId: string): Promise<LotFacts> {
    const [lot] = await tx.query<LotFacts>(
      `SELECT lot.id AS "lotId", lot.item_code AS "itemCode", lot.batch_number AS "batchNumber",
              lot.expiry_date::text AS "expiryDate", lot.quality, lot.owner_region_code AS "ownerRegionCode",
              lot.purpose_bound AS "purposeBound", item.perishable, item.shelf_life_basis AS "shelfLifeBasis"
       FROM lots AS lot JOIN items AS item ON item.code = lot.item_code WHERE lot.id = $1`,
      [lotId],
    );
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    return lot;
  }

  /** Gives a lot a later date, unless it has got another one since it was looked at. @returns whether it did */
  async extend(tx: Tx, lotId: string, from: Day | null, to: Day): Promise<boolean> {
    const changed = await tx.execute(
      'UPDATE lots SET expiry_date = $3 WHERE id = $1 AND expiry_date IS NOT DISTINCT FROM $2::date',
      [lotId, from, to],
    );
    return changed === 1;
  }
}
