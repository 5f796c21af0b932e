import { Module } from '@nestjs/common';
import { CatalogueQueries } from './catalogue.queries';
import { DepotsController } from './depots.controller';
import { DepotsRepository } from './depots.repository';
import { ItemsController } from './items.controller';

/** Items, depots and reserve standards. */
@Module({
  controllers: [ItemsController, DepotsController],
  providers: [CatalogueQueries, DepotsRepository],
  exports: [DepotsRepository],
})
export class CatalogueModule {}
