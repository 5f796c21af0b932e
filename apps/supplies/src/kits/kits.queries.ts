import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { Database, safeInteger, type PageQuery } from '@ledger/platform';
import { regionPattern } from '../scope';
import { chinaDay } from '../stock/domain/calendar';
import { totalBase } from '../stock/domain/draw';
import { completeness } from './domain/completeness';
import { usableLots } from './domain/plan-build';
import type { CompletenessQuery, CompletenessResponse, KitContentResponse, KitLotResponse } from './dto/kit.dto';
import type {
  KitResponse,
  KitsResponse,
  RecipeComponentResponse,
  RecipeResponse,
  RecipesResponse,
} from './dto/recipe.dto';
import { COMPONENT_LOTS, componentLotOf } from './kits.repository';

type Total = { readonly total: string };
type ComponentRow = Omit<RecipeComponentResponse, 'quantityPerKit'> & {
  readonly recipeId: string;
  readonly quantity: string;
};
type RecipeRow = Omit<RecipeResponse, 'components'> & { readonly id: string };

const totalOf = (rows: readonly Total[]): number => (rows[0] ? safeInteger(rows[0].total) : 0);
const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`;

/** The recipe of a kit, `kit`, that holds today. */
const currentRecipe = (kit: string): string => `
  (SELECT id FROM kit_recipes WHERE kit_code = ${kit} AND valid_from <= ${TODAY}
   ORDER BY valid_from DESC, revision DESC LIMIT 1)`;

/** Reads of kits, their recipes and what is in them. */
@Injectable()
export class KitsQueries {
  constructor(private readonly database: Database) {}

  async kits(page: PageQuery): Promise<KitsResponse> {
    const rows = await this.database.query<Omit<KitResponse, 'componentCount'> & Total & { components: string }>(
      `SELECT item.code AS "kitCode", item.name_zh AS "nameZh", item.name_en AS "nameEn", item.unit,
              (SELECT revision FROM kit_recipes WHERE id = ${currentRecipe('item.code')}) AS revision,
              (SELECT count(*) FROM kit_components WHERE recipe_id = ${currentRecipe('item.code')}) AS components,
              count(*) OVER () AS total
       FROM items AS item WHERE EXISTS (SELECT 1 FROM kit_recipes WHERE kit_code = item.code)
       ORDER BY item.code LIMIT $1 OFFSET $2`,
      [page.limit, page.offset],
    );
    const items = rows.map(({ total: _total, components, ...kit }) => ({
      ...kit,
      componentCount: safeInteger(components),
    }));
    return { items, total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_KIT_NOT_FOUND for an item without any recipe */
  async recipes(kitCode: string, page: PageQuery): Promise<RecipesResponse> {
    const rows = await this.database.query<RecipeRow & Total>(
      `SELECT id, revision, valid_from::text AS "validFrom", source, recorded_by AS "recordedBy",
              id IS NOT DISTINCT FROM ${currentRecipe('$1')} AS "inForce", count(*) OVER () AS total
       FROM kit_recipes WHERE kit_code = $1 ORDER BY revision DESC LIMIT $2 OFFSET $3`,
      [kitCode, page.limit, page.offset],
    );
    if (rows.length === 0 && page.offset === 0) throw new DomainError('SUPPLIES_KIT_NOT_FOUND');
    const components = await this.components(rows.map(({ id }) => id));
    const items = rows.map(({ total: _total, id, ...recipe }) => ({
      ...recipe,
      components: components.filter(({ recipeId }) => recipeId === id).map(componentOf),
    }));
    return { kitCode, items, total: totalOf(rows) };
  }

  /** @throws DomainError SUPPLIES_DEPOT_NOT_FOUND, SUPPLIES_KIT_NOT_FOUND, in this order */
  async completeness(caller: Caller, kitCode: string, query: CompletenessQuery): Promise<CompletenessResponse> {
    const [depot] = await this.database.query<{ id: string; code: string; region: string; now: Date }>(
      `SELECT id, code, region_code AS region, now() AS now FROM depots WHERE id = $1 AND region_code LIKE $2`,
      [query.depotId, regionPattern(caller.regionCode)],
    );
    if (!depot) throw new DomainError('SUPPLIES_DEPOT_NOT_FOUND');
    const [recipe] = await this.database.query<{ id: string; revision: number }>(
      `SELECT id, revision FROM kit_recipes WHERE id = ${currentRecipe('$1')}`,
      [kitCode],
    );
    if (!recipe) throw new DomainError('SUPPLIES_KIT_NOT_FOUND');
    const ownerRegionCode = query.ownerRegionCode ?? depot.region;
    const components = await this.stockOf(depot, recipe.id, ownerRegionCode);
    const { buildableKits, limitedBy, ...states } = completeness(components, query.kits ?? null);
    return {
      kitCode,
      revision: recipe.revision,
      depotId: depot.id,
      depotCode: depot.code,
      ownerRegionCode,
      buildableKits,
      limitedBy: [...limitedBy],
      components: states.components.map(({ kits, shortBase }, index) => ({ ...components[index], kits, shortBase })),
    };
  }

  /**
   * A lot of kits as it was built, for people of its owner's region, of the depot that built it, and of those that hold
   * some of it.
   * @throws DomainError SUPPLIES_LOT_NOT_FOUND
   */
  async kitLot(caller: Caller, lotId: string): Promise<KitLotResponse> {
    const [row] = await this.database.query<
      Omit<KitLotResponse, 'contents' | 'builtKits' | 'brokenKits'> & { built: string; broken: string }
    >(
      `SELECT lot.id AS "lotId", lot.item_code AS "kitCode", lot.batch_number AS "batchNumber",
              lot.expiry_date::text AS "expiryDate", recipe.revision, kit.depot_id AS "depotId",
              kit.movement_id AS "movementId", kit.quantity_base AS built,
              (SELECT coalesce(sum(quantity_base), 0) FROM kit_breaks WHERE kit_lot_id = kit.lot_id) AS broken
       FROM kit_lots AS kit JOIN lots AS lot ON lot.id = kit.lot_id
       JOIN kit_recipes AS recipe ON recipe.id = kit.recipe_id JOIN depots AS depot ON depot.id = kit.depot_id
       WHERE kit.lot_id = $1 AND (lot.owner_region_code LIKE $2 OR depot.region_code LIKE $2 OR EXISTS (
         SELECT 1 FROM balances AS balance JOIN depots AS holder ON holder.id = balance.depot_id
         WHERE balance.lot_id = $1 AND balance.quantity_base > 0 AND holder.region_code LIKE $2))`,
      [lotId, regionPattern(caller.regionCode)],
    );
    if (!row) throw new DomainError('SUPPLIES_LOT_NOT_FOUND');
    const { built, broken, ...lot } = row;
    const counts = { builtKits: safeInteger(built), brokenKits: safeInteger(broken) };
    return { ...lot, ...counts, contents: await this.contents(lotId) };
  }

  private async stockOf(depot: { readonly id: string; readonly now: Date }, recipeId: string, owner: string) {
    const components = (await this.components([recipeId])).map(componentOf);
    const codes = components.map(({ itemCode }) => itemCode);
    const account = depotAccount(depot.id, 'available');
    const rows = await this.database.query<Parameters<typeof componentLotOf>[0]>(COMPONENT_LOTS, [
      account,
      codes,
      owner,
    ]);
    const lots = rows.map(componentLotOf);
    const usable = usableLots(lots, { today: chinaDay(depot.now), usableUntil: null });
    return components.map((component) => {
      const ofItem = ({ itemCode }: { readonly itemCode: string }): boolean => itemCode === component.itemCode;
      const usableBase = totalBase(usable.filter(ofItem));
      return { ...component, usableBase, unusableBase: totalBase(lots.filter(ofItem)) - usableBase };
    });
  }

  private components(recipeIds: readonly string[]): Promise<ComponentRow[]> {
    return this.database.query<ComponentRow>(
      `SELECT component.recipe_id AS "recipeId", component.item_code AS "itemCode", item.name_zh AS "nameZh",
              item.name_en AS "nameEn", item.unit, component.quantity_per_kit AS quantity, component.required
       FROM kit_components AS component JOIN items AS item ON item.code = component.item_code
       WHERE component.recipe_id = ANY($1) ORDER BY component.item_code`,
      [recipeIds],
    );
  }

  private async contents(kitLotId: string): Promise<KitContentResponse[]> {
    const rows = await this.database.query<Omit<KitContentResponse, 'quantityPerKit'> & { quantity: string }>(
      `SELECT lot.id AS "lotId", lot.item_code AS "itemCode", lot.batch_number AS "batchNumber",
              lot.expiry_date::text AS "expiryDate", part.quantity_per_kit AS quantity
       FROM kit_lot_components AS part JOIN lots AS lot ON lot.id = part.component_lot_id
       WHERE part.kit_lot_id = $1 ORDER BY lot.item_code, lot.id`,
      [kitLotId],
    );
    return rows.map(({ quantity, ...content }) => ({ ...content, quantityPerKit: safeInteger(quantity) }));
  }
}

const componentOf = ({ recipeId: _recipeId, quantity, ...component }: ComponentRow): RecipeComponentResponse => ({
  ...component,
  quantityPerKit: safeInteger(quantity),
});
