import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { LotsRepository } from '../stock/lots.repository';
import { StockModule } from '../stock/stock.module';
import { BreakKitsUseCase } from './break-kits';
import { BuildKitsUseCase } from './build-kits';
import { KitsController } from './kits.controller';
import { KitsQueries } from './kits.queries';
import { KitsRepository } from './kits.repository';
import { RecipesRepository } from './recipes.repository';
import { SetRecipeUseCase } from './set-recipe';

/** Kits: recipes, building and breaking. */
@Module({
  imports: [CatalogueModule, StockModule],
  controllers: [KitsController],
  providers: [
    LotsRepository,
    RecipesRepository,
    KitsRepository,
    KitsQueries,
    SetRecipeUseCase,
    BuildKitsUseCase,
    BreakKitsUseCase,
  ],
})
export class KitsModule {}
