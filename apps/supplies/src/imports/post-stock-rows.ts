import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import type { DepotWork } from '../depots/domain/opening-state';
import { SelectedMovements } from '../stock/selected-movements.repository';
import { actorOf, type ImportRecord } from './imports.repository';
import type { RowPosting, RowRange } from './row-posting';

const IN_RANGE = 'import_id = $1 AND position BETWEEN $2 AND $3 AND valid';

/** In the order of the batch key, as receipts make their lots, so that nobody waits in a circle. */
const MAKE_LOTS = `
  INSERT INTO lots (id, item_code, batch_number, production_date, expiry_date, origin, owner_region_code, synthetic)
  SELECT uuidv7(), item_code, batch_number, min(production_date), min(expiry_date), origin, owner_region_code, false
  FROM import_rows WHERE ${IN_RANGE} AND brings_lot
  GROUP BY item_code, batch_number, origin, owner_region_code ORDER BY item_code, batch_number
  ON CONFLICT (item_code, batch_number, origin, owner_region_code) WHERE serial_number IS NULL DO NOTHING`;

/** Whoever posts rows takes them away: nobody else can post them, and what is left is what is to be done. */
const TAKE = `taken AS (DELETE FROM import_rows WHERE ${IN_RANGE} RETURNING *)`;

/** A row without its lot, or with one that has got other dates since the check, is refused by the ledger. */
const ROWS = `
  SELECT taken.position AS place, taken.business_key, taken.movement_kind AS kind, taken.depot_id, taken.note,
         lot.id AS lot_id, taken.item_code, lot.expiry_date, taken.from_account, taken.to_account, taken.quantity_base
  FROM taken
  LEFT JOIN lots AS lot ON lot.serial_number IS NULL AND lot.item_code = taken.item_code
    AND lot.batch_number = taken.batch_number
    AND lot.origin = taken.origin AND lot.owner_region_code = taken.owner_region_code
    AND (NOT taken.brings_lot OR (lot.production_date IS NOT DISTINCT FROM taken.production_date
                                  AND lot.expiry_date IS NOT DISTINCT FROM taken.expiry_date))`;

const WORK = `
  SELECT DISTINCT depot_id AS "depotId",
         CASE WHEN movement_kind = 'receipt' THEN 'receive' WHEN position(':' IN from_account) > 0
              AND movement_kind <> 'quarantine' THEN 'clear' ELSE 'work' END AS work
  FROM import_rows WHERE ${IN_RANGE}`;

const INCOMING = `
  SELECT depot_id AS "depotId", item_code AS "itemCode", sum(quantity_base) AS "quantityBase"
  FROM import_rows WHERE ${IN_RANGE} AND movement_kind = 'receipt' AND depot_id = ANY($4) GROUP BY depot_id, item_code`;

/** Posts rows of opening stock and movements, each as one movement of one posting. */
@Injectable()
export class PostStockRows implements RowPosting {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly movements: SelectedMovements,
  ) {}

  /**
   * @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_DEPOT_CLOSED, SUPPLIES_DEPOT_FULL; a fault of the database as
   *   `SelectedMovements`
   */
  async post(tx: Tx, record: ImportRecord, { first, last }: RowRange): Promise<number> {
    const range = [record.id, first, last];
    await this.assertDepots(tx, record, range);
    await tx.execute(MAKE_LOTS, range);
    const actor = actorOf(record);
    return this.movements.post(tx, {
      preamble: TAKE,
      sql: ROWS,
      parameters: range,
      recordedBy: { name: actor.displayName, userId: actor.userId },
      cause: { correlationId: record.id, causationId: record.id, realm: record.realm },
    });
  }

  private async assertDepots(tx: Tx, record: ImportRecord, range: readonly unknown[]): Promise<void> {
    const wishes = await tx.query<{ depotId: string; work: DepotWork }>(WORK, range);
    const caller = actorOf(record);
    const depots = await this.depots.findAllFor(
      tx,
      wishes.map((wish) => ({ ...wish, caller })),
    );
    const bounded = new Map(
      depots.filter(({ capacityRule }) => capacityRule === 'hard').map((depot) => [depot.id, depot]),
    );
    if (bounded.size === 0) return;
    const goods = await tx.query<{ depotId: string; itemCode: string; quantityBase: string }>(INCOMING, [
      ...range,
      [...bounded.keys()],
    ]);
    for (const [id, depot] of [...bounded].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const incoming = goods
        .filter(({ depotId }) => depotId === id)
        .map(({ itemCode, quantityBase }) => ({ itemCode, quantityBase: safeInteger(quantityBase) }));
      if (incoming.length > 0) await this.depots.assertRoomFor(tx, depot, incoming);
    }
  }
}
