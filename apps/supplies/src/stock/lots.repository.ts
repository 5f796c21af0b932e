import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import { assertSameDates, type LotCondition, type LotDates, type LotOrigin, type LotQuality } from './domain/lot';

/** A batch of goods of one item, one origin and one owner, or one numbered piece of it. */
export interface Batch extends LotDates {
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly origin: LotOrigin;
  readonly ownerRegionCode: string;
  readonly synthetic: boolean;
  /** Of gear that is numbered piece by piece. */
  readonly serialNumber?: string;
}

export interface Lot extends LotCondition {
  readonly id: string;
}

/** A lot that something is about to happen to. */
export interface KnownLot extends Lot {
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly serialNumber: string | null;
  readonly origin: LotOrigin;
  readonly ownerRegionCode: string;
}

interface LotRow {
  readonly id: string;
  readonly quality: LotQuality;
  readonly item_code: string;
  readonly batch_number: string;
  readonly serial_number: string | null;
  readonly origin: LotOrigin;
  readonly owner_region_code: string;
  readonly production_date: string | null;
  readonly expiry_date: string | null;
}

const COLUMNS = `id, quality, item_code, batch_number, serial_number, origin, owner_region_code, production_date::text,
  expiry_date::text`;

/** Lots: found by their batch, made when they are new. */
@Injectable()
export class LotsRepository {
  /**
   * Finds the lots of batches and makes the missing ones; all batches have the same origin and owner. Their rows stay
   * shared until the end of the transaction, so that a recall waits for the receipt, or the receipt sees the recall.
   * @returns lots in the order of `batches`
   * @throws DomainError SUPPLIES_LOT_CONFLICT when a batch is known with other dates, or a piece with another batch;
   *   SUPPLIES_SERIAL_NUMBER_KNOWN when a numbered piece is in the books already
   */
  async findOrCreate(tx: Tx, batches: readonly Batch[]): Promise<Lot[]> {
    await insertMissing(tx, batches);
    const rows = [...(await findBatches(tx, batches)), ...(await findPieces(tx, batches))];
    const lots = new Map(rows.map((row) => [keyOf(row.item_code, row.batch_number, row.serial_number), row]));
    return batches.map((batch) => {
      const lot = lots.get(keyOf(batch.itemCode, batch.batchNumber, batch.serialNumber ?? null));
      if (!lot || lot.origin !== batch.origin || lot.owner_region_code !== batch.ownerRegionCode) {
        throw anotherBatch(batch);
      }
      assertSameDates(batch.batchNumber, { productionDate: lot.production_date, expiryDate: lot.expiry_date }, batch);
      return { id: lot.id, quality: lot.quality, expiryDate: lot.expiry_date };
    });
  }

