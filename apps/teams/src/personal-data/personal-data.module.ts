import { Module } from '@nestjs/common';
import { PersonalDataController } from './personal-data.controller';
import { PersonalDataQueries } from './personal-data.queries';
import { PersonalDataRepository } from './personal-data.repository';

@Module({
  controllers: [PersonalDataController],
  providers: [PersonalDataQueries, PersonalDataRepository],
  exports: [PersonalDataRepository],
})
export class PersonalDataModule {}
