import { join } from 'node:path';
import type { DatabaseUrls } from './databases';
import { type DatabaseName, SERVICES, type ServiceName } from './service-names';

export type Variables = Readonly<Record<string, string>>;

/** What the environments of the four services are made from. */
export interface EnvironmentSource {
  readonly projectDir: string;
  readonly dataDir: string;
  readonly profile: 'demo' | 'production';
  readonly databases: Readonly<Record<DatabaseName, DatabaseUrls>>;
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** Address on which the gateway listens; the other services listen on loopback only. */
  readonly gatewayHost: string;
  /** Set: events go over Kafka. Not set: over the embedded bus. */
  readonly kafkaBrokers?: string;
  readonly busNamespace?: string;
  /** Added last, for every service. */
  readonly extra?: Variables;
}

/** Connections of each service; with the relay, the consumers and the bus they stay below `max_connections`. */
const POOL_SIZE = '8';

/** Compiled code is kept from one start to the next, and the build has filled it: a program is up in half the time. */
const COMPILE_CACHE = 'node_modules/.cache/compile';

/** Taken from the caller's environment; everything else in it stays outside, above all settings meant for one service. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TMPDIR', 'LOG_LEVEL', 'SIGNING_KEY_FILE', 'CI'];

/** Small heaps: a service works with rows of one request at a time, and four of them share a small machine. */
export const NODE_FLAGS: readonly string[] = [
  '--max-old-space-size=160',
  '--max-semi-space-size=4',
  '--v8-pool-size=1',
];

/** The address under which clients on this machine reach a service. */
export function urlOfService(
  name: ServiceName,
  { ports, gatewayHost }: Pick<EnvironmentSource, 'ports' | 'gatewayHost'>,
): string {
  const anywhere = gatewayHost === '0.0.0.0' || gatewayHost === '::';
  const host = name === 'gateway' && !anywhere ? gatewayHost : '127.0.0.1';
  return `http://${host.includes(':') ? `[${host}]` : host}:${ports[name]}`;
}

/**
 * Environment of one service program.
 * @param command  only `migrate` is given the owner's address: a running service cannot change its schema
 */
export function environmentOf(
  name: ServiceName,
  command: 'migrate' | 'seed' | 'serve',
  source: EnvironmentSource,
): Variables {
  const { databases, ports, projectDir } = source;
  return {
    ...pick(process.env, INHERITED),
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: join(projectDir, COMPILE_CACHE),
    MALLOC_ARENA_MAX: '2',
    LEDGER_PROFILE: source.profile,
    DATABASE_URL: databases[name].app,
    DATABASE_POOL_SIZE: POOL_SIZE,
    ...(command === 'migrate' ? { MIGRATION_DATABASE_URL: databases[name].owner } : {}),
    ...(source.kafkaBrokers ? { KAFKA_BROKERS: source.kafkaBrokers } : { BUS_DATABASE_URL: databases.bus.app }),
    ...(source.busNamespace ? { BUS_NAMESPACE: source.busNamespace } : {}),
    HOST: name === 'gateway' ? source.gatewayHost : '127.0.0.1',
    PORT: String(ports[name]),
    ...addressesFor(name, source),
    SEEDS_DIR: join(projectDir, 'seeds'),
    ...source.extra,
  };
}

/** The gateway knows the three others; they know where its keys are. */
function addressesFor(name: ServiceName, source: EnvironmentSource): Variables {
  if (name !== 'gateway') return { JWKS_URL: `${urlOfService('gateway', source)}/.well-known/jwks.json` };
  const others = SERVICES.filter((other) => other !== 'gateway');
  return Object.fromEntries(others.map((other) => [`${other.toUpperCase()}_URL`, urlOfService(other, source)]));
}

function pick(variables: NodeJS.ProcessEnv, names: readonly string[]): Variables {
  return Object.fromEntries(names.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));
}
