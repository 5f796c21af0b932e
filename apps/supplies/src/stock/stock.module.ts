import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { OpenWorkModule } from '../warehouse/open-work.module';
import { HandMovementsController } from './hand-movements.controller';
import { IntegrityQueries } from './integrity.queries';
import { LotsQueries } from './lots.queries';
import { LotsRepository } from './lots.repository';
import { MovementsQueries } from './movements.queries';
import { PicksQueries } from './picks.queries';
import { RecordMovementsUseCase } from './record-movements';
import { RecordReceiptUseCase } from './record-receipt';
import { ReversalHooks } from './reversal-hooks';
import { ReverseMovementUseCase } from './reverse-movement';
import { SelectedMovements } from './selected-movements.repository';
import { StockController } from './stock.controller';
import { StockQueries } from './stock.queries';
import { StockRepository } from './stock.repository';

/** The stock ledger: lots, balances, movements and postings. */
@Module({
  imports: [CatalogueModule, OpenWorkModule],
  controllers: [StockController, HandMovementsController],
  providers: [
    StockRepository,
    SelectedMovements,
    LotsRepository,
    StockQueries,
    PicksQueries,
    MovementsQueries,
    LotsQueries,
    IntegrityQueries,
    RecordMovementsUseCase,
    RecordReceiptUseCase,
    ReverseMovementUseCase,
    ReversalHooks,
  ],
  exports: [MovementsQueries, StockRepository, LotsRepository, SelectedMovements, RecordReceiptUseCase, ReversalHooks],
})
export class StockModule {}
