import { Module } from '@nestjs/common';
import { RegistryModule } from '../registry/registry.module';
import { BookTrainingSiteUseCase } from './book-training-site';
import { CancelBookingUseCase } from './cancel-booking';
import { RegisterTrainingSiteUseCase } from './register-training-site';
import { TrainingSitesController } from './training-sites.controller';
import { TrainingSitesQueries } from './training-sites.queries';

@Module({
  imports: [RegistryModule],
  controllers: [TrainingSitesController],
  providers: [TrainingSitesQueries, RegisterTrainingSiteUseCase, BookTrainingSiteUseCase, CancelBookingUseCase],
})
export class TrainingSitesModule {}
