import { depotAccount } from '@ledger/contracts';
import type { Outbox, SeedContext, Tx } from '@ledger/platform';
import { chinaDay } from '../../stock/domain/calendar';
import { RECEIPT_ORIGINS, RECEIPT_SOURCES, whyNotIssuable, type ReceiptOrigin } from '../../stock/domain/lot';
import type { Posting } from '../../stock/domain/posting';
import { LotsRepository, type Lot } from '../../stock/lots.repository';
import { StockRepository } from '../../stock/stock.repository';
import { isYes, optionalText, seedCause } from './seed-cause';

interface StockSeed {
  readonly depot_code: string;
  readonly item_code: string;
  readonly batch_number: string;
  readonly production_date: string;
  readonly expiry_date: string;
  readonly quantity_base: string;
  readonly origin: ReceiptOrigin;
  readonly synthetic: string;
}

interface Depot {
  readonly id: string;
  readonly code: string;
  readonly region_code: string;
}

const RECORDER = { name: 'seed', userId: null };
/** Keeps an event well below the size the bus takes. */
const POSTINGS_PER_MOVEMENT = 400;

/** Opening stock as receipts through the ledger itself: one movement per depot and origin, in pieces of bounded size. */
export async function seedOpeningStock({ database, outbox, readCsv, progress }: SeedContext): Promise<void> {
  const rows = await readCsv<StockSeed>('supplies/opening-stock.csv');
  const byDepot = new Map<string, StockSeed[]>();
  for (const row of rows) byDepot.set(row.depot_code, [...(byDepot.get(row.depot_code) ?? []), row]);
  let added = 0;
  for (const [depotCode, stock] of byDepot) {
    added += await database.transaction((tx) => receiveAtDepot(tx, outbox, depotCode, stock));
  }
  progress(`supplies: opening stock of ${byDepot.size} depots, ${added} of ${rows.length} lots new`);
}

async function receiveAtDepot(tx: Tx, outbox: Outbox, depotCode: string, stock: StockSeed[]): Promise<number> {
  const [depot] = await tx.query<Depot>('SELECT id, code, region_code FROM depots WHERE code = $1', [depotCode]);
  if (!depot) throw new Error(`opening stock of unknown depot ${depotCode}`);
  const received = await tx.query('SELECT 1 FROM movements WHERE business_key LIKE $1 LIMIT 1', [
    `opening-stock:${depotCode}:%`,
  ]);
  if (received.length > 0) return 0;
  const ledger = new StockRepository(outbox);
  const postings = await postingsOf(tx, depot, stock);
  for (let start = 0; start < postings.length; start += POSTINGS_PER_MOVEMENT) {
    const header = { kind: 'receipt', recordedBy: RECORDER, depotId: depot.id, note: 'opening stock' } as const;
    const movement = { ...header, businessKey: `opening-stock:${depotCode}:${start}` };
    await ledger.post(tx, movement, postings.slice(start, start + POSTINGS_PER_MOVEMENT), seedCause(depot.id));
  }
  return postings.length;
}

async function postingsOf(tx: Tx, depot: Depot, stock: readonly StockSeed[]): Promise<Posting[]> {
  const postings: Posting[] = [];
  for (const origin of RECEIPT_ORIGINS) {
    const rows = stock.filter((row) => row.origin === origin);
    if (rows.length === 0) continue;
    const lots = await new LotsRepository().findOrCreate(
      tx,
      rows.map((row) => batchOf(row, depot)),
    );
    postings.push(...rows.map((row, index) => postingOf(row, lots[index], depot, chinaDay(tx.now))));
  }
  return postings;
}

function batchOf(row: StockSeed, depot: Depot) {
  return {
    itemCode: row.item_code,
    batchNumber: row.batch_number,
    productionDate: optionalText(row.production_date),
    expiryDate: optionalText(row.expiry_date),
    origin: row.origin,
    ownerRegionCode: depot.region_code,
    synthetic: isYes(row.synthetic),
  };
}

function postingOf(row: StockSeed, lot: Lot, depot: Depot, today: string): Posting {
  return {
    lotId: lot.id,
    itemCode: row.item_code,
    expiryDate: lot.expiryDate,
    from: RECEIPT_SOURCES[row.origin],
    to: depotAccount(depot.id, whyNotIssuable(lot, today) ? 'quarantine' : 'available'),
    quantityBase: Number(row.quantity_base),
    lineId: null,
  };
}
