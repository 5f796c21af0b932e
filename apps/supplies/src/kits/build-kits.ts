import { Injectable } from '@nestjs/common';
import { DomainError, depotAccount, type Caller } from '@ledger/contracts';
import { newId, type Cause, type Tx } from '@ledger/platform';
import { DepotsRepository } from '../catalogue/depots.repository';
import { chinaDay, type Day } from '../stock/domain/calendar';
import type { Posting } from '../stock/domain/posting';
import { recorderOf } from '../stock/domain/recorder';
import { LotsRepository } from '../stock/lots.repository';
import { StockRepository } from '../stock/stock.repository';
import type { RecipeLine } from './domain/check-recipe';
import { planBuild, type ComponentNeed, type KitBatch } from './domain/plan-build';
import type { BuildKitsRequest, BuildKitsResponse } from './dto/kit.dto';
import { KitsRepository, type BuiltLot } from './kits.repository';
import { RecipesRepository } from './recipes.repository';

export interface KitBuild {
  readonly kitCode: string;
  readonly caller: Caller;
  readonly request: BuildKitsRequest;
}

/** Puts kits together from free goods of a depot. */
@Injectable()
export class BuildKitsUseCase {
  constructor(
    private readonly depots: DepotsRepository,
    private readonly recipes: RecipesRepository,
    private readonly kits: KitsRepository,
    private readonly lots: LotsRepository,
    private readonly stock: StockRepository,
  ) {}

  /**
   * One movement takes the components from free stock, first expired first, and brings the kits into it. Goods of one
   * owner become kits of the same owner. Reserve standards of the components do not stand in the way: the goods stay in
   * the depot and can be taken out of the kits again.
   * @throws DomainError in this order: SUPPLIES_DEPOT_NOT_FOUND (also out of the caller's reach), SUPPLIES_DEPOT_CLOSED,
   *   SUPPLIES_KIT_NOT_FOUND, REQUEST_INVALID for a component that is not an optional one of the recipe,
   *   SUPPLIES_KIT_BUILD_TOO_LARGE, SUPPLIES_KIT_COMPONENTS_SHORT
   */
  async execute(tx: Tx, { kitCode, caller, request }: KitBuild, cause: Cause): Promise<BuildKitsResponse> {
    const depot = await this.depots.findFor(tx, caller, request.depotId);
    const today = chinaDay(tx.now);
    const recipe = await this.recipes.inForce(tx, kitCode, today);
    const needs = needsOf(recipe.components, request.optionalComponents ?? []);
    const ownerRegionCode = request.ownerRegionCode ?? depot.regionCode;
    const itemCodes = needs.map(({ itemCode }) => itemCode);
    const free = await this.kits.lockComponents(tx, { depotId: depot.id, itemCodes, ownerRegionCode });
    const rules = { today, usableUntil: request.usableUntil ?? null };
    const batches = planBuild(needs, free, request.kits, rules);
    const built = await this.makeLots(tx, batches, { kitCode, ownerRegionCode, today });
    const header = { businessKey: `kit-build:${newId()}`, kind: 'kit-build', depotId: depot.id } as const;
    const movement = { ...header, recordedBy: recorderOf(caller), note: request.note };
    const { movementId, postedAt } = await this.stock.post(tx, movement, postingsOf(depot.id, kitCode, built), cause);
    await this.kits.insertBuilt(tx, { recipeId: recipe.id, movementId, depotId: depot.id }, built);
    return {
      movementId,
      postedAt: postedAt.toISOString(),
      depotId: depot.id,
      revision: recipe.revision,
      lots: built.map(({ lotId, batchNumber, batch: { kits, expiryDate } }) => ({
        lotId,
        batchNumber,
        kits,
        expiryDate,
      })),
    };
  }

  private async makeLots(
    tx: Tx,
    batches: readonly KitBatch[],
    kit: { readonly kitCode: string; readonly ownerRegionCode: string; readonly today: Day },
  ): Promise<(BuiltLot & { batchNumber: string })[]> {
    const prefix = `KIT-${kit.today.replaceAll('-', '')}-${newId().slice(-12)}`;
    const wanted = batches.map((batch, index) => ({
      itemCode: kit.kitCode,
      batchNumber: `${prefix}-${index + 1}`,
      productionDate: kit.today,
      expiryDate: batch.expiryDate,
      origin: 'kit' as const,
      ownerRegionCode: kit.ownerRegionCode,
      synthetic: batch.contents.some(({ lot }) => lot.synthetic),
    }));
    const lots = await this.lots.findOrCreate(tx, wanted);
    return batches.map((batch, index) => ({ lotId: lots[index].id, batchNumber: wanted[index].batchNumber, batch }));
  }
}

/** @throws DomainError REQUEST_INVALID */
function needsOf(components: readonly RecipeLine[], optional: readonly string[]): ComponentNeed[] {
  const choices = new Set(components.filter(({ required }) => !required).map(({ itemCode }) => itemCode));
  const errors = optional.flatMap((code, index) =>
    choices.has(code) ? [] : [{ pointer: `/optionalComponents/${index}`, reason: 'is no optional part of the recipe' }],
  );
  if (errors.length > 0) throw new DomainError('REQUEST_INVALID', { errors });
  return components.filter(({ itemCode, required }) => required || optional.includes(itemCode));
}

/** Components leave free stock lot by lot, then the kits enter it. */
function postingsOf(depotId: string, kitCode: string, built: readonly BuiltLot[]): Posting[] {
  const shelf = depotAccount(depotId, 'available');
  const taken = new Map<string, Posting>();
  for (const { batch } of built) {
    for (const { lot, quantityPerKit } of batch.contents) {
      const { lotId, itemCode, expiryDate } = lot;
      const quantityBase = (taken.get(lotId)?.quantityBase ?? 0) + quantityPerKit * batch.kits;
      taken.set(lotId, { lotId, itemCode, expiryDate, from: shelf, to: 'kitted', quantityBase, lineId: null });
    }
  }
  const made = built.map(({ lotId, batch }): Posting => {
    const { kits: quantityBase, expiryDate } = batch;
    return { lotId, itemCode: kitCode, expiryDate, from: 'kitted', to: shelf, quantityBase, lineId: null };
  });
  return [...taken.values(), ...made];
}
