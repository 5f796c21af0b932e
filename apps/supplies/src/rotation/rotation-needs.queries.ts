import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import { PLACE_FILTER, placeParameters, todayOf } from './alerts.queries';
import { totalOf } from './configuration.queries';
import { costOf } from './domain/closing';
import { FLOOR, FREE, LEAVING } from './depot-standard';
import type { RotationPlaceQuery } from './dto/alert.dto';
import type { ReplenishmentNeedResponse, ReplenishmentNeedsResponse } from './dto/order.dto';
import { priceOn } from './forecast.queries';
import { lotsInDepots } from './lots-in-depots';

type NeedRow = Omit<ReplenishmentNeedResponse, 'floorBase' | 'usableBase' | 'missingBase' | 'costFen'> & {
  readonly floor: string;
  readonly usable: string;
  readonly price: string | null;
  readonly total: string;
};

/** What places lack to be at their standard, counting only goods that keep beyond their threshold. */
@Injectable()
export class RotationNeedsQueries {
  constructor(private readonly database: Database) {}

  /** What open orders leave to be bought or brought, by depot and item. */
  async needs(caller: Caller, query: RotationPlaceQuery): Promise<ReplenishmentNeedsResponse> {
    return this.needsOn(this.database, await todayOf(this.database), caller, query);
  }

  /** The same, as a transaction sees it. */
  async needsOn(
    from: Pick<Database, 'query'>,
    today: Day,
    caller: Caller,
    query: RotationPlaceQuery,
  ): Promise<ReplenishmentNeedsResponse> {
    const rows = await from.query<NeedRow>(
      `WITH place AS (
         SELECT orders.depot_id, orders.item_code, count(*) AS orders FROM rotation_orders AS orders
         WHERE orders.state <> 'closed' AND orders.state <> 'cancelled' GROUP BY 1, 2
       ), leaving AS (
         SELECT aged.depot_id, aged.item_code, ${LEAVING} AS leaving
         FROM ${lotsInDepots({ places: PLACE_FILTER, reached: 'act' })} AS aged GROUP BY 1, 2
       ), need AS (
         SELECT place.depot_id, place.item_code, place.orders, ${FLOOR} AS floor,
                ${FREE} - coalesce(leaving.leaving, 0) AS usable
         FROM place JOIN depots AS depot ON depot.id = place.depot_id
         LEFT JOIN leaving ON leaving.depot_id = place.depot_id AND leaving.item_code = place.item_code
         WHERE depot.region_code LIKE $2 AND ($3::uuid IS NULL OR depot.id = $3)
           AND ($4::text IS NULL OR depot.tier = $4) AND ($5::text IS NULL OR place.item_code = $5)
       )
       SELECT lot.depot_id AS "depotId", depot.code AS "depotCode", depot.region_code AS "regionCode",
              lot.item_code AS "itemCode", item.name_zh AS "nameZh", item.unit, lot.floor, lot.usable,
              lot.orders::integer AS orders, price.price_fen AS price, count(*) OVER () AS total
       FROM need AS lot JOIN depots AS depot ON depot.id = lot.depot_id JOIN items AS item ON item.code = lot.item_code
       LEFT JOIN LATERAL (${priceOn('$1::date')}) AS price ON true
       WHERE lot.usable < lot.floor
       ORDER BY depot.region_code, depot.code, lot.item_code LIMIT $6 OFFSET $7`,
      [today, ...placeParameters(caller, query), query.limit, query.offset],
    );
    return { items: rows.map(needOf), total: totalOf(rows) };
  }
}

function needOf({ floor, usable, price, total: _total, ...need }: NeedRow): ReplenishmentNeedResponse {
  const [floorBase, usableBase] = [safeInteger(floor), safeInteger(usable)];
  const missing = floorBase - usableBase;
  return {
    ...need,
    ...{ floorBase, usableBase, missingBase: missing },
    costFen: price === null ? null : costOf(missing, safeInteger(price)),
  };
}
