import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { FloorChangeResponse, FloorChangesResponse } from './dto/floor.dto';

type ChangeRow = Omit<FloorChangeResponse, 'floorBase' | 'setAt'> & {
  readonly floor: string;
  readonly setAt: Date;
  readonly total: string;
};

/** Reads of the floors of depots. */
@Injectable()
export class FloorsQueries {
  constructor(private readonly database: Database) {}

  /**
   * Every floor that was set for a depot, the latest first.
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, also for a depot outside the caller's region
   */
  async changes(caller: Caller, depotId: string, page: PageQuery): Promise<FloorChangesResponse> {
    const depots = await this.database.query('SELECT 1 FROM depots WHERE id = $1 AND region_code LIKE $2', [
      depotId,
      regionPattern(caller.regionCode),
    ]);
    if (depots.length === 0) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    const rows = await this.database.query<ChangeRow>(
      `SELECT item_code AS "itemCode", valid_from::text AS "validFrom", floor_base AS floor, source, basis,
              set_by AS "setBy", set_at AS "setAt", count(*) OVER () AS total
       FROM standard_floor_changes WHERE depot_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2 OFFSET $3`,
      [depotId, page.limit, page.offset],
    );
    return { items: rows.map(changeOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }
}

const changeOf = ({ floor, setAt, total: _total, ...change }: ChangeRow): FloorChangeResponse => ({
  ...change,
  floorBase: safeInteger(floor),
  setAt: setAt.toISOString(),
});