  /**
   * The lots with their rows shared until the end of the transaction: for whatever decides by the quality of a lot. Lots
   * are locked in the order of their ids, after documents and before balances.
   */
  async share(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownLot>> {
    const rows = await tx.query<LotRow>(`SELECT ${COLUMNS} FROM lots WHERE id = ANY($1) ORDER BY id FOR SHARE`, [ids]);
    return new Map(rows.map((row) => [row.id, lotOf(row)]));
  }
}

function lotOf(row: LotRow): KnownLot {
  return {
    id: row.id,
    quality: row.quality,
    expiryDate: row.expiry_date,
    itemCode: row.item_code,
    batchNumber: row.batch_number,
    serialNumber: row.serial_number,
    origin: row.origin,
    ownerRegionCode: row.owner_region_code,
  };
}

/** A numbered piece is known by item and number alone, so its key has no batch. */
const keyOf = (itemCode: string, batchNumber: string, serialNumber: string | null): string =>
  serialNumber === null ? `${itemCode} batch ${batchNumber}` : `${itemCode} piece ${serialNumber}`;

function anotherBatch({ itemCode, batchNumber, serialNumber }: Batch): DomainError {
  return new DomainError('SUPPLIES_LOT_CONFLICT', {
    detail: `piece ${serialNumber} of ${itemCode} is known with another batch, origin or owner than ${batchNumber}`,
    facts: { batchNumber, serialNumber: serialNumber ?? null },
  });
}

async function findBatches(tx: Tx, batches: readonly Batch[]): Promise<LotRow[]> {
  const unnumbered = batches.filter(({ serialNumber }) => serialNumber === undefined);
  if (unnumbered.length === 0) return [];
  const [{ origin, ownerRegionCode }] = unnumbered;
  return tx.query<LotRow>(
    `SELECT ${COLUMNS} FROM lots WHERE serial_number IS NULL AND origin = $3 AND owner_region_code = $4
       AND (item_code, batch_number) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     ORDER BY id FOR SHARE`,
    [
      unnumbered.map(({ itemCode }) => itemCode),
      unnumbered.map(({ batchNumber }) => batchNumber),
      origin,
      ownerRegionCode,
    ],
  );
}

/** Pieces are locked against each other too: of two receipts of one number the second sees the piece of the first. */
async function findPieces(tx: Tx, batches: readonly Batch[]): Promise<LotRow[]> {
  const numbered = batches.filter(({ serialNumber }) => serialNumber !== undefined);
  if (numbered.length === 0) return [];
  const rows = await tx.query<LotRow>(
    `SELECT ${COLUMNS} FROM lots
     WHERE (item_code, serial_number) IN (SELECT * FROM unnest($1::text[], $2::text[]))
     ORDER BY id FOR NO KEY UPDATE`,
    [numbered.map(({ itemCode }) => itemCode), numbered.map(({ serialNumber }) => serialNumber)],
  );
  const batchOf = new Map(numbered.map((batch) => [keyOf(batch.itemCode, '', batch.serialNumber ?? null), batch]));
  const other = rows.find(
    (row) => batchOf.get(keyOf(row.item_code, '', row.serial_number))?.batchNumber !== row.batch_number,
  );
  if (other) throw anotherBatch(batchOf.get(keyOf(other.item_code, '', other.serial_number)) as Batch);
  await assertOutOfTheBooks(tx, rows);
  return rows;
}

async function assertOutOfTheBooks(tx: Tx, pieces: readonly LotRow[]): Promise<void> {
  const counts = await piecesInside(
    tx,
    pieces.map(({ id }) => id),
  );
  const here = pieces.find(({ id }) => (counts.get(id) ?? 0) > 0);
  if (!here) return;
  const { serial_number: serialNumber, item_code: itemCode } = here;
  throw new DomainError('SUPPLIES_SERIAL_NUMBER_KNOWN', { facts: { itemCode, serialNumber } });
}

/** How many pieces of lots are anywhere inside: in stores, under way or at sites. */
export async function piecesInside(tx: Tx, lotIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ lot_id: string; inside_base: string }>(
    `SELECT lot_id, sum(quantity_base) AS inside_base FROM balances
     WHERE lot_id = ANY($1) AND in_stock GROUP BY lot_id`,
    [lotIds],
  );
  return new Map(rows.map((row) => [row.lot_id, safeInteger(row.inside_base)]));
}

/** In the order of the batch key, so that two receipts of the same new batches do not wait for each other in a circle. */
async function insertMissing(tx: Tx, batches: readonly Batch[]): Promise<void> {
  await tx.execute(
    `INSERT INTO lots (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, synthetic,
                       serial_number)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::text[], $7::text[],
                          $8::boolean[], $9::text[])
       AS batch (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, synthetic,
                 serial_number)
     ORDER BY item_code, batch_number, serial_number
     ON CONFLICT DO NOTHING`,
    [
      batches.map(() => newId()),
      batches.map(({ itemCode }) => itemCode),
      batches.map(({ batchNumber }) => batchNumber),
      batches.map(({ productionDate }) => productionDate),
      batches.map(({ expiryDate }) => expiryDate),
      batches.map(({ origin }) => origin),
      batches.map(({ ownerRegionCode }) => ownerRegionCode),
      batches.map(({ synthetic }) => synthetic),
      batches.map(({ serialNumber }) => serialNumber ?? null),
    ],
  );
}
