import { Injectable } from '@nestjs/common';
import { DomainError, ItemCatalogued } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import type { ItemFacts } from './domain/item-entry';

/** The whole entry of an item. Empty texts stand for what nobody said. */
export interface ItemEntry extends ItemFacts {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly category: string;
  readonly unit: string;
  readonly recoverable: boolean;
  readonly hazardClass: string;
  readonly weightGrams: number;
  readonly volumeCubicCentimetres: number;
  readonly planReference: string;
  readonly standardCode: string | null;
  readonly version: number;
}

/** What an item is now, as far as a change may not touch it. */
export interface KnownItem {
  readonly code: string;
  readonly unit: string;
  readonly recoverable: boolean;
  readonly version: number;
  /** There is a lot of it. */
  readonly stocked: boolean;
  /** Some of it is on the road or at a site, from where it may have to come back. */
  readonly outside: boolean;
}

/** Writes the entries of items, and tells the other services of every change. */
@Injectable()
export class ItemsRepository {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Locks an item against other changes of its entry and against the first goods of its kind.
   * @throws DomainError SUPPLIES_ITEM_NOT_FOUND
   */
  async lock(tx: Tx, code: string): Promise<KnownItem> {
    await tx.query('SELECT 1 FROM items WHERE code = $1 FOR UPDATE', [code]);
    const [item] = await tx.query<KnownItem>(
      `SELECT code, unit, recoverable, version,
              EXISTS (SELECT 1 FROM lots WHERE item_code = $1) AS stocked,
              EXISTS (SELECT 1 FROM balances WHERE item_code = $1 AND quantity_base > 0
                        AND (account LIKE 'transit:%' OR account LIKE 'site:%')) AS outside
       FROM items WHERE code = $1`,
      [code],
    );
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    return item;
  }

  /** @throws DomainError SUPPLIES_STANDARD_CODE_UNKNOWN */
  async assertStandardCode(tx: Tx, code: string | null): Promise<void> {
    if (code === null) return;
    const known = await tx.query('SELECT 1 FROM item_standard_codes WHERE code = $1', [code]);
    if (known.length === 0) {
      const errors = [{ pointer: '/standardCode', reason: 'was not imported' }];
      throw new DomainError('SUPPLIES_STANDARD_CODE_UNKNOWN', { errors });
    }
  }

  /** @throws DomainError SUPPLIES_ITEM_CODE_TAKEN */
  async insert(tx: Tx, item: ItemEntry, cause: Cause): Promise<void> {
    const inserted = await tx.execute(
      `INSERT INTO items (code, name_zh, name_en, category, unit, perishable, recoverable, shelf_life_months,
                          shelf_life_basis, shelf_life_source, rotation_rule, rotation_basis, rotation_source,
                          inspect_every_months, hazard_class, weight_grams, volume_cubic_centimetres, size_basis,
                          size_source, plan_reference, standard_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
       ON CONFLICT (code) DO NOTHING`,
      parametersOf(item),
    );
    if (inserted === 0) throw new DomainError('SUPPLIES_ITEM_CODE_TAKEN', { facts: { code: item.code } });
    await this.announce(tx, item, cause);
  }

  /** @throws DomainError SUPPLIES_VERSION_STALE when the entry is no longer the version that was changed */
  async amend(tx: Tx, item: ItemEntry, cause: Cause): Promise<void> {
    const changed = await tx.execute(
      `UPDATE items SET name_zh = $2, name_en = $3, category = $4, unit = $5, perishable = $6, recoverable = $7,
         shelf_life_months = $8, shelf_life_basis = $9, shelf_life_source = $10, rotation_rule = $11,
         rotation_basis = $12, rotation_source = $13, inspect_every_months = $14, hazard_class = $15, weight_grams = $16,
         volume_cubic_centimetres = $17, size_basis = $18, size_source = $19, plan_reference = $20, standard_code = $21,
         version = version + 1
       WHERE code = $1 AND version = $22`,
      [...parametersOf(item), item.version],
    );
    if (changed === 0) throw new DomainError('SUPPLIES_VERSION_STALE');
    await this.announce(tx, item, cause);
  }

  private async announce(tx: Tx, item: ItemEntry, cause: Cause): Promise<void> {
    const { code: itemCode, nameZh, nameEn, category, unit, recoverable, perishable } = item;
    const { weightGrams, volumeCubicCentimetres } = item;
    const data = { itemCode, nameZh, nameEn, category, unit, recoverable, perishable, weightGrams };
    await this.outbox.add(tx, ItemCatalogued, { ...data, volumeCubicCentimetres }, cause);
  }
}

/** Parameters 1 to 21 of the statements above. */
const parametersOf = (item: ItemEntry): unknown[] => [
  item.code,
  item.nameZh,
  item.nameEn,
  item.category,
  item.unit,
  item.perishable,
  item.recoverable,
  item.shelfLifeMonths,
  item.shelfLifeBasis,
  item.shelfLifeSource,
  item.rotationRule,
  item.rotationBasis,
  item.rotationSource,
  item.inspectEveryMonths,
  item.hazardClass,
  item.weightGrams,
  item.volumeCubicCentimetres,
  item.sizeBasis,
  item.sizeSource,
  item.planReference,
  item.standardCode,
];
