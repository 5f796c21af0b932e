import { REFERENCE_DATE, addDays, addMonths, type PlainDate } from './calendar';
import { tableOf, type Table } from './csv';
import type { Holding } from './holdings';
import { randomFor, type Random } from './random';
import type { CatalogueItem } from './reference';
import { SHORT_DATED_LOTS } from './short-dated-lots';

export interface Lot {
  readonly depotCode: string;
  readonly itemCode: string;
  /** Unique over all lots: item, month of production, region and a running number. */
  readonly batchNumber: string;
  readonly productionDate: PlainDate;
  /** Empty for goods that do not expire. */
  readonly expiryDate: PlainDate | '';
  readonly quantityBase: number;
  readonly origin: 'purchase' | 'donation';
}

/** Goods that expire are drawn younger than goods that do not, so that most of them stay usable for some time. */
const AGE_SHARE = { expiring: { from: 0.02, to: 0.45 }, lasting: { from: 0.05, to: 0.7 } };
const DAYS_PER_MONTH = 30.4;
const DONATION_SHARE = 0.08;
const DONATED_CATEGORIES = ['living_relief', 'livelihood', 'medical'];
/** Up to this quantity a holding is one lot. */
const ONE_LOT_UP_TO = 12;

/** Splits a holding into lots, oldest production first; their quantities sum to the holding's. */
export function splitIntoLots(holding: Holding, item: CatalogueItem): Lot[] {
  const random = randomFor(`lots/${holding.depot.code}/${holding.itemCode}`);
  const quantities = splitQuantity(holding.quantityBase, lotCount(holding), random);
  const productionDates = quantities.map(() => drawProductionDate(item, random)).sort();
  const donated = DONATED_CATEGORIES.includes(item.category);
  return quantities.map((quantityBase, index) => {
    const dates = datesOf(holding, item, { index, drawnProduction: productionDates[index] });
    return {
      depotCode: holding.depot.code,
      itemCode: holding.itemCode,
      batchNumber: batchNumber(holding, dates.productionDate, index),
      ...dates,
      quantityBase,
      origin: donated && random.fraction() < DONATION_SHARE ? 'donation' : 'purchase',
    };
  });
}

export function openingStockTable(lots: readonly Lot[]): Table {
  return tableOf(
    'supplies/opening-stock.csv',
    [
      'depot_code',
      'item_code',
      'batch_number',
      'production_date',
      'expiry_date',
      'quantity_base',
      'origin',
      'synthetic',
    ],
    lots.map((lot) => ({
      depot_code: lot.depotCode,
      item_code: lot.itemCode,
      batch_number: lot.batchNumber,
      production_date: lot.productionDate,
      expiry_date: lot.expiryDate,
      quantity_base: lot.quantityBase,
      origin: lot.origin,
      synthetic: 'y',
    })),
  );
}

function lotCount({ depot, quantityBase }: Holding): number {
  if (quantityBase <= ONE_LOT_UP_TO || depot.tier === 'village') return 1;
  return depot.tier === 'township' ? 2 : 3;
}

/**
 * Cuts a quantity into parts; all but the last are between half and six fifths of the even share.
 * @returns `parts` (1 to 3) integers ≥ 1 that sum to `quantityBase`
 */
function splitQuantity(quantityBase: number, parts: number, random: Random): number[] {
  const evenShare = quantityBase / parts;
  const cuts = Array.from({ length: parts - 1 }, () => Math.round(evenShare * (0.5 + 0.7 * random.fraction())));
  return [...cuts, quantityBase - cuts.reduce((sum, cut) => sum + cut, 0)];
}

function drawProductionDate(item: CatalogueItem, random: Random): PlainDate {
  const { from, to } = item.expiresAfterMonths === undefined ? AGE_SHARE.lasting : AGE_SHARE.expiring;
  const ageMonths = item.reserveLifeMonths * (from + (to - from) * random.fraction());
  return addDays(REFERENCE_DATE, -Math.round(ageMonths * DAYS_PER_MONTH));
}

/** Expiry follows production, except for the first lot of a holding that is listed as short-dated. */
function datesOf(
  holding: Holding,
  item: CatalogueItem,
  drawn: { index: number; drawnProduction: PlainDate },
): Pick<Lot, 'productionDate' | 'expiryDate'> {
  const productionDate = drawn.drawnProduction;
  const months = item.expiresAfterMonths;
  if (months === undefined) return { productionDate, expiryDate: '' };
  const marked = SHORT_DATED_LOTS.find(
    (lot) => lot.depotCode === holding.depot.code && lot.itemCode === holding.itemCode,
  );
  if (!marked || drawn.index > 0) return { productionDate, expiryDate: addMonths(productionDate, months) };
  const expiryDate = addDays(REFERENCE_DATE, marked.daysLeft);
  return { productionDate: addMonths(expiryDate, -months), expiryDate };
}

const batchNumber = (holding: Holding, productionDate: PlainDate, index: number): string =>
  [
    holding.itemCode.replace('-', ''),
    productionDate.slice(0, 7).replace('-', ''),
    holding.depot.place.region.code,
    index + 1,
  ].join('-');
