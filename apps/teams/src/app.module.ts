import { Module } from '@nestjs/common';
import { CallUpsModule } from './call-ups/call-ups.module';
import { PersonalDataModule } from './personal-data/personal-data.module';
import { RegistryModule } from './registry/registry.module';

@Module({ imports: [PersonalDataModule, RegistryModule, CallUpsModule] })
export class AppModule {}
