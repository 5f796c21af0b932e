import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { Database, safeInteger } from '@ledger/platform';
import { regionPattern } from '../scope';
import type { DepotResponse, DepotsQuery, DepotsResponse } from './dto/depot.dto';
import type { ItemDetailResponse, ItemResponse, ItemsQuery, ItemsResponse } from './dto/item.dto';
import { ItemFactsQueries } from './item-facts.queries';

type ItemRow = Omit<ItemResponse, 'weightGrams' | 'volumeCubicCentimetres'> & {
  readonly weightGrams: string;
  readonly volumeCubicCentimetres: string;
};

const ITEM_COLUMNS = `
  code, name_zh AS "nameZh", name_en AS "nameEn", category, unit, perishable, recoverable,
  shelf_life_months AS "shelfLifeMonths", shelf_life_basis AS "shelfLifeBasis", rotation_rule AS "rotationRule",
  inspect_every_months AS "inspectEveryMonths", hazard_class AS "hazardClass", weight_grams AS "weightGrams",
  volume_cubic_centimetres AS "volumeCubicCentimetres", size_basis AS "sizeBasis", plan_reference AS "planReference",
  shelf_life_source AS "shelfLifeSource", rotation_basis AS "rotationBasis", rotation_source AS "rotationSource",
  size_source AS "sizeSource", standard_code AS "standardCode", version`;

/** What every answer says of a depot. */
export const DEPOT_COLUMNS = `
  id, code, name_zh AS "nameZh", name_en AS "nameEn", region_code AS "regionCode", tier, kind,
  organisation_id AS "organisationId", latitude, longitude, position_basis AS "positionBasis", remote, synthetic, state,
  pre_positioning_need AS "prePositioningNeed"`;

/** Reads of the catalogue and of depots. */
@Injectable()
export class CatalogueQueries {
  constructor(
    private readonly database: Database,
    private readonly facts: ItemFactsQueries,
  ) {}

  async items(query: ItemsQuery): Promise<ItemsResponse> {
    const rows = await this.database.query<ItemRow & { total: string }>(
      `SELECT ${ITEM_COLUMNS}, count(*) OVER () AS total FROM items
       WHERE ($1::text IS NULL OR category = $1)
         AND ($2::text IS NULL OR position(lower($2) in lower(code || ' ' || name_zh || ' ' || name_en)) > 0)
       ORDER BY code LIMIT $3 OFFSET $4`,
      [query.category ?? null, query.search ?? null, query.limit, query.offset],
    );
    return { items: rows.map(itemOf), total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_ITEM_NOT_FOUND */
  async item(code: string): Promise<ItemDetailResponse> {
    const [row] = await this.database.query<ItemRow & { kit: boolean }>(
      `SELECT ${ITEM_COLUMNS}, EXISTS (SELECT 1 FROM kit_recipes WHERE kit_code = items.code) AS kit
       FROM items WHERE code = $1`,
      [code],
    );
    if (!row) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    const [packs, capabilities] = [await this.facts.packs(code), await this.facts.capabilities(code)];
    return { ...itemOf(row), packs, capabilities, kit: row.kit };
  }

  async depots(caller: Caller, query: DepotsQuery): Promise<DepotsResponse> {
    const rows = await this.database.query<DepotResponse & { total: string }>(
      `SELECT ${DEPOT_COLUMNS}, count(*) OVER () AS total FROM depots
       WHERE region_code LIKE $1 AND ($2::text IS NULL OR tier = $2) AND ($3::text IS NULL OR kind = $3)
         AND ($4::text IS NULL OR state = $4)
       ORDER BY region_code, code LIMIT $5 OFFSET $6`,
      [
        regionPattern(query.region ?? caller.regionCode),
        query.tier ?? null,
        query.kind ?? null,
        query.state ?? null,
        query.limit,
        query.offset,
      ],
    );
    return { items: rows.map(({ total: _total, ...depot }) => depot), total: totalOf(rows) };
  }
}

const totalOf = (rows: readonly { readonly total: string }[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);

function itemOf(row: ItemRow): ItemResponse {
  return {
    code: row.code,
    nameZh: row.nameZh,
    nameEn: row.nameEn,
    category: row.category,
    unit: row.unit,
    perishable: row.perishable,
    recoverable: row.recoverable,
    shelfLifeMonths: row.shelfLifeMonths,
    shelfLifeBasis: row.shelfLifeBasis,
    rotationRule: row.rotationRule,
    inspectEveryMonths: row.inspectEveryMonths,
    hazardClass: row.hazardClass,
    weightGrams: safeInteger(row.weightGrams),
    volumeCubicCentimetres: safeInteger(row.volumeCubicCentimetres),
    sizeBasis: row.sizeBasis,
    planReference: row.planReference,
    shelfLifeSource: row.shelfLifeSource,
    rotationBasis: row.rotationBasis,
    rotationSource: row.rotationSource,
    sizeSource: row.sizeSource,
    standardCode: row.standardCode,
    version: row.version,
  };
}
