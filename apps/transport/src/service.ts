import { TOPICS } from '@ledger/contracts';
import type { ServiceDefinition } from '@ledger/platform';
import { AppModule } from './app.module';
import { AssignmentRow } from './assignments/assignment.entity';
import { CreateFleet1763800400000 } from './database/migrations/1763800400000-create-fleet';
import { CreateAssignmentsAndTrips1763800410000 } from './database/migrations/1763800410000-create-assignments-and-trips';
import { CreatePasses1763800420000 } from './database/migrations/1763800420000-create-passes';
import { seedTransport } from './database/seed';
import { CarrierRow, VehicleRow, VehicleTypeRow } from './fleet/vehicle.entity';
import { PassKeyRow, PassRow } from './passes/pass.entity';
import { BookingRow, TripLoadRow, TripRow } from './trips/trip.entity';

/** Carriers, vehicles and trips. */
export const transportService: ServiceDefinition = {
  name: 'transport',
  title: 'Transport',
  module: AppModule,
  entities: [
    VehicleTypeRow,
    CarrierRow,
    VehicleRow,
    AssignmentRow,
    TripRow,
    TripLoadRow,
    BookingRow,
    PassKeyRow,
    PassRow,
  ],
  migrations: [CreateFleet1763800400000, CreateAssignmentsAndTrips1763800410000, CreatePasses1763800420000],
  subscribes: [TOPICS.dispatchCommands, TOPICS.suppliesEvents],
  seed: seedTransport,
};
