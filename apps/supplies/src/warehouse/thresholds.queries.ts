import { Injectable } from '@nestjs/common';
import { lineageOf, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import { DEFAULT_THRESHOLDS, THRESHOLD_KINDS } from './domain/threshold';
import type { ThresholdResponse, ThresholdsQuery, ThresholdsResponse } from './dto/warehouse-rule.dto';

/** Reads of the thresholds of warehouses. */
@Injectable()
export class ThresholdsQueries {
  constructor(private readonly database: Database) {}

  /** What was set at, above and below the caller's region, the latest first of each region and kind. */
  async thresholds(caller: Caller, query: ThresholdsQuery): Promise<ThresholdsResponse> {
    const rows = await this.database.query<
      Omit<ThresholdResponse, 'value' | 'setAt'> & { value: string; setAt: Date; total: string }
    >(
      `SELECT region_code AS "regionCode", kind, value, basis, set_by AS "setBy", set_at AS "setAt",
              count(*) OVER () AS total
       FROM warehouse_thresholds
       WHERE (region_code LIKE $1 OR region_code = ANY($2)) AND ($3::text IS NULL OR kind = $3)
       ORDER BY kind, region_code, set_at DESC, id DESC LIMIT $4 OFFSET $5`,
      [regionPattern(caller.regionCode), lineageOf(caller.regionCode), query.kind ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, value, setAt, ...row }) => ({
      ...row,
      value: safeInteger(value),
      setAt: setAt.toISOString(),
    }));
    const defaults = THRESHOLD_KINDS.map((kind) => ({ kind, value: DEFAULT_THRESHOLDS[kind] }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0, defaults };
  }
}
