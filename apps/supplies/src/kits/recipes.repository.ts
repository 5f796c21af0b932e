import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { Day } from '../stock/domain/calendar';
import type { Recorder } from '../stock/domain/recorder';
import type { RecipeLine } from './domain/check-recipe';

/** What kits are made of from a day on. */
export interface Recipe {
  readonly id: string;
  readonly kitCode: string;
  readonly revision: number;
  readonly validFrom: Day;
  readonly source: string;
  readonly components: readonly RecipeLine[];
}

/** The recipe that kits, $1, are built by on a day, $2: the latest revision of those that have begun. */
const IN_FORCE = `
  SELECT id, revision FROM kit_recipes WHERE kit_code = $1 AND valid_from <= $2::date
  ORDER BY valid_from DESC, revision DESC LIMIT 1`;

/** Every item that is reached from the components, $1, over recipes that hold on a day, $2, or begin later. */
const REACHED = `
  WITH RECURSIVE standing AS (
    SELECT recipe.id, recipe.kit_code FROM kit_recipes AS recipe
    WHERE recipe.valid_from > $2::date OR recipe.id = (
      SELECT inner_recipe.id FROM kit_recipes AS inner_recipe
      WHERE inner_recipe.kit_code = recipe.kit_code AND inner_recipe.valid_from <= $2::date
      ORDER BY inner_recipe.valid_from DESC, inner_recipe.revision DESC LIMIT 1)
  ), reached (item_code) AS (
    SELECT unnest($1::text[])
    UNION
    SELECT component.item_code FROM reached
    JOIN standing ON standing.kit_code = reached.item_code
    JOIN kit_components AS component ON component.recipe_id = standing.id
  )
  SELECT 1 FROM reached WHERE item_code = $3`;

/** Recipes of kits. */
@Injectable()
export class RecipesRepository {
  /**
   * Lets recipes be set one after the other, so that two of them never put two kits into each other.
   * @returns the latest revision of the kit's recipe, 0 when there is none
   * @throws DomainError SUPPLIES_ITEM_NOT_FOUND
   */
  async lockLatest(tx: Tx, kitCode: string): Promise<number> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('kit recipes', 0))`);
    const [kit] = await tx.query<{ revision: number }>(
      `SELECT coalesce((SELECT max(revision) FROM kit_recipes WHERE kit_code = code), 0) AS revision
       FROM items WHERE code = $1`,
      [kitCode],
    );
    if (!kit) throw new DomainError('SUPPLIES_ITEM_NOT_FOUND');
    return kit.revision;
  }

  /** Those of the codes that are in the catalogue. */
  async knownItems(tx: Tx, codes: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ code: string }>('SELECT code FROM items WHERE code = ANY($1)', [codes]);
    return new Set(rows.map(({ code }) => code));
  }

  /** Whether a kit would be part of one of its components, over any number of recipes. */
  async reaches(tx: Tx, componentCodes: readonly string[], kitCode: string, today: Day): Promise<boolean> {
    return (await tx.query(REACHED, [componentCodes, today, kitCode])).length > 0;
  }

  async insert(tx: Tx, recipe: Recipe, by: Recorder): Promise<void> {
    await tx.execute(
      `INSERT INTO kit_recipes (id, kit_code, revision, valid_from, source, recorded_by, recorded_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [recipe.id, recipe.kitCode, recipe.revision, recipe.validFrom, recipe.source, by.name, by.userId],
    );
    await tx.execute(
      `INSERT INTO kit_components (recipe_id, item_code, quantity_per_kit, required)
       SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::boolean[])`,
      [
        recipe.id,
        recipe.components.map(({ itemCode }) => itemCode),
        recipe.components.map(({ quantityPerKit }) => quantityPerKit),
        recipe.components.map(({ required }) => required),
      ],
    );
  }

  /** @throws DomainError SUPPLIES_KIT_NOT_FOUND when nothing is built by that code today */
  async inForce(tx: Tx, kitCode: string, today: Day): Promise<Pick<Recipe, 'id' | 'revision' | 'components'>> {
    const [recipe] = await tx.query<{ id: string; revision: number }>(IN_FORCE, [kitCode, today]);
    if (!recipe) throw new DomainError('SUPPLIES_KIT_NOT_FOUND');
    const components = await tx.query<{ itemCode: string; quantity: string; required: boolean }>(
      `SELECT item_code AS "itemCode", quantity_per_kit AS quantity, required FROM kit_components
       WHERE recipe_id = $1 ORDER BY item_code`,
      [recipe.id],
    );
    return {
      ...recipe,
      components: components.map(({ itemCode, quantity, required }) => ({
        itemCode,
        quantityPerKit: safeInteger(quantity),
        required,
      })),
    };
  }
}
