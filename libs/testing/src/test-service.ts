import { createHash, randomUUID } from 'node:crypto';
import { type EventData, type EventDefinition, type EventEnvelope, eventDefinition } from '@ledger/contracts';
import {
  BUS,
  type Bus,
  Database,
  EVENT_HEADERS,
  type Cause,
  HealthService,
  RunningService,
  type ServiceDefinition,
  type Settings,
  migrate,
  migrateEmbeddedBus,
  newId,
  seed,
} from '@ledger/platform';
import type { z } from 'zod';
import { CleanUp } from './clean-up';
import { createTestDatabase } from './databases';
import { type TestCaller, aCaller, startTestIdentity } from './test-identity';
import { waitFor } from './wait-for';

export interface TestRequest {
  readonly as?: TestCaller;
  readonly body?: unknown;
  /** Idempotency key; a fresh one when left out, none when null. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A service of ours, whole, on real PostgreSQL and the embedded bus, inside the test process. */
export interface TestService {
  readonly url: string;
  readonly database: Database;
  readonly databaseUrls: { readonly ownerUrl: string; readonly appUrl: string; readonly superuserUrl: string };
  readonly running: RunningService;
  readonly settings: Settings;
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    request?: TestRequest,
  ): Promise<TestAnswer<Body>>;
  token(caller?: TestCaller): Promise<string>;
  /** Puts a command or event on the bus as another service would, in the order of its aggregate; returns its envelope. */
  publish<Schema extends z.ZodType>(
    definition: EventDefinition<Schema>,
    data: z.input<Schema>,
    envelope?: Partial<EventEnvelope<unknown>>,
  ): Promise<EventEnvelope<unknown>>;
  /** Puts any bytes on the bus. */
  publishRaw(topic: string, key: string, value: string): Promise<void>;
  /** Puts the same envelope on the bus again. */
  publishAgain(event: EventEnvelope<unknown>): Promise<void>;
  /** The data of the events of a kind that this service wrote to its outbox, oldest first. */
  published<Schema extends z.ZodType>(
    definition: EventDefinition<Schema>,
  ): Promise<EventData<EventDefinition<Schema>>[]>;
  /** Waits until everything that was published to this service has taken effect or was parked. */
  settled(): Promise<void>;
  seed(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** Settings that differ from those of a test; as a function where they build on those, a proxy in a line for one. */
  readonly environment?: Partial<Settings> | ((settings: Settings) => Promise<Partial<Settings>>);
  /** Loads the service's seeds before it serves. */
  readonly seeded?: boolean;
}

const FOREIGN_SOURCES: Readonly<Record<string, string>> = {
  'dispatch.commands.v1': '/gateway',
  'dispatch.events.v1': '/gateway',
  'supplies.events.v1': '/supplies',
  'teams.events.v1': '/teams',
  'transport.events.v1': '/transport',
};

/** Starts a service for a suite; stop it in `afterAll`. A start that fails leaves nothing behind. */
export async function startTestService(
  definition: ServiceDefinition,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const cleanUp = new CleanUp();
  try {
    return await start(definition, options, cleanUp);
  } catch (error) {
    await cleanUp.run().catch(() => undefined); // Why the start failed says more.
    throw error;
  }
}

async function start(
  definition: ServiceDefinition,
  options: TestServiceOptions,
  cleanUp: CleanUp,
): Promise<TestService> {
  const { name, entities, migrations } = definition;
  const runMigrations = (url: string): Promise<unknown> =>
    migrate({ url, applicationName: 'test-migrate', entities, migrations });
  const database = await createTestDatabase(name, runMigrations, schemaOf(definition));
  cleanUp.add(() => database.drop());
  const busDatabase = await createTestDatabase('bus', migrateEmbeddedBus);
  cleanUp.add(() => busDatabase.drop());
  const identity = await startTestIdentity();
  cleanUp.add(() => identity.stop());
  const usual: Settings = {
    service: name,
    profile: 'demo',
    databaseUrl: database.appUrl,
    migrationDatabaseUrl: database.ownerUrl,
    databasePoolSize: 10,
    kafkaBrokers: [],
    busDatabaseUrl: busDatabase.appUrl,
    busNamespace: '',
    host: '127.0.0.1',
    port: 0,
    jwksUrl: identity.jwksUrl,
    upstreams: { supplies: undefined, teams: undefined, transport: undefined },
    signingKeyFile: undefined,
    passKeyFile: undefined,
    seedsDir: 'seeds',
    logLevel: 'silent',
    importMaxRows: 200_000,
    failPoints: undefined,
  };
  const { environment } = options;
  const settings = { ...usual, ...(typeof environment === 'function' ? await environment(usual) : environment) };
  const loadSeeds = (): Promise<void> => seed(definition, settings, () => undefined);
  if (options.seeded) await loadSeeds();
  const running = await RunningService.start(definition, settings);
  cleanUp.add(() => running.stop());
  const health = running.app.get(HealthService);
  await waitFor(`${name} to be ready`, async () => (await health.report()).status === 'ready');

  const url = `http://127.0.0.1:${running.port}`;
  const bus = running.app.get<Bus>(BUS);
  const db = running.app.get(Database);
  const sequences = new Map<string, number>();
  let sent = 0;
  const put = async (topic: string, key: string, value: string): Promise<void> => {
    sent++;
    await bus.publish([{ topic, key, value, headers: EVENT_HEADERS }]);
  };
  const token = (caller?: TestCaller): Promise<string> => identity.token(aCaller(caller));

  return {
    url,
    database: db,
    databaseUrls: database,
    running,
    settings,
    token,
    request: async <Body>(method: string, path: string, request: TestRequest = {}) =>
      send<Body>(method, url + path, request, await token(request.as)),
    publish: async (contract, data, overrides) => {
      const key = contract.keyOf(contract.schema.parse(data));
      const lane = `${contract.topic} ${key}`;
      sequences.set(lane, (sequences.get(lane) ?? 0) + 1);
      const event: EventEnvelope<unknown> = {
        specversion: '1.0',
        id: newId(),
        source: FOREIGN_SOURCES[contract.topic],
        type: contract.type,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        subject: key,
        partitionkey: key,
        sequence: sequences.get(lane) ?? 1,
        correlationid: key,
        causationid: newId(),
        realm: 'real',
        data,
        ...overrides,
      };
      await put(contract.topic, key, JSON.stringify(event));
      return event;
    },
    publishRaw: put,
    publishAgain: (event) => put(eventDefinition(event.type)?.topic ?? '', event.partitionkey, JSON.stringify(event)),
    published: async <Schema extends z.ZodType>(contract: EventDefinition<Schema>) => {
      const rows = await db.query<{ envelope: string }>(
        'SELECT envelope FROM outbox WHERE type = $1 ORDER BY position',
        [contract.type],
      );
      return rows.map((row) => (JSON.parse(row.envelope) as EventEnvelope<EventData<EventDefinition<Schema>>>).data);
    },
    settled: async () => {
      await waitFor(`${name} to take ${sent} message(s)`, async () => (await taken(url)) >= sent);
    },
    seed: loadSeeds,
    stop: () => cleanUp.run(),
  };
}

/** Two services may go by one name (a suite's own sample does); their templates must not. */
function schemaOf({ name, migrations }: ServiceDefinition): string {
  const names = migrations.map((migration) => (migration as { name: string }).name);
  return `${name}_${createHash('sha256').update(names.join()).digest('hex').slice(0, 8)}`;
}

/** Messages this service has handled or parked, by its own metrics. */
async function taken(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => /^ledger_event_deliveries_total\{outcome="(handled|parked)"/.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function send<Body>(method: string, url: string, request: TestRequest, token: string): Promise<TestAnswer<Body>> {
  const key = request.key === undefined ? randomUUID() : request.key;
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...request.headers,
    },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
  });
  const text = await response.text();
  const body = (text === '' ? {} : (JSON.parse(text) as unknown)) as Body;
  return { status: response.status, body, headers: response.headers };
}

/** A cause for use cases that a test calls directly. */
export const aCause = (correlationId: string = newId()): Cause => ({
  correlationId,
  causationId: newId(),
  realm: 'real',
});
