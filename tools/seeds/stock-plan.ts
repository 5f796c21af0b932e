import type { Depot } from './depots';
import { HEQU } from './places';

/** What a depot of each class typically holds of one item, in the item's base unit; 0 for nothing. */
export interface PlannedStock {
  readonly itemCode: string;
  readonly city: number;
  readonly county: number;
  readonly neighbourCounty: number;
  readonly township: number;
  readonly village: number;
}

export type DepotClass = Exclude<keyof PlannedStock, 'itemCode'>;

/** The county's own depot and the depots of its neighbours are planned apart. */
export function depotClass(depot: Depot): DepotClass {
  if (depot.tier === 'county') return depot.place.region.code === HEQU ? 'county' : 'neighbourCounty';
  if (depot.tier === 'city' || depot.tier === 'township' || depot.tier === 'village') return depot.tier;
  throw new Error(`no stock is planned for a depot of tier ${depot.tier}`);
}

type Line = readonly [
  itemCode: string,
  city: number,
  county: number,
  neighbourCounty: number,
  township: number,
  village: number,
];

/**
 * Estimates of ours, chosen to look sensible beside each other; no published stock list stands behind them. Goods held
 * by agreement only (fuel), whole vehicles and sea gear are left out.
 */
const LINES: readonly Line[] = [
  ['LRS-001', 5000, 1500, 800, 60, 0],
  ['LRS-002', 4000, 1000, 500, 40, 0],
  ['LRS-003', 2000, 500, 200, 0, 0],
  ['LRS-004', 2000, 500, 200, 0, 0],
  ['LRS-005', 8000, 2000, 1000, 120, 20],
  ['LRS-006', 2000, 500, 200, 40, 6],
  ['LRS-007', 1500, 400, 200, 0, 0],
  ['LRS-008', 300, 80, 40, 4, 0],
  ['LRS-009', 1200, 320, 160, 16, 0],
  ['LRS-011', 60, 16, 8, 0, 0],
  ['LRS-012', 600, 200, 80, 10, 0],
  ['LRS-013', 60, 16, 8, 1, 0],
  ['LRS-014', 3000, 800, 400, 60, 10],
  ['LRS-015', 2000, 600, 250, 60, 0],
  ['LRS-016', 300, 60, 30, 0, 0],
  ['LRS-017', 1500, 300, 150, 10, 0],
  ['LRS-018', 150, 30, 20, 0, 0],
  ['LRS-019', 5000, 1500, 600, 60, 0],
  ['LRS-020', 8, 2, 1, 0, 0],
  ['LRS-021', 5000, 1500, 600, 80, 10],
  ['LIV-001', 2000, 400, 200, 20, 0],
  ['LIV-002', 2000, 400, 200, 20, 2],
  ['LIV-003', 6000, 1500, 600, 60, 10],
  ['LIV-004', 10000, 3000, 1000, 120, 20],
  ['LIV-007', 800, 200, 80, 10, 0],
  ['MED-001', 200, 60, 30, 4, 1],
  ['MED-002', 12, 4, 2, 0, 0],
  ['MED-003', 120, 40, 20, 3, 1],
  ['MED-004', 400, 100, 50, 6, 1],
  ['MED-005', 200000, 50000, 20000, 2000, 200],
  ['MED-006', 20000, 5000, 2000, 100, 0],
  ['MED-007', 5000, 1000, 400, 0, 0],
  ['MED-008', 3000, 600, 200, 0, 0],
  ['MED-009', 2000, 500, 200, 10, 0],
  ['MED-010', 4000, 1000, 400, 40, 6],
  ['MED-011', 300, 80, 40, 4, 1],
  ['MED-012', 5000, 1500, 500, 60, 10],
  ['MED-013', 300, 60, 30, 0, 0],
  ['MED-014', 2000, 400, 200, 0, 0],
  ['MED-015', 100, 30, 15, 2, 0],
  ['MED-016', 20, 6, 3, 0, 0],
  ['FRS-001', 60, 20, 10, 0, 0],
  ['FRS-002', 120, 40, 20, 0, 0],
  ['FRS-003', 300, 100, 50, 6, 0],
  ['FRS-004', 80, 24, 12, 0, 0],
  ['FRS-005', 20, 6, 2, 0, 0],
  ['FRS-006', 30, 10, 4, 0, 0],
  ['FRS-007', 20, 8, 4, 0, 0],
  ['FRS-009', 200, 60, 30, 0, 0],
  ['FRS-010', 400, 120, 60, 0, 0],
  ['FRS-011', 8000, 2000, 1000, 0, 0],
  ['FRS-015', 20, 6, 2, 0, 0],
  ['FRS-016', 1000, 300, 150, 20, 4],
  ['FRS-017', 1000, 300, 100, 0, 0],
  ['FRS-018', 20, 6, 3, 0, 0],
  ['FRS-019', 8, 3, 1, 0, 0],
  ['FRS-021', 2, 1, 0, 0, 0],
  ['FGF-001', 300, 80, 50, 8, 0],
  ['FGF-002', 80, 24, 12, 0, 0],
  ['FGF-003', 60, 16, 8, 0, 0],
  ['FGF-004', 150, 40, 20, 4, 0],
  ['FGF-005', 120, 30, 15, 0, 0],
  ['FGF-007', 1000, 300, 150, 20, 0],
  ['FGF-008', 400, 120, 60, 10, 0],
  ['FGF-013', 12, 4, 2, 0, 0],
  ['FGF-015', 100, 30, 15, 0, 0],
  ['FGF-016', 1500, 400, 200, 40, 10],
  ['FGF-017', 400, 100, 50, 6, 0],
  ['FLD-001', 400000, 100000, 30000, 5000, 300],
  ['FLD-002', 40000, 10000, 4000, 300, 0],
  ['FLD-003', 60, 15, 6, 0, 0],
  ['FLD-004', 6000, 1500, 500, 60, 0],
  ['FLD-005', 2000, 500, 200, 0, 0],
  ['FLD-006', 3000, 800, 300, 40, 6],
  ['FLD-007', 500, 150, 50, 0, 0],
  ['FLD-008', 400, 120, 50, 8, 2],
  ['FLD-009', 40, 12, 6, 1, 0],
  ['FLD-010', 30, 8, 4, 0, 0],
  ['FLD-011', 2, 1, 0, 0, 0],
  ['FLD-012', 20, 6, 3, 0, 0],
  ['FLD-013', 20, 6, 3, 0, 0],
  ['FLD-015', 800, 240, 100, 16, 2],
  ['FLD-016', 10, 3, 1, 0, 0],
  ['FLD-017', 120, 30, 15, 2, 0],
  ['FLD-018', 30, 8, 4, 0, 0],
  ['FLD-019', 4, 1, 0, 0, 0],
  ['FLD-020', 20, 6, 2, 0, 0],
  ['FLD-021', 4, 1, 0, 0, 0],
  ['FLD-022', 150, 40, 20, 4, 0],
  ['FLD-024', 40, 12, 6, 0, 0],
  ['FLD-025', 60, 16, 8, 1, 0],
  ['MIN-001', 20, 6, 3, 0, 0],
  ['MIN-002', 4000, 1000, 500, 0, 0],
  ['MIN-003', 12, 4, 2, 0, 0],
  ['MIN-004', 40, 12, 6, 0, 0],
  ['MIN-005', 60, 20, 12, 0, 0],
  ['MIN-006', 200, 60, 30, 0, 0],
  ['MIN-007', 60, 20, 10, 0, 0],
  ['MIN-008', 12, 4, 2, 0, 0],
  ['HAZ-001', 12, 4, 1, 0, 0],
  ['HAZ-002', 4, 1, 0, 0, 0],
  ['HAZ-003', 6, 2, 0, 0, 0],
  ['HAZ-004', 200, 50, 20, 0, 0],
  ['HAZ-005', 12, 4, 1, 0, 0],
  ['HAZ-006', 600, 200, 0, 0, 0],
  ['GEO-002', 12, 4, 2, 0, 0],
  ['GEO-003', 40, 12, 6, 0, 0],
  ['CMD-001', 300, 80, 40, 8, 1],
  ['CMD-002', 40, 12, 6, 1, 0],
  ['CMD-003', 60, 20, 10, 1, 0],
  ['CMD-004', 6, 2, 1, 0, 0],
  ['CMD-007', 20, 6, 3, 1, 0],
  ['CMD-008', 4, 1, 0, 0, 0],
  ['CMD-009', 80, 24, 12, 2, 0],
  ['GRT-001', 2000, 500, 250, 60, 15],
  ['GRT-002', 100, 30, 15, 4, 1],
  ['GRT-003', 100, 30, 15, 6, 1],
  ['GRT-004', 2000, 500, 250, 40, 12],
  ['GRT-005', 3000, 800, 400, 60, 12],
  ['GRT-006', 3000, 800, 400, 60, 12],
  ['GRT-007', 1000, 300, 150, 20, 3],
  ['GRT-008', 200, 60, 30, 6, 1],
  ['GRT-009', 600, 200, 100, 15, 3],
  ['GRT-010', 2000, 600, 300, 30, 0],
];

export const STOCK_PLAN: readonly PlannedStock[] = LINES.map(
  ([itemCode, city, county, neighbourCounty, township, village]) => ({
    itemCode,
    city,
    county,
    neighbourCounty,
    township,
    village,
  }),
);
