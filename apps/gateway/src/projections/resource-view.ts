import { Injectable } from '@nestjs/common';
import type { RegionTier } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';

export interface StockLot {
  /** null: does not expire. */
  readonly expiryDate: string | null;
  /** Base units, > 0. */
  readonly availableBase: number;
}

export interface StockedDepot {
  readonly depotId: string;
  readonly name: string;
  readonly regionCode: string;
  readonly tier: RegionTier;
  readonly latitude: number;
  readonly longitude: number;
  /** Reserve standard in force today; 0 when the depot has none for the item. Source: plan 004 §22. */
  readonly floorBase: number;
  /** Earliest expiry first, goods that do not expire last. */
  readonly lots: StockLot[];
}

export interface CataloguedItem {
  readonly itemCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: string;
  readonly recoverable: boolean;
  readonly perishable: boolean;
  readonly weightGrams: number;
  readonly volumeCubicCentimetres: number;
}

interface StockRow extends Omit<StockedDepot, 'floorBase' | 'lots'> {
  readonly floorBase: string;
  readonly expiryDate: string | null;
  readonly availableBase: string;
}

/**
 * What the gateway knows of goods, teams and vehicles from events: good enough to plan with, never a promise. Planning
 * looks at all regions; an answer to a person is narrowed to the person's own with `within`.
 */
@Injectable()
export class ResourceView {
  /**
   * Depots with free stock of an item, ordered by region code and depot.
   * @param within  region code: only depots there and below; left out for all regions
   */
  async depotsWithStock(tx: Pick<Tx, 'query'>, itemCode: string, within?: string): Promise<StockedDepot[]> {
    const rows = await tx.query<StockRow>(
      `SELECT d.depot_id AS "depotId", d.name_zh AS name, d.region_code AS "regionCode", d.tier, d.latitude,
              d.longitude, nullif(s.expiry_date, 'infinity')::text AS "expiryDate",
              s.available_base AS "availableBase", coalesce(f.floor_base, 0) AS "floorBase"
       FROM projected_stock s
       JOIN projected_depots d ON d.depot_id = s.depot_id
       LEFT JOIN LATERAL (
         SELECT floor_base FROM projected_floors
         WHERE depot_id = s.depot_id AND item_code = s.item_code AND valid_from <= current_date
         ORDER BY valid_from DESC LIMIT 1) f ON true
       WHERE s.item_code = $1 AND s.available_base > 0 AND ($2::text IS NULL OR starts_with(d.region_code, $2))
       ORDER BY d.region_code, d.depot_id, s.expiry_date`,
      [itemCode, within ?? null],
    );
    return groupByDepot(rows);
  }

  /** The catalogue entry, or undefined for an unknown code. */
  async item(tx: Pick<Tx, 'query'>, itemCode: string): Promise<CataloguedItem | undefined> {
    const [item] = await tx.query<CataloguedItem>(
      `SELECT item_code AS "itemCode", name_zh AS "nameZh", name_en AS "nameEn", unit, recoverable, perishable,
              weight_grams AS "weightGrams", volume_cubic_centimetres AS "volumeCubicCentimetres"
       FROM projected_items WHERE item_code = $1`,
      [itemCode],
    );
    return item;
  }

  /** When the latest event of the supplies service that took effect here was made; null before the first. */
  async stockAsOf(tx: Pick<Tx, 'query'>): Promise<Date | null> {
    const [state] = await tx.query<{ lastEventAt: Date }>(
      `SELECT last_event_at AS "lastEventAt" FROM projection_states WHERE source = '/supplies'`,
    );
    return state?.lastEventAt ?? null;
  }

  /** Seconds since `stockAsOf`, by the database's clock; null before the first event. */
  async age(tx: Pick<Tx, 'query'>): Promise<number | null> {
    const [state] = await tx.query<{ seconds: number }>(
      `SELECT greatest(0, floor(extract(epoch FROM now() - last_event_at)))::int AS seconds
       FROM projection_states WHERE source = '/supplies'`,
    );
    return state?.seconds ?? null;
  }
}

/** Rows of one depot follow each other. */
function groupByDepot(rows: readonly StockRow[]): StockedDepot[] {
  const depots = new Map<string, StockedDepot>();
  for (const { expiryDate, availableBase, floorBase, ...depot } of rows) {
    const entry = depots.get(depot.depotId) ?? { ...depot, floorBase: safeInteger(floorBase), lots: [] };
    entry.lots.push({ expiryDate, availableBase: safeInteger(availableBase) });
    depots.set(depot.depotId, entry);
  }
  return [...depots.values()];
}
