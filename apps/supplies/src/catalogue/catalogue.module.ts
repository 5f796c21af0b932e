import { Module } from '@nestjs/common';
import { AddPackUseCase } from './add-pack';
import { AmendItemUseCase } from './amend-item';
import { CatalogueItemUseCase } from './catalogue-item';
import { CatalogueQueries } from './catalogue.queries';
import { DepotsController } from './depots.controller';
import { DepotsRepository } from './depots.repository';
import { ImportStandardCodesUseCase } from './import-standard-codes';
import { ItemEntriesController } from './item-entries.controller';
import { ItemFactsController } from './item-facts.controller';
import { ItemFactsQueries } from './item-facts.queries';
import { ItemFactsRepository } from './item-facts.repository';
import { ItemsController } from './items.controller';
import { ItemsRepository } from './items.repository';
import { NameCapabilityUseCase } from './name-capability';
import { RetirePackUseCase } from './retire-pack';
import { SetCapabilityUseCase } from './set-capability';
import { SubstitutesQueries } from './substitutes.queries';

/** Items with their packs, foreign codes and capabilities; lists of depots. */
@Module({
  controllers: [ItemsController, ItemEntriesController, ItemFactsController, DepotsController],
  providers: [
    CatalogueQueries,
    ItemFactsQueries,
    SubstitutesQueries,
    DepotsRepository,
    ItemsRepository,
    ItemFactsRepository,
    CatalogueItemUseCase,
    AmendItemUseCase,
    AddPackUseCase,
    RetirePackUseCase,
    NameCapabilityUseCase,
    SetCapabilityUseCase,
    ImportStandardCodesUseCase,
  ],
  exports: [DepotsRepository],
})
export class CatalogueModule {}
