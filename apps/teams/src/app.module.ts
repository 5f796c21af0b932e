import { Module } from '@nestjs/common';
import { CallUpsModule } from './call-ups/call-ups.module';
import { RegistryModule } from './registry/registry.module';

@Module({ imports: [RegistryModule, CallUpsModule] })
export class AppModule {}
