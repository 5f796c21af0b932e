import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { PLACE_FILTER, placeParameters, todayOf } from './alerts.queries';
import { totalOf } from './configuration.queries';
import { addMonths } from './domain/months';
import type { ForecastQuery, ForecastResponse, ForecastRowResponse } from './dto/alert.dto';
import { lotsInDepots } from './lots-in-depots';

type ForecastRow = Omit<ForecastRowResponse, 'quantityBase' | 'costFen' | 'unpricedBase'> & {
  readonly quantity: string;
  readonly cost: string;
  readonly unpriced: string;
  readonly total: string;
  readonly total_cost: string;
  readonly total_unpriced: string;
};

/** The price of an item for a depot on a day: the nearest region first, then the latest. Aliases `depot` and `lot`. */
export const priceOn = (day: string): string => `
  SELECT price.price_fen, price.basis FROM item_prices AS price
  WHERE price.item_code = lot.item_code AND price.valid_from <= ${day}
    AND (price.region_code IS NULL OR starts_with(depot.region_code, price.region_code))
  ORDER BY length(coalesce(price.region_code, '')) DESC, price.valid_from DESC, price.recorded_at DESC, price.id DESC
  LIMIT 1`;

/** Dated lots that end too late are left out early. */
const ENDING = '(balance.expiry_date IS NULL OR balance.expiry_date < $6::date)';

/** Money beyond what a number can say exactly is cut there. */
const LARGEST = '9007199254740991';

/** What comes to the end of its life when, and what it costs to buy it again. */
@Injectable()
export class ForecastQueries {
  constructor(private readonly database: Database) {}

  /** By month, tier and item, the earliest first; goods past their end and still in store come first of all. */
  async forecast(caller: Caller, query: ForecastQuery): Promise<ForecastResponse> {
    const today = await todayOf(this.database);
    const until = addMonths(today, 12 * (query.years ?? 3));
    const rows = await this.database.query<ForecastRow>(
      `WITH month_rows AS (
         SELECT to_char(lot.life_end, 'YYYY-MM') AS month, depot.tier, lot.item_code, lot.life_end < $1::date AS past,
                sum(lot.held_base) AS quantity, coalesce(sum(lot.held_base * price.price_fen), 0) AS cost,
                coalesce(sum(lot.held_base) FILTER (WHERE price.price_fen IS NULL), 0) AS unpriced,
                coalesce(bool_or(price.basis = 'estimate'), false) AS estimated
         FROM ${lotsInDepots({ places: PLACE_FILTER, lots: ENDING })} AS lot
         JOIN depots AS depot ON depot.id = lot.depot_id
         LEFT JOIN LATERAL (${priceOn('greatest(lot.life_end, $1::date)')}) AS price ON true
         WHERE lot.life_end < $6::date
         GROUP BY 1, 2, 3, 4)
       SELECT month, tier, item_code AS "itemCode", item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit, past,
              estimated, quantity, least(cost, ${LARGEST}) AS cost, unpriced, count(*) OVER () AS total,
              least(sum(cost) OVER (), ${LARGEST}) AS total_cost, sum(unpriced) OVER () AS total_unpriced
       FROM month_rows JOIN items AS item ON item.code = month_rows.item_code
       ORDER BY month, past DESC, array_position(ARRAY['province', 'city', 'county', 'township', 'village'], tier),
                item_code LIMIT $7 OFFSET $8`,
      [today, ...placeParameters(caller, query), until, query.limit, query.offset],
    );
    return {
      ...{ from: today, until, items: rows.map(rowOf), total: totalOf(rows) },
      totalCostFen: rows[0] ? safeInteger(rows[0].total_cost) : 0,
      totalUnpricedBase: rows[0] ? safeInteger(rows[0].total_unpriced) : 0,
    };
  }
}

function rowOf(row: ForecastRow): ForecastRowResponse {
  const { month, tier, itemCode, nameZh, nameEn, unit, estimated, past } = row;
  return {
    ...{ month, tier, itemCode, nameZh, nameEn, unit },
    quantityBase: safeInteger(row.quantity),
    costFen: safeInteger(row.cost),
    unpricedBase: safeInteger(row.unpriced),
    ...{ estimated, past },
  };
}
