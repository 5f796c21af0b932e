import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../../approvals/approvals.module';
import { CatalogueModule } from '../../catalogue/catalogue.module';
import { ReservesModule } from '../../reserves/reserves.module';
import { PurchasingModule } from '../purchasing.module';
import { AssessDemandUseCase } from './assess-demand';
import { AssessmentsController } from './assessments.controller';
import { AssessmentsQueries } from './assessments.queries';
import { AssessmentsRepository } from './assessments.repository';
import { DecideAssessmentUseCase } from './decide-assessment';
import { DemandRatesController } from './demand-rates.controller';
import { ScenarioFactsQueries } from './scenario-facts.queries';
import { SetDemandRateUseCase } from './set-demand-rate';
import { StartProposalUseCase } from './start-proposal';

/** Pre-assessments: what an assumed scenario would lack, and how it could be filled. */
@Module({
  imports: [ApprovalsModule, CatalogueModule, PurchasingModule, ReservesModule],
  controllers: [AssessmentsController, DemandRatesController],
  providers: [
    ...[AssessmentsRepository, AssessmentsQueries, ScenarioFactsQueries, SetDemandRateUseCase],
    ...[AssessDemandUseCase, DecideAssessmentUseCase, StartProposalUseCase],
  ],
})
export class AssessmentsModule {}
