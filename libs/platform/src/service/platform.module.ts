import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import type { ServiceName } from '@ledger/contracts';
import { DataSource } from 'typeorm';
import type { Bus } from '../bus/bus';
import { createBus } from '../bus/create-bus';
import type { Settings } from '../config/settings';
import { createDataSource } from '../database/data-source';
import { Database } from '../database/database';
import { Retention } from '../database/retention';
import { Deadlines } from '../deadlines/deadlines';
import { Inbox } from '../events/inbox';
import { Outbox } from '../events/outbox';
import { OutboxRelay } from '../events/outbox-relay';
import { ParkedEventReplay } from '../events/parked-event-replay';
import { ParkedEventsController } from '../events/parked-events.controller';
import { Parking } from '../events/parking';
import { HealthController } from '../health/health.controller';
import { HealthService } from '../health/health.service';
import { Metrics } from '../health/metrics';
import { AccessGuard } from '../http/access.guard';
import { Idempotency } from '../http/idempotency';
import { TokenVerifier } from '../http/token-verifier';
import { busLogger, loggerOptions } from './logging';
import type { ServiceDefinition } from './service-definition';

export const BUS = Symbol('ledger bus');
export const SETTINGS = Symbol('ledger settings');
export const SERVICE_DEFINITION = Symbol('ledger service definition');

/** Everything below the features of a service: database, events, deadlines, access, health. */
@Global()
@Module({})
export class PlatformModule {
  static forService(definition: ServiceDefinition, settings: Settings): DynamicModule {
    const providers = platformProviders(definition, settings);
    return {
      module: PlatformModule,
      imports: [DiscoveryModule, LoggerModule.forRoot(loggerOptions(definition.name, settings))],
      controllers: [HealthController, ParkedEventsController],
      providers,
      exports: providers,
    };
  }
}

function platformProviders(definition: ServiceDefinition, settings: Settings): Provider[] {
  const service: ServiceName = definition.name;
  return [
    { provide: SETTINGS, useValue: settings },
    { provide: SERVICE_DEFINITION, useValue: definition },
    { provide: DataSource, useFactory: () => openDataSource(definition, settings) },
    Database,
    { provide: BUS, useFactory: () => createBus(settings, busLogger()) },
    { provide: Outbox, useFactory: () => new Outbox(service) },
    {
      provide: OutboxRelay,
      useFactory: (database: Database, bus: Bus) => new OutboxRelay(database, bus),
      inject: [Database, BUS],
    },
    { provide: Inbox, useFactory: (database: Database) => new Inbox(service, database), inject: [Database] },
    { provide: Parking, useFactory: (database: Database) => new Parking(service, database), inject: [Database] },
    ParkedEventReplay,
    { provide: Deadlines, useFactory: (database: Database) => new Deadlines(database), inject: [Database] },
    { provide: Retention, useFactory: (database: Database) => new Retention(database), inject: [Database] },
    { provide: Idempotency, useFactory: (database: Database) => new Idempotency(database), inject: [Database] },
    { provide: TokenVerifier, useFactory: () => new TokenVerifier(settings.jwksUrl) },
    AccessGuard,
    {
      provide: HealthService,
      useFactory: (bus: Bus, relay: OutboxRelay, parking: Parking) => new HealthService({ bus, relay, parking }),
      inject: [BUS, OutboxRelay, Parking],
    },
    {
      provide: Metrics,
      useFactory: (relay: OutboxRelay, parking: Parking) => new Metrics(relay, parking),
      inject: [OutboxRelay, Parking],
    },
  ];
}

function openDataSource(definition: ServiceDefinition, settings: Settings): Promise<DataSource> {
  return createDataSource({
    url: settings.databaseUrl,
    applicationName: `ledger-${definition.name}`,
    entities: definition.entities,
    migrations: definition.migrations,
    poolSize: settings.databasePoolSize,
  }).initialize();
}
