import { Logger, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { Logger as PinoLogger } from 'nestjs-pino';
import { TOPICS, TOPIC_PARTITIONS, TOPIC_RETENTION_MS } from '@ledger/contracts';
import { DataSource } from 'typeorm';
import type { Bus } from '../bus/bus';
import { LedgerTransport } from '../bus/ledger-transport';
import { requireServable, type Settings } from '../config/settings';
import { Retention } from '../database/retention';
import { Deadlines } from '../deadlines/deadlines';
import { Inbox } from '../events/inbox';
import { Outbox } from '../events/outbox';
import { OutboxRelay } from '../events/outbox-relay';
import { ParkedEventReplay } from '../events/parked-event-replay';
import { Parking } from '../events/parking';
import { HealthService } from '../health/health.service';
import { Metrics } from '../health/metrics';
import { AccessGuard } from '../http/access.guard';
import { createApiDocument } from '../http/api-document';
import { createHttpEdge } from '../http/fastify';
import type { KnownRoutes } from '../http/known-routes';
import { ProblemFilter } from '../http/problem.filter';
import { routesWithoutPolicy } from '../http/route-policy-check';
import { createValidationPipe } from '../http/validation';
import { BusConnection } from './connect-bus';
import { inTurn, type Step } from './in-turn';
import { BUS, PlatformModule } from './platform.module';
import { globalPrefixOf, type ServiceDefinition } from './service-definition';

const UNPREFIXED = ['health/live', 'health/ready', 'metrics'];
const ALL_TOPICS = Object.values(TOPICS).map((name) => ({
  name,
  partitions: TOPIC_PARTITIONS,
  retentionMs: TOPIC_RETENTION_MS,
}));

/** One service in this process: started whole, stopped in the order in which nothing is lost. */
export class RunningService {
  private readonly logger = new Logger(RunningService.name);
  private readonly connection: BusConnection;
  private stopped: Promise<void> | undefined;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly port: number,
    private readonly transport: LedgerTransport,
  ) {
    this.connection = new BusConnection({
      bus: app.get<Bus>(BUS),
      topics: ALL_TOPICS,
      onConnected: () => this.onConnected(),
    });
  }

  /**
   * Builds the application and listens. Consuming and publishing begin as soon as the bus answers; until then the
   * service is degraded, not dead. A start that fails leaves nothing open.
   */
  static async start(definition: ServiceDefinition, settings: Settings): Promise<RunningService> {
    requireServable(settings);
    const edge = await createHttpEdge();
    const app = await NestFactory.create<NestFastifyApplication>(rootModule(definition, settings), edge.adapter, {
      bufferLogs: true,
      abortOnError: false,
      // The framework's own parsers would also take forms.
      bodyParser: false,
    });
    try {
      return await RunningService.serve(app, edge.routes, { definition, settings });
    } catch (error) {
      await inTurn(closingSteps(app)).catch(() => undefined); // Why the start failed says more.
      throw error;
    }
  }

  private static async serve(app: NestFastifyApplication, routes: KnownRoutes, what: Served): Promise<RunningService> {
    const { definition, settings } = what;
    app.useLogger(app.get(PinoLogger));
    const unprotected = routesWithoutPolicy(app);
    if (unprotected.length > 0) throw new Error(`routes without a declared policy: ${unprotected.join(', ')}`);
    app.setGlobalPrefix(globalPrefixOf(definition.name), {
      exclude: [...UNPREFIXED, ...(definition.unprefixedRoutes ?? [])],
    });
    app.useGlobalPipes(createValidationPipe());
    app.useGlobalGuards(app.get(AccessGuard));
    app.useGlobalFilters(new ProblemFilter(routes));
    const transport = connectTransport(app, definition);
    if (settings.profile !== 'production') serveDocuments(app, definition);
    await definition.prepare?.(app, settings);
    await app.startAllMicroservices();
    await app.listen(settings.port, settings.host);
    const address = app.getHttpServer().address() as { port: number };
    const service = new RunningService(app, address.port, transport);
    app.get(Deadlines).start();
    app.get(Retention).start();
    service.connection.start();
    return service;
  }

  /**
   * Not ready → consumers stop → relay and deadlines stop → HTTP closes → database and bus close. What is in hand is
   * finished first.
   */
  stop(): Promise<void> {
    this.stopped ??= this.drain();
    return this.stopped;
  }

  private async onConnected(): Promise<void> {
    const relay = this.app.get(OutboxRelay);
    this.app.get(Outbox).onCommit(() => relay.wake());
    relay.start();
    await this.transport.consume();
    this.app.get(ParkedEventReplay).serve(this.transport);
    this.app.get(HealthService).watch(() => this.transport.consumerState());
  }

  private async drain(): Promise<void> {
    this.app.get(HealthService).drain();
    await inTurn([
      () => this.connection.stop(),
      () => this.transport.close(),
      () => this.app.get(Deadlines).stop(),
      () => this.app.get(Retention).stop(),
      () => this.app.get(OutboxRelay).stop(),
      ...closingSteps(this.app),
    ]);
    this.logger.log('stopped');
  }
}

interface Served {
  readonly definition: ServiceDefinition;
  readonly settings: Settings;
}

/** HTTP answers what is in hand and closes; then nothing uses database and bus any more. */
function closingSteps(app: NestFastifyApplication): Step[] {
  const [dataSource, bus] = [app.get(DataSource), app.get<Bus>(BUS)];
  return [() => app.close(), () => dataSource.destroy(), () => bus.stop()];
}

function rootModule(definition: ServiceDefinition, settings: Settings): DynamicModule {
  return {
    module: class ServiceRoot {},
    imports: [PlatformModule.forService(definition, settings), definition.module],
  };
}

function connectTransport(app: NestFastifyApplication, definition: ServiceDefinition): LedgerTransport {
  const transport = new LedgerTransport({
    service: definition.name,
    bus: app.get<Bus>(BUS),
    topics: definition.subscribes,
    inbox: app.get(Inbox),
    parking: app.get(Parking),
    counters: app.get(Metrics),
  });
  app.connectMicroservice({ strategy: transport }, { inheritAppConfig: true });
  return transport;
}

function serveDocuments(app: NestFastifyApplication, definition: ServiceDefinition): void {
  const document = definition.apiDocument ?? (() => createApiDocument(app, definition));
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'docs-json' });
}
