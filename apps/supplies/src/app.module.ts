import { Module } from '@nestjs/common';
import { CatalogueModule } from './catalogue/catalogue.module';
import { CountsModule } from './counts/counts.module';
import { DepotsModule } from './depots/depots.module';
import { FulfilmentModule } from './fulfilment.module';
import { StandardsModule } from './standards/standards.module';
import { StockModule } from './stock/stock.module';

@Module({
  imports: [
    CatalogueModule, // one line each: features are added side by side
    DepotsModule,
    StockModule,
    FulfilmentModule,
    StandardsModule,
    CountsModule,
  ],
})
export class AppModule {}
