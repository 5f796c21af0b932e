import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { addUse, excessOver } from '../depots/domain/capacity';
import type { CapacityRule, OpeningState } from '../depots/domain/depot-entry';
import { assertAtWork, type DepotWork } from '../depots/domain/opening-state';
import { mayActAt, type Place } from '../scope';

export interface Depot extends Place {
  readonly id: string;
  readonly code: string;
  readonly state: OpeningState;
  readonly capacityRule: CapacityRule;
}

/** Goods that are about to come in. */
export interface IncomingGoods {
  readonly itemCode: string;
  readonly quantityBase: number;
}

/** Where somebody wants to do something, as in `findFor`. */
export interface DepotWish {
  readonly caller: Caller;
  readonly depotId: string;
  readonly work: DepotWork;
}

const COLUMNS = `
  id, code, region_code AS "regionCode", organisation_id AS "organisationId", state, capacity_rule AS "capacityRule"`;

interface RoomRow {
  readonly capacity_volume: string | null;
  readonly capacity_grams: string | null;
  readonly used_volume: string;
  readonly used_grams: string;
  readonly added_volume: string;
  readonly added_grams: string;
}

/** Depots, for use cases that move goods. */
@Injectable()
export class DepotsRepository {
  /**
   * The depot, if the caller may move its goods. A depot that is closed takes no part in anything but being cleared: the
   * default, `work`, refuses it, as do counts, returns and whatever else happens in it; `receive` refuses a suspended one
   * as well; what takes goods out of a depot asks for `clear` and finds it in every state. The row stays shared until
   * the end of the transaction, as any posting in the depot keeps it, so that a closing waits for the work in hand and
   * work that comes later sees it.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND for one that does not exist or is out of the caller's
   *   reach, SUPPLIES_DEPOT_CLOSED
   */
  async findFor(tx: Tx, caller: Caller, depotId: string, work: DepotWork = 'work'): Promise<Depot> {
    const [depot] = await tx.query<Depot>(`SELECT ${COLUMNS} FROM depots WHERE id = $1 FOR KEY SHARE`, [depotId]);
    if (!depot || !mayActAt(caller, depot)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    assertAtWork(depot.state, work);
    return depot;
  }

  /**
   * Refuses goods that a depot with a hard capacity cannot hold; one with a soft capacity takes them, and its entry
   * warns. Of two receipts at the same time the second sees what the first brought, because the depot's row is locked.
   * @throws DomainError SUPPLIES_DEPOT_FULL
   */
  async assertRoomFor(tx: Tx, depot: Depot, goods: readonly IncomingGoods[]): Promise<void> {
    if (depot.capacityRule !== 'hard') return;
    await tx.query('SELECT 1 FROM depots WHERE id = $1 FOR NO KEY UPDATE', [depot.id]);
    const [room] = await tx.query<RoomRow>(ROOM, [
      depot.id,
      goods.map(({ itemCode }) => itemCode),
      goods.map(({ quantityBase }) => quantityBase),
    ]);
    const use = addUse(
      { cubicCentimetres: safeInteger(room.used_volume), grams: safeInteger(room.used_grams) },
      { cubicCentimetres: safeInteger(room.added_volume), grams: safeInteger(room.added_grams) },
    );
    const capacity = { cubicCentimetres: orNull(room.capacity_volume), grams: orNull(room.capacity_grams) };
    const excess = excessOver(capacity, use);
    if (excess.length === 0) return;
    throw new DomainError('SUPPLIES_DEPOT_FULL', {
      detail: `with these goods: ${excess.join(', ')}`,
      facts: {
        capacityCubicCentimetres: capacity.cubicCentimetres,
        wantedCubicCentimetres: use.cubicCentimetres,
        capacityGrams: capacity.grams,
        wantedGrams: use.grams,
      },
    });
  }

  /**
   * The depots of many movements at once; each must be one whose goods the caller may move, at work as `findFor` says.
   * @returns one depot per wish, in the order given
   * @throws DomainError as `findFor`, for the first wish it is true of
   */
  async findAllFor(tx: Tx, wishes: readonly DepotWish[]): Promise<Depot[]> {
    const rows = await tx.query<Depot>(`SELECT ${COLUMNS} FROM depots WHERE id = ANY($1) ORDER BY id FOR KEY SHARE`, [
      [...new Set(wishes.map(({ depotId }) => depotId.toLowerCase()))],
    ]);
    const depots = new Map(rows.map((row) => [row.id, row]));
    return wishes.map(({ caller, depotId, work }) => {
      const depot = depots.get(depotId.toLowerCase());
      if (!depot || !mayActAt(caller, depot)) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
      assertAtWork(depot.state, work);
      return depot;
    });
  }
}

const orNull = (value: string | null): number | null => (value === null ? null : safeInteger(value));

/** Sums stop at the largest exact number: a depot that holds more is full by any measure. */
const sumOf = (column: string, quantity: string): string =>
  `least(coalesce(sum(${quantity} * item.${column}), 0), ${Number.MAX_SAFE_INTEGER})`;

/** What the goods of a depot, $1, take up now: free, promised and held ones. */
export const DEPOT_USE = `
  SELECT ${sumOf('volume_cubic_centimetres', 'balance.quantity_base')} AS used_volume,
         ${sumOf('weight_grams', 'balance.quantity_base')} AS used_grams
  FROM (SELECT item_code, available_base + reserved_base + quarantine_base AS quantity_base
        FROM stock_totals WHERE depot_id = $1) AS balance
  JOIN items AS item ON item.code = balance.item_code`;

const ROOM = `
  SELECT depot.capacity_cubic_centimetres AS capacity_volume, depot.capacity_grams AS capacity_grams, used.*, added.*
  FROM depots AS depot, LATERAL (${DEPOT_USE}) AS used, LATERAL (
    SELECT ${sumOf('volume_cubic_centimetres', 'goods.quantity_base')} AS added_volume,
           ${sumOf('weight_grams', 'goods.quantity_base')} AS added_grams
    FROM unnest($2::text[], $3::bigint[]) AS goods (item_code, quantity_base)
    JOIN items AS item ON item.code = goods.item_code) AS added
  WHERE depot.id = $1`;
