import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module';
import { EndServiceContractUseCase } from './end-service-contract';
import { RecordServiceContractUseCase } from './record-service-contract';
import { RecordSurveyReturnUseCase } from './record-survey-return';
import { SocialRecordsController } from './social-records.controller';
import { SocialRecordsQueries } from './social-records.queries';

@Module({
  imports: [RegistryModule],
  controllers: [SocialRecordsController],
  providers: [SocialRecordsQueries, RecordSurveyReturnUseCase, RecordServiceContractUseCase, EndServiceContractUseCase],
})
export class SocialRecordsModule {}
