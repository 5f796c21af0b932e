import { Module } from '@nestjs/common';
import { FleetController } from './fleet.controller';
import { FleetQueries } from './fleet.queries';
import { SetAvailability } from './set-availability';

@Module({ controllers: [FleetController], providers: [FleetQueries, SetAvailability] })
export class FleetModule {}
