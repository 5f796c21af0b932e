import { Module } from '@nestjs/common';
import { RegionQueries } from './regions.queries';
import { RegionsController } from './regions.controller';

@Module({ controllers: [RegionsController], providers: [RegionQueries] })
export class RegionsModule {}
