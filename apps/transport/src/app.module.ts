import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments/assignments.module';
import { FleetModule } from './fleet/fleet.module';
import { PassesModule } from './passes/passes.module';
import { TripsModule } from './trips/trips.module';

@Module({ imports: [FleetModule, PassesModule, TripsModule, AssignmentsModule] })
export class AppModule {}
