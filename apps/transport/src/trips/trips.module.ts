import { Module } from '@nestjs/common';
import { PassesModule } from '../passes/passes.module';
import { DeliverTrip } from './deliver-trip';
import { DepartTrip } from './depart-trip';
import { EndTrip } from './end-trip';
import { LockTripForDriver } from './lock-trip-for-driver';
import { MarkLoaded } from './mark-loaded';
import { ReturnTrip } from './return-trip';
import { TripsConsumer } from './trips.consumer';
import { TripsController } from './trips.controller';
import { TripsQueries } from './trips.queries';
import { TripsRepository } from './trips.repository';
import { TurnBackTrip } from './turn-back-trip';

@Module({
  imports: [PassesModule],
  controllers: [TripsController, TripsConsumer],
  providers: [
    TripsRepository,
    TripsQueries,
    LockTripForDriver,
    EndTrip,
    MarkLoaded,
    TurnBackTrip,
    DepartTrip,
    DeliverTrip,
    ReturnTrip,
  ],
  exports: [TripsRepository, EndTrip],
})
export class TripsModule {}
