import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { chinaDay } from '../stock/domain/calendar';
import { lotDateFaults } from '../stock/domain/lot';
import { CountLinesRepository, type FoundBatch } from './count-lines.repository';
import type { Count } from './counts.repository';
import type { FoundGoods } from './dto/count.dto';

interface KnownLot {
  readonly id: string;
  readonly production_date: string | null;
  readonly expiry_date: string | null;
}

/** Finds or makes the line of goods that lie in the depot and are not on the list. */
@Injectable()
export class FoundGoodsLines {
  constructor(private readonly lines: CountLinesRepository) {}

  /**
   * A batch that the ledger knows for this depot or its region gets a line for that lot, so that its pieces are booked
   * on it; any other gets a line of its own, and a lot of origin `found` when the count is approved.
   * @param pointer  where the goods stand in the request
   * @returns the id of the line
   * @throws DomainError in this order: SUPPLIES_ITEM_UNKNOWN, SUPPLIES_LOT_CONFLICT, SUPPLIES_DATES_INVALID,
   *   SUPPLIES_COUNT_OVERLAPS
   */
  async lineOf(tx: Tx, count: Count, goods: FoundGoods, pointer: string): Promise<string> {
    const [item] = await tx.query<{ perishable: boolean }>('SELECT perishable FROM items WHERE code = $1', [
      goods.itemCode,
    ]);
    if (!item) {
      const errors = [{ pointer: `${pointer}/itemCode`, reason: 'is not in the catalogue' }];
      throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
    }
    const known = await knownLot(tx, count, goods);
    if (known) assertNamedDates(goods, known);
    const batch = batchOf(goods, known);
    if (!known) {
      const faults = lotDateFaults(batch, item, chinaDay(tx.now), pointer);
      if (faults.length > 0) throw new DomainError('SUPPLIES_DATES_INVALID', { errors: faults });
    }
    const lineId = (await this.lines.find(tx, count.id, batch)) ?? (await this.lines.addFound(tx, count, batch));
    if (!lineId) throw new DomainError('SUPPLIES_COUNT_OVERLAPS', { facts: { lines: 1 } });
    return lineId;
  }
}

/** Of several lots of one batch the one that lies in the depot, else the youngest. */
async function knownLot(tx: Tx, count: Count, goods: FoundGoods): Promise<KnownLot | undefined> {
  const [lot] = await tx.query<KnownLot>(
    `SELECT lot.id, lot.production_date::text, lot.expiry_date::text
     FROM lots AS lot
     LEFT JOIN (SELECT lot_id, sum(quantity_base) AS held_base FROM balances WHERE depot_id = $3 GROUP BY lot_id) AS here
       ON here.lot_id = lot.id
     WHERE lot.item_code = $1 AND lot.batch_number = $2 AND (lot.owner_region_code = $4 OR here.lot_id IS NOT NULL)
     ORDER BY coalesce(here.held_base, 0) > 0 DESC, lot.created_at DESC, lot.id LIMIT 1`,
    [goods.itemCode, goods.batchNumber, count.depotId, count.regionCode],
  );
  return lot;
}

function batchOf(goods: FoundGoods, known: KnownLot | undefined): FoundBatch {
  return {
    lotId: known?.id ?? null,
    place: goods.place ?? 'shelf',
    itemCode: goods.itemCode,
    batchNumber: goods.batchNumber,
    productionDate: known ? known.production_date : (goods.productionDate ?? null),
    expiryDate: known ? known.expiry_date : (goods.expiryDate ?? null),
  };
}

/** What a keeper can read on the goods has to agree with the books; what is not named is taken from them. */
function assertNamedDates(goods: FoundGoods, known: KnownLot): void {
  const differs =
    (goods.productionDate !== undefined && goods.productionDate !== known.production_date) ||
    (goods.expiryDate !== undefined && goods.expiryDate !== known.expiry_date);
  if (!differs) return;
  throw new DomainError('SUPPLIES_LOT_CONFLICT', {
    detail: `batch ${goods.batchNumber} is known with production date ${known.production_date} and expiry date ${known.expiry_date}`,
    facts: { batchNumber: goods.batchNumber },
  });
}
