import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module';
import { PurchasingModule } from '../purchasing/purchasing.module';
import { ReserveContractCover } from '../reserves/reserve-contract-cover';
import { ReservesModule } from '../reserves/reserves.module';
import { ContractCover } from './contract-cover';
import { DraftOrdersUseCase } from './draft-orders';
import { EndRuleUseCase } from './end-rule';
import { EndTemporaryStandardUseCase } from './end-temporary-standard';
import { EnterpriseGapsQueries } from './enterprise-gaps.queries';
import { FloorsController } from './floors.controller';
import { FloorsQueries } from './floors.queries';
import { FloorsRepository } from './floors.repository';
import { GapFactsQueries } from './gap-facts.queries';
import { GapsController } from './gaps.controller';
import { GapsQueries } from './gaps.queries';
import { PlanTemporaryStandardUseCase } from './plan-temporary-standard';
import { RecordFactUseCase } from './record-fact';
import { RulesQueries } from './rules.queries';
import { SetFloorsUseCase } from './set-floors';
import { SetRuleUseCase } from './set-rule';
import { SetShareUseCase } from './set-share';
import { StandardsController } from './standards.controller';
import { StandardsRepository } from './standards.repository';
import { TargetNames } from './target-names';
import { TemporaryNeeds } from './temporary-needs';
import { TemporaryController } from './temporary.controller';
import { TemporaryQueries } from './temporary.queries';
import { TemporaryRepository } from './temporary.repository';
import { WarnUnfilledUseCase } from './warn-unfilled';

/** What regions, depots and enterprises have to keep, and what they lack. */
@Module({
  imports: [CatalogueModule, PurchasingModule, ReservesModule],
  controllers: [StandardsController, FloorsController, GapsController, TemporaryController],
  providers: [
    ...[StandardsRepository, RulesQueries, SetRuleUseCase, EndRuleUseCase, RecordFactUseCase, SetShareUseCase],
    ...[FloorsRepository, FloorsQueries, SetFloorsUseCase],
    ...[GapFactsQueries, GapsQueries, EnterpriseGapsQueries, TargetNames, DraftOrdersUseCase],
    ...[TemporaryRepository, TemporaryNeeds, TemporaryQueries, WarnUnfilledUseCase],
    ...[PlanTemporaryStandardUseCase, EndTemporaryStandardUseCase],
    { provide: ContractCover, useExisting: ReserveContractCover },
  ],
})
export class StandardsModule {}
