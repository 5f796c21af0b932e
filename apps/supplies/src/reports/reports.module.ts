import { Module } from '@nestjs/common';
import { ConsumptionQueries } from './consumption.queries';
import { ExpiringQueries } from './expiring.queries';
import { HoldersQueries } from './holders.queries';
import { ReportsController } from './reports.controller';
import { StockCardQueries } from './stock-card.queries';

/** Reads of the ledger that show more than what is there now; it owns no table. */
@Module({
  controllers: [ReportsController],
  providers: [ExpiringQueries, StockCardQueries, HoldersQueries, ConsumptionQueries],
})
export class ReportsModule {}
