import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { StockModule } from '../stock/stock.module';
import { ChangeLotQualityUseCase } from './change-lot-quality';
import { DecideScrapUseCase } from './decide-scrap';
import { GuardReversals } from './guard-reversals';
import { InspectionsController } from './inspections.controller';
import { InspectionsQueries } from './inspections.queries';
import { LotQualityController } from './lot-quality.controller';
import { LotTraces } from './lot-traces';
import { OpenInspectionUseCase } from './open-inspection';
import { OpenWorkModule } from './open-work.module';
import { ProposeScrapUseCase } from './propose-scrap';
import { QuarantineRepository } from './quarantine.repository';
import { RecallsRepository } from './recalls.repository';
import { RecordInspectionUseCase } from './record-inspection';
import { ScrapController } from './scrap.controller';
import { ScrapQueries } from './scrap.queries';
import { ScrapRepository } from './scrap.repository';
import { SendBackUseCase } from './send-back';
import { SetInspectionPolicyUseCase } from './set-inspection-policy';
import { SetThresholdUseCase } from './set-threshold';
import { ThresholdsController } from './thresholds.controller';
import { ThresholdsQueries } from './thresholds.queries';
import { ThresholdsRepository } from './thresholds.repository';

/** Inspection and put-away, quarantine and recall by lot, scrap with appraisal, goods sent back. */
@Module({
  imports: [CatalogueModule, StockModule, OpenWorkModule],
  controllers: [InspectionsController, LotQualityController, ScrapController, ThresholdsController],
  providers: [
    ...[InspectionsQueries, OpenInspectionUseCase, RecordInspectionUseCase, SetInspectionPolicyUseCase],
    ...[RecallsRepository, LotTraces, ChangeLotQualityUseCase],
    ...[ScrapRepository, ScrapQueries, ProposeScrapUseCase, DecideScrapUseCase, SendBackUseCase],
    ...[QuarantineRepository, ThresholdsRepository, ThresholdsQueries, SetThresholdUseCase, GuardReversals],
  ],
  exports: [QuarantineRepository, ThresholdsRepository, ChangeLotQualityUseCase],
})
export class WarehouseModule {}
