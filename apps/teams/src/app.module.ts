import { Module } from '@nestjs/common';
import { CallUpsModule } from './call-ups/call-ups.module';
import { PeopleModule } from './people/people.module';
import { PersonalDataModule } from './personal-data/personal-data.module';
import { ReadinessModule } from './readiness/readiness.module';
import { RegistryModule } from './registry/registry.module';
import { SocialRecordsModule } from './social-records/social-records.module';
import { TrainingSitesModule } from './training-sites/training-sites.module';

@Module({
  imports: [
    PersonalDataModule,
    RegistryModule,
    PeopleModule,
    ReadinessModule,
    SocialRecordsModule,
    TrainingSitesModule,
    CallUpsModule,
  ],
})
export class AppModule {}
