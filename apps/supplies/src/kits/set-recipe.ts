import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import { newId, type Tx } from '@ledger/platform';
import { assertKeepsCatalogue } from '../catalogue/domain/catalogue-keeper';
import { chinaDay } from '../stock/domain/calendar';
import { recorderOf } from '../stock/domain/recorder';
import { recipeFaults } from './domain/check-recipe';
import type { RecipeComponent, RecipeSetResponse, SetRecipeRequest } from './dto/recipe.dto';
import { RecipesRepository, type Recipe } from './recipes.repository';

export interface RecipeSetting {
  readonly kitCode: string;
  readonly caller: Caller;
  readonly request: SetRecipeRequest;
}

/** Says what a kit is made of from a day on. Kits that were built before keep what is in them. */
@Injectable()
export class SetRecipeUseCase {
  constructor(private readonly recipes: RecipesRepository) {}

  /**
   * @throws DomainError in this order: SUPPLIES_CATALOGUE_TIER_TOO_LOW, SUPPLIES_ITEM_NOT_FOUND, SUPPLIES_VERSION_STALE
   *   when another revision came in between, SUPPLIES_KIT_RECIPE_INVALID, SUPPLIES_ITEM_UNKNOWN
   */
  async execute(tx: Tx, { kitCode, caller, request }: RecipeSetting): Promise<RecipeSetResponse> {
    assertKeepsCatalogue(caller);
    const latest = await this.recipes.lockLatest(tx, kitCode);
    if (latest !== request.followsRevision) {
      throw new DomainError('SUPPLIES_VERSION_STALE', { facts: { revision: latest } });
    }
    const today = chinaDay(tx.now);
    const recipe: Recipe = {
      id: newId(),
      kitCode,
      revision: latest + 1,
      validFrom: request.validFrom ?? today,
      source: request.source,
      components: request.components,
    };
    const errors = recipeFaults(recipe, today);
    if (errors.length > 0) throw new DomainError('SUPPLIES_KIT_RECIPE_INVALID', { errors });
    await this.assertParts(tx, kitCode, request.components, today);
    await this.recipes.insert(tx, recipe, recorderOf(caller));
    return { kitCode, revision: recipe.revision, validFrom: recipe.validFrom };
  }

  private async assertParts(tx: Tx, kitCode: string, components: readonly RecipeComponent[], today: string) {
    const codes = components.map(({ itemCode }) => itemCode);
    const known = await this.recipes.knownItems(tx, codes);
    const errors = codes.flatMap((code, index) =>
      known.has(code) ? [] : [{ pointer: `/components/${index}/itemCode`, reason: 'is not in the catalogue' }],
    );
    if (errors.length > 0) throw new DomainError('SUPPLIES_ITEM_UNKNOWN', { errors });
    if (await this.recipes.reaches(tx, codes, kitCode, today)) {
      const reason = 'hold a kit that holds this one';
      throw new DomainError('SUPPLIES_KIT_RECIPE_INVALID', { errors: [{ pointer: '/components', reason }] });
    }
  }
}
