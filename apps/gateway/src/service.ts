import type { ServiceDefinition } from '@ledger/platform';
import { TOPICS } from '@ledger/contracts';
import type { FastifyInstance } from 'fastify';
import { ALLOCATION_ENTITIES } from './allocations/allocation.entity';
import { AppModule } from './app.module';
import { CreateIdentity1763800100000 } from './database/migrations/1763800100000-create-identity';
import { CreateRegionsAndIncidents1763800110000 } from './database/migrations/1763800110000-create-regions-and-incidents';
import { CreateProjections1763800120000 } from './database/migrations/1763800120000-create-projections';
import { CreateAllocations1763800200000 } from './database/migrations/1763800200000-create-allocations';
import { seedGateway } from './database/seed';
import { readMergedDocument } from './documents/merged-document';
import { OrganisationRow, SignInAttemptRow, SigningKeyRow, UserRow } from './identity/identity.entity';
import { IncidentRow, IncidentSiteRow } from './incidents/incident.entity';
import {
  ProjectedDepotRow,
  ProjectedFloorRow,
  ProjectedItemRow,
  ProjectedStockRow,
  ProjectedTeamRow,
  ProjectedVehicleRow,
  ProjectionStateRow,
} from './projections/projection.entity';
import { registerProxies } from './proxy/service-proxy';
import { RegionRow } from './regions/region.entity';

/** The public door: identity, regions, incidents, allocations; everything else is passed on to its service. */
export const gatewayService: ServiceDefinition = {
  name: 'gateway',
  title: 'Gateway: identity, regions, incidents, allocations',
  module: AppModule,
  entities: [
    OrganisationRow,
    UserRow,
    SignInAttemptRow,
    SigningKeyRow,
    RegionRow,
    IncidentRow,
    IncidentSiteRow,
    ProjectedItemRow,
    ProjectedDepotRow,
    ProjectedFloorRow,
    ProjectedStockRow,
    ProjectedTeamRow,
    ProjectedVehicleRow,
    ProjectionStateRow,
    ...ALLOCATION_ENTITIES,
  ],
  migrations: [
    CreateIdentity1763800100000,
    CreateRegionsAndIncidents1763800110000,
    CreateProjections1763800120000,
    CreateAllocations1763800200000,
  ],
  subscribes: [TOPICS.suppliesEvents, TOPICS.teamsEvents, TOPICS.transportEvents],
  seed: seedGateway,
  unprefixedRoutes: ['.well-known/jwks.json'],
  prepare: async (app, settings) => {
    // A scope of its own takes over the fault handling that stands at that moment: the platform's comes with `init`.
    await app.init();
    await registerProxies(app.getHttpAdapter().getInstance() as unknown as FastifyInstance, settings.upstreams);
  },
  apiDocument: () => readMergedDocument(),
};
