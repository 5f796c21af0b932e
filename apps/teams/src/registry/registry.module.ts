import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module';
import { AssessmentModule } from '../readiness/assessment.module';
import { AmendTeamUseCase } from './amend-team';
import { DisbandTeamUseCase } from './disband-team';
import { DiscloseContactsUseCase } from './disclose-contacts';
import { RecordGradeUseCase } from './record-grade';
import { RegisterTeamUseCase } from './register-team';
import { RegistryController } from './registry.controller';
import { RegistryQueries } from './registry.queries';
import { TeamEntriesController } from './team-entries.controller';
import { TeamEntriesQueries } from './team-entries.queries';
import { TeamEntriesRepository } from './team-entries.repository';

@Module({
  imports: [PersonalDataModule, AssessmentModule],
  controllers: [RegistryController, TeamEntriesController],
  providers: [
    RegistryQueries,
    TeamEntriesQueries,
    TeamEntriesRepository,
    RegisterTeamUseCase,
    AmendTeamUseCase,
    DisbandTeamUseCase,
    RecordGradeUseCase,
    DiscloseContactsUseCase,
  ],
  exports: [TeamEntriesRepository],
})
export class RegistryModule {}
