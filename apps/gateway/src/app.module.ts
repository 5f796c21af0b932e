import { Module } from '@nestjs/common';
import { AllocationsModule } from './allocations/allocations.module';
import { IdentityModule } from './identity/identity.module';
import { IncidentsModule } from './incidents/incidents.module';
import { ProjectionsModule } from './projections/projections.module';
import { RegionsModule } from './regions/regions.module';

/** The features of the gateway, one module each. */
@Module({
  imports: [IdentityModule, RegionsModule, IncidentsModule, ProjectionsModule, AllocationsModule],
})
export class AppModule {}
