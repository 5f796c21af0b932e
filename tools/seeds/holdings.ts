import { tableOf, type Table } from './csv';
import type { Depot } from './depots';
import { randomFor } from './random';
import { STOCK_PLAN, depotClass, type DepotClass } from './stock-plan';

/** One item in one depot: what is there at the start, and what must stay there. */
export interface Holding {
  readonly depot: Depot;
  readonly itemCode: string;
  /** Integer > 0, in the item's base unit. */
  readonly quantityBase: number;
  /** Integer ≥ 0 and below `quantityBase`; 0 means that no standard is set. */
  readonly floorBase: number;
}

/** The part of the planned stock that is the reserve standard. Estimates, to be replaced by the county's own figures. */
const FLOOR_SHARE: Readonly<Record<DepotClass, number>> = {
  city: 0.4,
  county: 0.3,
  neighbourCounty: 0.5,
  township: 0.25,
  village: 0.5,
};

const FLOORS_VALID_FROM = '2026-01-01';

/** All holdings, depot by depot and in the order of the stock plan. */
export function planHoldings(depots: readonly Depot[]): Holding[] {
  return depots.flatMap((depot) =>
    STOCK_PLAN.map((line) => ({ itemCode: line.itemCode, plannedBase: line[depotClass(depot)] }))
      .filter(({ plannedBase }) => plannedBase > 0)
      .map(({ itemCode, plannedBase }) => ({
        depot,
        itemCode,
        quantityBase: heldBase(depot, itemCode, plannedBase),
        floorBase: Math.floor(plannedBase * FLOOR_SHARE[depotClass(depot)]),
      })),
  );
}

/** Depots hold what is planned; points hold between two thirds and four thirds of it. */
function heldBase(depot: Depot, itemCode: string, plannedBase: number): number {
  if (depot.tier !== 'township' && depot.tier !== 'village') return plannedBase;
  const share = 2 / 3 + (2 / 3) * randomFor(`holding/${depot.code}/${itemCode}`).fraction();
  return Math.max(1, Math.round(plannedBase * share));
}

export function reserveStandardTable(holdings: readonly Holding[]): Table {
  return tableOf(
    'supplies/reserve-standards.csv',
    ['depot_code', 'item_code', 'floor_base', 'basis', 'valid_from'],
    holdings
      .filter(({ floorBase }) => floorBase > 0)
      .map(({ depot, itemCode, floorBase }) => ({
        depot_code: depot.code,
        item_code: itemCode,
        floor_base: floorBase,
        basis: 'estimate',
        valid_from: FLOORS_VALID_FROM,
      })),
  );
}
