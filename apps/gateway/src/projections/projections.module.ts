import { Module } from '@nestjs/common';
import { FleetProjectionConsumer } from './fleet.consumer';
import { ProjectionRepository } from './projection.repository';
import { ResourceView } from './resource-view';
import { ResourcesController } from './resources.controller';
import { SuppliesProjectionConsumer } from './supplies.consumer';

@Module({
  controllers: [SuppliesProjectionConsumer, FleetProjectionConsumer, ResourcesController],
  providers: [ProjectionRepository, ResourceView],
  exports: [ResourceView],
})
export class ProjectionsModule {}
