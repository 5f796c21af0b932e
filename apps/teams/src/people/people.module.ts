import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module';
import { AssessmentModule } from '../readiness/assessment.module';
import { RegistryModule } from '../registry/registry.module';
import { AmendPersonUseCase } from './amend-person';
import { DisclosePersonUseCase } from './disclose-person';
import { EvidenceController } from './evidence.controller';
import { JoinTeamUseCase } from './join-team';
import { LeaveTeamUseCase } from './leave-team';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { PeopleRepository } from './people.repository';
import { RecordEvidenceUseCase } from './record-evidence';
import { RecordRestUseCase } from './record-rest';
import { RegisterPersonUseCase } from './register-person';
import { WithdrawEvidenceUseCase } from './withdraw-evidence';

@Module({
  imports: [RegistryModule, PersonalDataModule, AssessmentModule],
  controllers: [PeopleController, EvidenceController],
  providers: [
    PeopleQueries,
    PeopleRepository,
    RegisterPersonUseCase,
    AmendPersonUseCase,
    JoinTeamUseCase,
    LeaveTeamUseCase,
    RecordEvidenceUseCase,
    WithdrawEvidenceUseCase,
    RecordRestUseCase,
    DisclosePersonUseCase,
  ],
})
export class PeopleModule {}
