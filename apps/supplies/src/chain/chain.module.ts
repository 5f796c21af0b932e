import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module';
import { ChainController } from './chain.controller';
import { ChainQueries } from './chain.queries';
import { SealLedgerUseCase } from './seal-ledger';

/** Seals the ledger, so that anybody can prove that nothing was altered, dropped or inserted. */
@Module({
  imports: [StockModule],
  controllers: [ChainController],
  providers: [ChainQueries, SealLedgerUseCase],
})
export class ChainModule {}
