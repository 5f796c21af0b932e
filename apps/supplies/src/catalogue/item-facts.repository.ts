import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import type { Recorder } from '../stock/domain/recorder';
import type { Basis } from './domain/item-entry';
import type { StandardCodeLine } from './domain/standard-codes';

export interface NewPack {
  readonly id: string;
  readonly itemCode: string;
  readonly name: string;
  readonly baseUnits: number;
  readonly gtin: string | null;
}

export interface CapabilityKind {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: string;
}

export interface ItemCapability {
  readonly itemCode: string;
  readonly capabilityCode: string;
  readonly amountPerBase: number;
  readonly basis: Basis;
  readonly source: string;
}

/** Writes what the catalogue knows of items beside their entries. */
@Injectable()
export class ItemFactsRepository {
  /** @throws DomainError SUPPLIES_ITEM_NOT_FOUND */
  async assertItem(tx: Tx, code: string): Promise<void> {
    const found = await tx.query('SELECT 1 FROM items WHERE code = $1 FOR KEY SHARE', [code]);
    if (found.length === 0) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
  }

  /** @throws DomainError SUPPLIES_PACK_CONFLICT when the name, or the barcode number on any item, is in use */
  async insertPack(tx: Tx, pack: NewPack): Promise<void> {
    const inserted = await tx.execute(
      `INSERT INTO item_packs (id, item_code, name, base_units, gtin) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [pack.id, pack.itemCode, pack.name, pack.baseUnits, pack.gtin],
    );
    if (inserted === 0)
      throw new DomainError('SUPPLIES_PACK_CONFLICT', { facts: { name: pack.name, gtin: pack.gtin } });
  }

  /** @throws DomainError SUPPLIES_PACK_NOT_FOUND, also for one that is retired already */
  async retirePack(tx: Tx, itemCode: string, packId: string): Promise<void> {
    const retired = await tx.execute(
      'UPDATE item_packs SET retired_at = $3 WHERE id = $2 AND item_code = $1 AND retired_at IS NULL',
      [itemCode, packId, tx.now.toISOString()],
    );
    if (retired === 0) throw new DomainError('SUPPLIES_PACK_NOT_FOUND');
  }

  /**
   * Names a capability or renames it.
   * @throws DomainError SUPPLIES_CAPABILITY_CONFLICT when it is counted in another unit
   */
  async nameCapability(tx: Tx, kind: CapabilityKind): Promise<void> {
    const named = await tx.execute(
      `INSERT INTO item_capability_kinds AS known (code, name_zh, name_en, unit) VALUES ($1, $2, $3, $4)
       ON CONFLICT (code) DO UPDATE SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en
         WHERE known.unit = EXCLUDED.unit`,
      [kind.code, kind.nameZh, kind.nameEn, kind.unit],
    );
    if (named === 0) throw new DomainError('SUPPLIES_CAPABILITY_CONFLICT');
  }

  /** @throws DomainError SUPPLIES_CAPABILITY_UNKNOWN */
  async setCapability(tx: Tx, capability: ItemCapability): Promise<void> {
    const { itemCode, capabilityCode, amountPerBase, basis, source } = capability;
    const known = await tx.query('SELECT 1 FROM item_capability_kinds WHERE code = $1', [capabilityCode]);
    if (known.length === 0) throw new DomainError('SUPPLIES_CAPABILITY_UNKNOWN');
    if (amountPerBase === 0) {
      await tx.execute('DELETE FROM item_capabilities WHERE item_code = $1 AND capability_code = $2', [
        itemCode,
        capabilityCode,
      ]);
      return;
    }
    await tx.execute(
      `INSERT INTO item_capabilities (item_code, capability_code, amount_per_base, basis, source)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (item_code, capability_code) DO UPDATE
         SET amount_per_base = EXCLUDED.amount_per_base, basis = EXCLUDED.basis, source = EXCLUDED.source`,
      [itemCode, capabilityCode, amountPerBase, basis, source],
    );
  }

  /** @returns how many rows were new, and how many said something else before; both keep who imported them last */
  async importStandardCodes(
    tx: Tx,
    rows: readonly StandardCodeLine[],
    origin: { readonly source: string; readonly by: Recorder },
  ): Promise<{ added: number; changed: number }> {
    const written = await tx.query<{ added: boolean }>(
      `INSERT INTO item_standard_codes AS known (code, name_zh, source, imported_by, imported_by_id, imported_at)
       SELECT line.code, line.name_zh, $3, $4, $5, $6 FROM unnest($1::text[], $2::text[]) AS line (code, name_zh)
       ORDER BY line.code
       ON CONFLICT (code) DO UPDATE SET name_zh = EXCLUDED.name_zh, source = EXCLUDED.source,
         imported_by = EXCLUDED.imported_by, imported_by_id = EXCLUDED.imported_by_id, imported_at = EXCLUDED.imported_at
         WHERE known.name_zh <> EXCLUDED.name_zh OR known.source <> EXCLUDED.source
       RETURNING xmax = 0 AS added`,
      [
        rows.map(({ code }) => code),
        rows.map(({ nameZh }) => nameZh),
        origin.source,
        origin.by.name,
        origin.by.userId,
        tx.now.toISOString(),
      ],
    );
    const added = written.filter((row) => row.added).length;
    return { added, changed: written.length - added };
  }
}
