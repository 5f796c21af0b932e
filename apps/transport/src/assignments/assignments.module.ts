import { Module } from '@nestjs/common';
import { PassesModule } from '../passes/passes.module';
import { PLANNING_SETTINGS, readPlanningSettings } from '../planning-settings';
import { TripsModule } from '../trips/trips.module';
import { AssignVehiclesToTrips } from './assign-vehicles';
import { AssignmentsConsumer } from './assignments.consumer';
import { AssignmentsRepository } from './assignments.repository';
import { ExpireHold } from './expire-hold';
import { FreeVehicles } from './free-vehicles';
import { ReleaseAssignment } from './release-assignment';

@Module({
  imports: [PassesModule, TripsModule],
  controllers: [AssignmentsConsumer],
  providers: [
    { provide: PLANNING_SETTINGS, useFactory: () => readPlanningSettings(process.env) },
    AssignmentsRepository,
    FreeVehicles,
    AssignVehiclesToTrips,
    ReleaseAssignment,
    ExpireHold,
  ],
})
export class AssignmentsModule {}
