import { Module } from '@nestjs/common';
import { ReserveContractCover } from '../reserves/reserve-contract-cover';
import { ReservesModule } from '../reserves/reserves.module';
import { ContractCover } from '../standards/contract-cover';
import { ConsumptionQueries } from './consumption.queries';
import { ExpiringQueries } from './expiring.queries';
import { HoldersQueries } from './holders.queries';
import { ReportsController } from './reports.controller';
import { StockCardQueries } from './stock-card.queries';

/** Reads of the ledger that show more than what is there now; it owns no table. */
@Module({
  imports: [ReservesModule],
  controllers: [ReportsController],
  providers: [
    ExpiringQueries,
    StockCardQueries,
    HoldersQueries,
    ConsumptionQueries,
    { provide: ContractCover, useExisting: ReserveContractCover },
  ],
})
export class ReportsModule {}
