import { Injectable } from '@nestjs/common';
import { Database } from '@ledger/platform';
import type { RegionPage, RegionQuery, RegionView } from './dto/region.dto';

const COLUMNS = `region_code AS "code", name, short_name AS "shortName", tier, kind, parent_code AS "parentCode"`;

/** Reads of the region tree. Names and codes of divisions are public knowledge: every caller sees all of them. */
@Injectable()
export class RegionQueries {
  constructor(private readonly database: Database) {}

  async list(query: RegionQuery): Promise<RegionPage> {
    const filter = [query.prefix ?? '', query.tier ?? null];
    const items = await this.database.query<RegionView>(
      `SELECT ${COLUMNS} FROM regions
       WHERE starts_with(region_code, $1) AND ($2::text IS NULL OR tier = $2)
       ORDER BY region_code LIMIT $3 OFFSET $4`,
      [...filter, query.limit, query.offset],
    );
    const [{ total }] = await this.database.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM regions
       WHERE starts_with(region_code, $1) AND ($2::text IS NULL OR tier = $2)`,
      filter,
    );
    return { items, total };
  }

  async find(code: string): Promise<RegionView | undefined> {
    const [region] = await this.database.query<RegionView>(`SELECT ${COLUMNS} FROM regions WHERE region_code = $1`, [
      code,
    ]);
    return region;
  }
}
