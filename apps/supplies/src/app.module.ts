import { Module } from '@nestjs/common';
import { CatalogueModule } from './catalogue/catalogue.module';
import { FulfilmentModule } from './fulfilment.module';
import { StandardsModule } from './standards/standards.module';
import { StockModule } from './stock/stock.module';

@Module({ imports: [CatalogueModule, StockModule, FulfilmentModule, StandardsModule] })
export class AppModule {}
