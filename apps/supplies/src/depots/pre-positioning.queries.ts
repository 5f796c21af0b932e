import { Injectable } from '@nestjs/common';
import type { Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { NeedResponse, NeedsQuery, NeedsResponse } from './dto/pre-positioning.dto';

/** Reads of the regions in which goods have to lie beforehand. */
@Injectable()
export class PrePositioningQueries {
  constructor(private readonly database: Database) {}

  async needs(caller: Caller, query: NeedsQuery): Promise<NeedsResponse> {
    const rows = await this.database.query<Omit<NeedResponse, 'depotCount'> & { depots: string; total: string }>(
      `SELECT need.id, need.region_code AS "regionCode", need.reason, need.risk_level AS "riskLevel", need.source,
              need.valid_from::text AS "validFrom", need.valid_to::text AS "validTo", need.recorded_by AS "recordedBy",
              (SELECT count(*) FROM depots AS depot
               WHERE depot.region_code LIKE need.region_code || '%' AND depot.state <> 'closed') AS depots,
              count(*) OVER () AS total
       FROM pre_positioning_needs AS need
       CROSS JOIN LATERAL (SELECT coalesce($2::date, (now() AT TIME ZONE 'Asia/Shanghai')::date) AS day) AS asked
       WHERE need.region_code LIKE $1 AND need.valid_from <= asked.day AND coalesce(need.valid_to, asked.day) >= asked.day
       ORDER BY need.region_code, need.valid_from, need.id LIMIT $3 OFFSET $4`,
      [regionPattern(query.region ?? caller.regionCode), query.on ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ total: _total, depots, ...need }) => ({ ...need, depotCount: safeInteger(depots) }));
    return { items, total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}
