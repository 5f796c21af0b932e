import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { gtinOf } from './add-pack';
import { baseToPacks, packsToBase } from './domain/packs';
import type { CapabilityKindResponse, CapabilityKindsResponse } from './dto/capability.dto';
import type { CapabilityResponse, PackResponse } from './dto/item.dto';
import type { PackQuantityQuery, PackQuantityResponse, ScannedPackResponse } from './dto/pack.dto';
import type { StandardCodeResponse, StandardCodesQuery, StandardCodesResponse } from './dto/standard-code.dto';

type PackRow = Omit<PackResponse, 'baseUnits'> & { readonly baseUnits: string };
type Total = { readonly total: string };

const totalOf = (rows: readonly Total[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

/** Reads of what the catalogue knows of items beside their entries. */
@Injectable()
export class ItemFactsQueries {
  constructor(private readonly database: Database) {}

  /** Packs in use, the largest first. */
  async packs(itemCode: string): Promise<PackResponse[]> {
    const rows = await this.database.query<PackRow>(
      `SELECT id, name, base_units AS "baseUnits", gtin FROM item_packs
       WHERE item_code = $1 AND retired_at IS NULL ORDER BY base_units DESC, id LIMIT 200`,
      [itemCode],
    );
    return rows.map((row) => ({ ...row, baseUnits: safeInteger(row.baseUnits) }));
  }

  async capabilities(itemCode: string): Promise<CapabilityResponse[]> {
    const rows = await this.database.query<Omit<CapabilityResponse, 'amountPerBase'> & { amount: string }>(
      `SELECT kind.code AS "capabilityCode", kind.name_zh AS "nameZh", kind.name_en AS "nameEn", kind.unit,
              has.amount_per_base AS amount, has.basis, has.source
       FROM item_capabilities AS has JOIN item_capability_kinds AS kind ON kind.code = has.capability_code
       WHERE has.item_code = $1 ORDER BY kind.code LIMIT 200`,
      [itemCode],
    );
    return rows.map(({ amount, ...row }) => ({ ...row, amountPerBase: safeInteger(amount) }));
  }

  async capabilityKinds(page: PageQuery): Promise<CapabilityKindsResponse> {
    const rows = await this.database.query<Omit<CapabilityKindResponse, 'itemCount'> & Total & { items: string }>(
      `SELECT code, name_zh AS "nameZh", name_en AS "nameEn", unit,
              (SELECT count(*) FROM item_capabilities WHERE capability_code = code) AS items, count(*) OVER () AS total
       FROM item_capability_kinds ORDER BY code LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    );
    const items = rows.map(({ total: _total, items: count, ...kind }) => ({ ...kind, itemCount: safeInteger(count) }));
    return { items, total: totalOf(rows) };
  }

  /**
   * The pack behind a barcode number, in any of its lengths.
   * @throws DomainError SUPPLIES_GTIN_INVALID, SUPPLIES_PACK_NOT_FOUND
   */
  async scanned(gtin: string): Promise<ScannedPackResponse> {
    const [row] = await this.database.query<Omit<ScannedPackResponse, 'baseUnits'> & { baseUnits: string }>(
      `SELECT pack.id, pack.name, pack.base_units AS "baseUnits", pack.gtin, item.code AS "itemCode",
              item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit
       FROM item_packs AS pack JOIN items AS item ON item.code = pack.item_code
       WHERE pack.gtin = $1 AND pack.retired_at IS NULL`,
      [gtinOf(gtin)],
    );
    if (!row) throw new DomainError('SUPPLIES_PACK_NOT_FOUND');
    return { ...row, baseUnits: safeInteger(row.baseUnits) };
  }

  /**
   * A quantity, or a number of packs, in base units and in whole packs.
   * @throws DomainError SUPPLIES_ITEM_NOT_FOUND, REQUEST_INVALID unless exactly one of the two is named,
   *   SUPPLIES_PACK_NOT_FOUND
   */
  async packQuantity(itemCode: string, query: PackQuantityQuery): Promise<PackQuantityResponse> {
    const [item] = await this.database.query<{ unit: string }>('SELECT unit FROM items WHERE code = $1', [itemCode]);
    if (!item) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const packs = await this.packs(itemCode);
    const quantityBase = baseOf(query, packs);
    const { packs: counted, looseBase } = baseToPacks(quantityBase, packs);
    return {
      itemCode,
      unit: item.unit,
      quantityBase,
      packs: counted.map(({ pack: { id, name, baseUnits }, count }) => ({ packId: id, name, baseUnits, count })),
      looseBase,
    };
  }

  async standardCodes(query: StandardCodesQuery): Promise<StandardCodesResponse> {
    const rows = await this.database.query<Omit<StandardCodeResponse, 'importedAt'> & Total & { importedAt: Date }>(
      `SELECT code, name_zh AS "nameZh", source, imported_at AS "importedAt", count(*) OVER () AS total
       FROM item_standard_codes
       WHERE $1::text IS NULL OR starts_with(code, $1) OR position($1 in name_zh) > 0
       ORDER BY code LIMIT $2 OFFSET $3`,
      [query.search ?? null, query.limit, query.offset],
    );
    const items = rows.map(({ code, nameZh, source, importedAt }) => ({
      code,
      nameZh,
      source,
      importedAt: importedAt.toISOString(),
    }));
    return { items, total: totalOf(rows) };
  }
}

/** @throws DomainError REQUEST_INVALID, SUPPLIES_PACK_NOT_FOUND */
function baseOf({ quantityBase, packId, count }: PackQuantityQuery, packs: readonly PackResponse[]): number {
  const named = [quantityBase !== undefined, packId !== undefined && count !== undefined];
  const whole = (packId === undefined) === (count === undefined);
  if (!whole || named.filter(Boolean).length !== 1) {
    const errors = [{ pointer: '/quantityBase', reason: 'is given, or packId and count in its place' }];
    throw new DomainError('REQUEST_INVALID', { errors });
  }
  if (quantityBase !== undefined) return quantityBase;
  const pack = packs.find(({ id }) => id === packId);
  if (!pack) throw new DomainError('SUPPLIES_PACK_NOT_FOUND');
  return packsToBase(pack, count ?? 0);
}
