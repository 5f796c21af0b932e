import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { FloorChangeResponse, FloorChangesResponse, FloorInForceResponse } from './dto/floor.dto';

type ChangeRow = Omit<FloorChangeResponse, 'floorBase' | 'setAt'> & {
  readonly floor: string;
  readonly setAt: Date;
  readonly total: string;
};

const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;

/** Items that have a floor today, standing or for a time. */
const IN_FORCE = `
  SELECT named.item_code AS "itemCode", named.floor,
         coalesce((SELECT standard.floor_base FROM reserve_standards AS standard
                   WHERE standard.depot_id = $1 AND standard.item_code = named.item_code
                     AND standard.valid_from <= ${TODAY} ORDER BY standard.valid_from DESC LIMIT 1), 0) AS standing,
         (SELECT coalesce(sum(balance.quantity_base), 0) FROM balances AS balance
          JOIN lots AS lot ON lot.id = balance.lot_id
          WHERE balance.in_stock AND balance.depot_id = $1 AND balance.item_code = named.item_code
            AND balance.account LIKE '%:available' AND lot.quality = 'good'
            AND (balance.expiry_date IS NULL OR balance.expiry_date >= ${TODAY})) AS free
  FROM (
    SELECT item.item_code, reserve_floor($1, item.item_code, ${TODAY}) AS floor FROM (
      SELECT item_code FROM reserve_standards WHERE depot_id = $1
      UNION SELECT line.item_code FROM temporary_standards AS standard
        JOIN temporary_standard_items AS line ON line.standard_id = standard.id WHERE standard.depot_id = $1
    ) AS item
  ) AS named
  WHERE named.floor > 0 ORDER BY named.item_code`;

/** Reads of the floors of depots. */
@Injectable()
export class FloorsQueries {
  constructor(private readonly database: Database) {}

  /**
   * What stands in a depot today, and every floor that was set for it, the latest first.
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
    const inForce = await this.inForce(depotId);
    return { inForce, items: rows.map(changeOf), total: rows[0] ? safeInteger(rows[0].total) : 0 };
  }

  private async inForce(depotId: string): Promise<FloorInForceResponse[]> {
    const rows = await this.database.query<{ itemCode: string; standing: string; floor: string; free: string }>(
      IN_FORCE,
      [depotId],
    );
    return rows.map(({ itemCode, standing, floor, free }) => {
      const [standingBase, floorBase] = [safeInteger(standing), safeInteger(floor)];
      return {
        itemCode,
        standingBase,
        temporaryBase: floorBase - standingBase,
        floorBase,
        freeBase: safeInteger(free),
      };
    });
  }
}

const changeOf = ({ floor, setAt, total: _total, ...change }: ChangeRow): FloorChangeResponse => ({
  ...change,
  floorBase: safeInteger(floor),
  setAt: setAt.toISOString(),
});
