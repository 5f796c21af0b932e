import { Module } from '@nestjs/common';
import { RegistryController } from './registry.controller';
import { RegistryQueries } from './registry.queries';

@Module({ controllers: [RegistryController], providers: [RegistryQueries] })
export class RegistryModule {}
