import { Module } from '@nestjs/common';
import { IncidentsModule } from '../incidents/incidents.module';
import { ProjectionsModule } from '../projections/projections.module';
import { AdvanceAllocation } from './advance-allocation';
import { AllocationDeadlines } from './allocation-deadlines';
import { AllocationsConsumer } from './allocations.consumer';
import { AllocationsController } from './allocations.controller';
import { AllocationQueries } from './allocations.queries';
import { AllocationsRepository } from './allocations.repository';
import { CommandSender } from './command-sender';
import { DecideAllocation } from './decide-allocation';
import { LinePlanner } from './line-planner';
import { PlanAllocation } from './plan-allocation';

@Module({
  imports: [IncidentsModule, ProjectionsModule],
  controllers: [AllocationsController, AllocationsConsumer],
  providers: [
    AllocationsRepository,
    AllocationQueries,
    LinePlanner,
    CommandSender,
    AdvanceAllocation,
    PlanAllocation,
    DecideAllocation,
    AllocationDeadlines,
  ],
})
export class AllocationsModule {}
