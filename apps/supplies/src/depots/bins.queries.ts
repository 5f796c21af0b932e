import { Injectable } from '@nestjs/common';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import type {
  BinResponse,
  BinsResponse,
  PlacementResponse,
  PlacementsQuery,
  PlacementsResponse,
  ZoneResponse,
  ZonesResponse,
} from './dto/bin.dto';

type Total = { readonly total: string };
const totalOf = (rows: readonly Total[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

const PLACEMENTS = `
  SELECT placement.bin_id AS "binId", bin.label, placement.lot_id AS "lotId", lot.item_code AS "itemCode",
         lot.batch_number AS "batchNumber", placement.quantity_base AS quantity,
         (SELECT sum(noted.quantity_base) FROM depot_bin_lots AS noted JOIN depot_bins AS other ON other.id = noted.bin_id
          WHERE other.depot_id = $1 AND noted.lot_id = placement.lot_id)
           > (SELECT coalesce(sum(quantity_base), 0) FROM balances
              WHERE depot_id = $1 AND lot_id = placement.lot_id) AS "exceedsBalance",
         placement.placed_by AS "placedBy", placement.placed_at AS "placedAt", count(*) OVER () AS total
  FROM depot_bin_lots AS placement JOIN depot_bins AS bin ON bin.id = placement.bin_id
  JOIN lots AS lot ON lot.id = placement.lot_id
  WHERE bin.depot_id = $1 AND ($2::uuid IS NULL OR placement.lot_id = $2) AND ($3::uuid IS NULL OR bin.id = $3)
  ORDER BY bin.label, lot.item_code, placement.lot_id LIMIT $4 OFFSET $5`;

/** Reads of zones, bins and of what lies in them. The caller has checked that the depot is in reach. */
@Injectable()
export class BinsQueries {
  constructor(private readonly database: Database) {}

  async zones(depotId: string, page: PageQuery): Promise<ZonesResponse> {
    const rows = await this.database.query<ZoneResponse & Total>(
      `SELECT id, code, name, count(*) OVER () AS total FROM depot_zones WHERE depot_id = $1
       ORDER BY code LIMIT $2 OFFSET $3`,
      [depotId, page.limit, page.offset],
    );
    return { items: rows.map(({ id, code, name }) => ({ id, code, name })), total: totalOf(rows) };
  }

  async bins(depotId: string, page: PageQuery): Promise<BinsResponse> {
    const rows = await this.database.query<Omit<BinResponse, 'lotCount'> & Total & { lots: string }>(
      `SELECT bin.id, bin.label, bin.zone_id AS "zoneId", zone.code AS "zoneCode", bin.note,
              (SELECT count(*) FROM depot_bin_lots AS placement WHERE placement.bin_id = bin.id) AS lots,
              count(*) OVER () AS total
       FROM depot_bins AS bin LEFT JOIN depot_zones AS zone ON zone.id = bin.zone_id
       WHERE bin.depot_id = $1 ORDER BY bin.label LIMIT $2 OFFSET $3`,
      [depotId, page.limit, page.offset],
    );
    const items = rows.map(({ total: _total, lots, ...bin }) => ({ ...bin, lotCount: safeInteger(lots) }));
    return { items, total: totalOf(rows) };
  }

  async placements(depotId: string, query: PlacementsQuery): Promise<PlacementsResponse> {
    const rows = await this.database.query<
      Omit<PlacementResponse, 'quantityBase' | 'placedAt'> & Total & { quantity: string; placedAt: Date }
    >(PLACEMENTS, [depotId, query.lotId ?? null, query.binId ?? null, query.limit, query.offset]);
    const items = rows.map(({ total: _total, quantity, placedAt, ...placement }) => ({
      ...placement,
      quantityBase: safeInteger(quantity),
      placedAt: placedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }
}
