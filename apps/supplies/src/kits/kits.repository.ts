import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import { NOT_JOINT } from '../sharing/joint-lots';
import type { Day } from '../stock/domain/calendar';
import type { LotCondition, LotQuality } from '../stock/domain/lot';
import type { ComponentLot, KitBatch } from './domain/plan-build';

interface LotRow {
  readonly lot_id: string;
  readonly item_code: string;
  readonly expiry_date: Day | null;
  readonly quality: LotQuality;
  readonly synthetic: boolean;
  readonly quantity_base: string;
}

/** One lot of kits that was just built. */
export interface BuiltLot {
  readonly lotId: string;
  readonly batch: KitBatch;
}

/** A lot of kits that may be taken apart. */
export interface KitLot extends LotCondition {
  readonly lotId: string;
  readonly unbrokenKits: number;
}

export interface KitPart extends LotCondition {
  readonly lotId: string;
  readonly itemCode: string;
  readonly quantityPerKit: number;
}

/** Goods that lie free in a depot, $1 its account, of items, $2, that belong to a region, $3, and are neither given for a purpose nor held jointly. */
export const COMPONENT_LOTS = `
  SELECT balance.lot_id, balance.item_code, lot.expiry_date::text, lot.quality, lot.synthetic, balance.quantity_base
  FROM balances AS balance JOIN lots AS lot ON lot.id = balance.lot_id
  WHERE balance.account = $1 AND balance.item_code = ANY($2) AND lot.owner_region_code = $3 AND balance.quantity_base > 0
    AND NOT lot.purpose_bound AND ${NOT_JOINT}`;

export const componentLotOf = (row: LotRow): ComponentLot => ({
  lotId: row.lot_id,
  itemCode: row.item_code,
  expiryDate: row.expiry_date,
  quality: row.quality,
  synthetic: row.synthetic,
  quantityBase: safeInteger(row.quantity_base),
});

/** Lots of kits, and the goods they are made from. Lots of kits are locked before balances. */
@Injectable()
export class KitsRepository {
  /**
   * The free goods from which kits could be built. Their balances are locked in the order of their keys, so that two
   * builders never both see the same piece.
   */
  async lockComponents(
    tx: Tx,
    wanted: { readonly depotId: string; readonly itemCodes: readonly string[]; readonly ownerRegionCode: string },
  ): Promise<ComponentLot[]> {
    const account = depotAccount(wanted.depotId, 'available');
    await tx.query(
      `SELECT 1 FROM balances WHERE account = $1 AND item_code = ANY($2) ORDER BY account, lot_id FOR UPDATE`,
      [account, wanted.itemCodes],
    );
    const rows = await tx.query<LotRow>(COMPONENT_LOTS, [account, wanted.itemCodes, wanted.ownerRegionCode]);
    return rows.map(componentLotOf);
  }

  async insertBuilt(
    tx: Tx,
    build: { readonly recipeId: string; readonly movementId: string; readonly depotId: string },
    built: readonly BuiltLot[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO kit_lots (lot_id, recipe_id, movement_id, depot_id, quantity_base)
       SELECT lot_id, $1, $2, $3, kits FROM unnest($4::uuid[], $5::bigint[]) AS built (lot_id, kits)`,
      [
        build.recipeId,
        build.movementId,
        build.depotId,
        built.map(({ lotId }) => lotId),
        built.map(({ batch }) => batch.kits),
      ],
    );
    const contents = built.flatMap(({ lotId, batch }) =>
      batch.contents.map((content) => ({ kitLotId: lotId, ...content })),
    );
    await tx.execute(
      `INSERT INTO kit_lot_components (kit_lot_id, component_lot_id, quantity_per_kit)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])`,
      [
        contents.map(({ kitLotId }) => kitLotId),
        contents.map(({ lot }) => lot.lotId),
        contents.map(({ quantityPerKit }) => quantityPerKit),
      ],
    );
  }

  /**
   * Locks a lot of kits, so that it is taken apart by one at a time.
   * @throws DomainError SUPPLIES_LOT_NOT_FOUND unless it is a lot of that item; SUPPLIES_KIT_NOT_BREAKABLE when it was
   *   not built here, as kits that were bought ready made
   */
  async lockKitLot(tx: Tx, kitCode: string, lotId: string): Promise<KitLot> {
    const [lot] = await tx.query<{ expiry_date: Day | null; quality: LotQuality }>(
      `SELECT expiry_date::text, quality FROM lots WHERE id = $1 AND item_code = $2 FOR NO KEY UPDATE`,
      [lotId, kitCode],
    );
    if (!lot) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const [kits] = await tx.query<{ unbroken: string }>(
      `SELECT quantity_base - coalesce((SELECT sum(quantity_base) FROM kit_breaks WHERE kit_lot_id = $1), 0) AS unbroken
       FROM kit_lots WHERE lot_id = $1`,
      [lotId],
    );
    if (!kits) throw new DomainError('SUPPLIES_KIT_NOT_BREAKABLE');
    return { lotId, expiryDate: lot.expiry_date, quality: lot.quality, unbrokenKits: safeInteger(kits.unbroken) };
  }

  /** What is in each kit of a lot. */
  async partsOf(tx: Tx, kitLotId: string): Promise<KitPart[]> {
    const rows = await tx.query<Omit<KitPart, 'quantityPerKit'> & { quantity: string }>(
      `SELECT lot.id AS "lotId", lot.item_code AS "itemCode", lot.expiry_date::text AS "expiryDate", lot.quality,
              part.quantity_per_kit AS quantity
       FROM kit_lot_components AS part JOIN lots AS lot ON lot.id = part.component_lot_id
       WHERE part.kit_lot_id = $1 ORDER BY lot.item_code, lot.id`,
      [kitLotId],
    );
    return rows.map(({ quantity, ...part }) => ({ ...part, quantityPerKit: safeInteger(quantity) }));
  }

  async insertBreak(
    tx: Tx,
    broken: {
      readonly movementId: string;
      readonly kitLotId: string;
      readonly depotId: string;
      readonly kits: number;
      readonly reason: string;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO kit_breaks (movement_id, kit_lot_id, depot_id, quantity_base, reason) VALUES ($1, $2, $3, $4, $5)`,
      [broken.movementId, broken.kitLotId, broken.depotId, broken.kits, broken.reason],
    );
  }
}
