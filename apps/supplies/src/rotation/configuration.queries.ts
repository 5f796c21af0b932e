import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import type {
  ItemPriceResponse,
  ItemPricesQuery,
  ItemPricesResponse,
  ThresholdResponse,
  ThresholdsQuery,
  ThresholdsResponse,
} from './dto/configuration.dto';

type Stored<Row> = Omit<Row, 'recordedAt'> & { readonly recordedAt: Date; readonly total: string };

/** Rows of the own region, of those below and of those above: what holds for the caller's depots. */
export const CONCERNS = `(region_code IS NULL OR starts_with(region_code, $1) OR starts_with($1, region_code))`;

/** Reads of what rotation is configured with. */
@Injectable()
export class RotationConfigurationQueries {
  constructor(private readonly database: Database) {}

  /** Past, present and coming rows; the latest first. */
  async thresholds(caller: Caller, query: ThresholdsQuery): Promise<ThresholdsResponse> {
    const rows = await this.database.query<Stored<ThresholdResponse>>(
      `SELECT id, item_class AS "itemClass", class_value AS "classValue", tier, region_code AS "regionCode",
              valid_from::text AS "validFrom", measure, notice_before AS "noticeBefore", act_before AS "actBefore",
              late_before AS "lateBefore", basis, source, recorded_by AS "recordedBy", recorded_at AS "recordedAt",
              count(*) OVER () AS total
       FROM rotation_thresholds
       WHERE ${CONCERNS} AND ($2::text IS NULL OR item_class = $2) AND ($3::text IS NULL OR class_value = $3)
       ORDER BY item_class, class_value, valid_from DESC, recorded_at DESC, id LIMIT $4 OFFSET $5`,
      [caller.regionCode, query.itemClass ?? null, query.classValue ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, recordedAt, ...row }) => ({
      ...row,
      recordedAt: recordedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }

  async prices(caller: Caller, query: ItemPricesQuery): Promise<ItemPricesResponse> {
    const rows = await this.database.query<Stored<Omit<ItemPriceResponse, 'priceFen'>> & { priceFen: string }>(
      `SELECT id, item_code AS "itemCode", region_code AS "regionCode", valid_from::text AS "validFrom",
              price_fen AS "priceFen", basis, source, recorded_by AS "recordedBy", recorded_at AS "recordedAt",
              count(*) OVER () AS total
       FROM item_prices WHERE ${CONCERNS} AND ($2::text IS NULL OR item_code = $2)
       ORDER BY item_code, valid_from DESC, recorded_at DESC, id LIMIT $3 OFFSET $4`,
      [caller.regionCode, query.item ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, recordedAt, priceFen, ...row }) => ({
      ...row,
      priceFen: safeInteger(priceFen),
      recordedAt: recordedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }
}

/** Of a page that counts all rows of its list. */
export const totalOf = (rows: readonly { readonly total: string }[]): number =>
  rows[0] ? safeInteger(rows[0].total) : 0;
