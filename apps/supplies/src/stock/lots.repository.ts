import { Injectable } from '@nestjs/common';
import { newId, type Tx } from '@ledger/platform';
import { assertSameDates, type LotCondition, type LotDates, type LotOrigin, type LotQuality } from './domain/lot';

/** A batch of goods of one item, one origin and one owner. */
export interface Batch extends LotDates {
  readonly itemCode: string;
  readonly batchNumber: string;
  readonly origin: LotOrigin;
  readonly ownerRegionCode: string;
  readonly synthetic: boolean;
}

export interface Lot extends LotCondition {
  readonly id: string;
}

interface LotRow {
  readonly id: string;
  readonly quality: LotQuality;
  readonly item_code: string;
  readonly batch_number: string;
  readonly production_date: string | null;
  readonly expiry_date: string | null;
}

/** Lots: found by their batch, made when they are new. */
@Injectable()
export class LotsRepository {
  /**
   * Finds the lots of batches and makes the missing ones; all batches have the same origin and owner.
   * @returns lots in the order of `batches`
   * @throws DomainError SUPPLIES_LOT_CONFLICT when a batch is known with other dates
   */
  async findOrCreate(tx: Tx, batches: readonly Batch[]): Promise<Lot[]> {
    await insertMissing(tx, batches);
    const [{ origin, ownerRegionCode }] = batches;
    const rows = await tx.query<LotRow>(
      `SELECT id, quality, item_code, batch_number, production_date::text, expiry_date::text
       FROM lots WHERE origin = $3 AND owner_region_code = $4
         AND (item_code, batch_number) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [itemCodesOf(batches), batchNumbersOf(batches), origin, ownerRegionCode],
    );
    const lots = new Map(rows.map((row) => [`${row.item_code} ${row.batch_number}`, row]));
    return batches.map((batch) => {
      const lot = lots.get(`${batch.itemCode} ${batch.batchNumber}`) as LotRow;
      assertSameDates(batch.batchNumber, { productionDate: lot.production_date, expiryDate: lot.expiry_date }, batch);
      return { id: lot.id, quality: lot.quality, expiryDate: lot.expiry_date };
    });
  }
}

const itemCodesOf = (batches: readonly Batch[]): string[] => batches.map(({ itemCode }) => itemCode);
const batchNumbersOf = (batches: readonly Batch[]): string[] => batches.map(({ batchNumber }) => batchNumber);

/** In the order of the batch key, so that two receipts of the same new batches do not wait for each other in a circle. */
async function insertMissing(tx: Tx, batches: readonly Batch[]): Promise<void> {
  await tx.execute(
    `INSERT INTO lots (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, synthetic)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::text[], $7::text[], $8::boolean[])
       AS batch (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, synthetic)
     ORDER BY item_code, batch_number
     ON CONFLICT (item_code, batch_number, origin, owner_region_code) DO NOTHING`,
    [
      batches.map(() => newId()),
      itemCodesOf(batches),
      batchNumbersOf(batches),
      batches.map(({ productionDate }) => productionDate),
      batches.map(({ expiryDate }) => expiryDate),
      batches.map(({ origin }) => origin),
      batches.map(({ ownerRegionCode }) => ownerRegionCode),
      batches.map(({ synthetic }) => synthetic),
    ],
  );
}
