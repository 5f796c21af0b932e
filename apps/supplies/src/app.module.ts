import { Module } from '@nestjs/common';
import { ApprovalsModule } from './approvals/approvals.module';
import { CatalogueModule } from './catalogue/catalogue.module';
import { ChainModule } from './chain/chain.module';
import { CountsModule } from './counts/counts.module';
import { DepotsModule } from './depots/depots.module';
import { DonationsModule } from './donations/donations.module';
import { FulfilmentModule } from './fulfilment.module';
import { ImportsModule } from './imports/imports.module';
import { KitsModule } from './kits/kits.module';
import { PapersModule } from './papers/papers.module';
import { AssessmentsModule } from './purchasing/assessments/assessments.module';
import { PurchasingModule } from './purchasing/purchasing.module';
import { ReservesModule } from './reserves/reserves.module';
import { RotationModule } from './rotation/rotation.module';
import { ReportsModule } from './reports/reports.module';
import { SharingModule } from './sharing/sharing.module';
import { StandardsModule } from './standards/standards.module';
import { StockModule } from './stock/stock.module';
import { TransfersModule } from './transfers/transfers.module';
import { WarehouseModule } from './warehouse/warehouse.module';

@Module({
  imports: [
    CatalogueModule, // one line each: features are added side by side
    DepotsModule,
    StockModule,
    KitsModule,
    FulfilmentModule,
    ReportsModule,
    StandardsModule,
    CountsModule,
    PapersModule,
    ChainModule,
    ApprovalsModule,
    PurchasingModule,
    RotationModule,
    ReservesModule,
    ImportsModule,
    DonationsModule,
    SharingModule,
    AssessmentsModule,
    WarehouseModule,
    TransfersModule,
  ],
})
export class AppModule {}
