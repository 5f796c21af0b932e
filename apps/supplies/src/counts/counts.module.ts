import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { LotsRepository } from '../stock/lots.repository';
import { StockModule } from '../stock/stock.module';
import { ApproveCountUseCase } from './approve-count';
import { BookAdjustments } from './book-adjustments';
import { CancelCountUseCase } from './cancel-count';
import { CountBalancesRepository } from './count-balances.repository';
import { CountFiguresController } from './count-figures.controller';
import { CountFiguresQueries } from './count-figures.queries';
import { CountLinesRepository } from './count-lines.repository';
import { CountSettingsRepository } from './count-settings.repository';
import { CountsController } from './counts.controller';
import { CountsQueries } from './counts.queries';
import { CountsRepository } from './counts.repository';
import { FoundGoodsLines } from './found-goods';
import { OpenCountUseCase } from './open-count';
import { RecordCountUseCase } from './record-count';
import { RejectCountUseCase } from './reject-count';
import { SetCountRulesUseCase } from './set-count-rules';
import { SubmitCountUseCase } from './submit-count';

/** Counts of what lies in the depots: cycle and full, blind, with approval of what differs. */
@Module({
  imports: [CatalogueModule, StockModule],
  controllers: [CountsController, CountFiguresController],
  providers: [
    ...[CountsRepository, CountLinesRepository, CountBalancesRepository, CountSettingsRepository, LotsRepository],
    ...[CountsQueries, CountFiguresQueries, FoundGoodsLines, BookAdjustments],
    ...[OpenCountUseCase, RecordCountUseCase, SubmitCountUseCase, ApproveCountUseCase, RejectCountUseCase],
    ...[CancelCountUseCase, SetCountRulesUseCase],
  ],
  exports: [CountsQueries],
})
export class CountsModule {}
