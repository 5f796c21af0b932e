import { waitForCatchUp } from './catch-up';
import { type DatabaseUrls, DATABASE_ROLES, prepareDatabases } from './databases';
import { refuseIfInUse } from './folder-lock';
import { makeLogFolder } from './log-file';
import { isPortFree } from './ports';
import type { EmbeddedPostgres } from './embedded-postgres';
import { startPostgres } from './postgres';
import { keepPostgresRunning } from './postgres-keeper';
import { migrateBus, migrateServices, seedServices } from './preparation';
import { type Report, reportTo } from './progress';
import { publishStack, withdrawStack } from './running';
import { urlOfService } from './service-environment';
import { type DatabaseName, SERVICES, type ServiceName } from './service-names';
import { interrupted } from './service-process';
import { type Services, environmentSource, serve } from './serving';
import type { StackOptions } from './stack-options';
import { type StartError, diskFull, portInUse, saysDiskFull } from './start-errors';
import type { SupervisedService } from './supervised-service';

/** A stack that is ready: PostgreSQL, the bus and the four services. */
export interface Stack {
  readonly gatewayUrl: string;
  readonly serviceUrls: Readonly<Record<ServiceName, string>>;
  readonly databases: Readonly<Record<DatabaseName, DatabaseUrls>>;
  readonly postgres: EmbeddedPostgres;
  readonly logDir: string;
  /** One service, to kill or restart it in a test. */
  service(name: ServiceName): SupervisedService;
  /** Resolves when a part has died too often to be kept running; the caller then stops the rest. */
  readonly failed: Promise<StartError>;
  /** Drains the services, then stops PostgreSQL. Safe to call twice. */
  stop(): Promise<void>;
  /** Ends everything at once; what was answered stays, as after a crash. Cuts a `stop` short that is under way. */
  kill(): Promise<void>;
}

/**
 * Starts everything on a data folder: PostgreSQL, databases, bus, migrations, seeds (first start), services.
 * If any part fails, what was started is stopped again.
 * @throws StartError any code; its message is one line for the person at the terminal
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const report = reportTo(options.onProgress);
  const { gatewayPort, gatewayHost = '127.0.0.1', signal } = options;
  await refuseIfInUse(options.dataDir); // before the port: it is in use for the same reason, and this tells which
  if (gatewayPort !== 0 && !(await isPortFree(gatewayPort, gatewayHost))) throw portInUse(gatewayHost, gatewayPort);
  report('postgres', 'starting PostgreSQL');
  const onNotice = (line: string): void => report('notice', line);
  const postgres = await startPostgres({ ...options, roles: DATABASE_ROLES, onNotice });
  try {
    if (signal?.aborted) throw interrupted();
    return await startServices(postgres, options, report);
  } catch (error) {
    await postgres.stop();
    throw saysDiskFull(String(error)) ? diskFull(options.dataDir) : error;
  }
}

async function startServices(postgres: EmbeddedPostgres, options: StackOptions, report: Report): Promise<Stack> {
  const { signal, onOutput, dataDir } = options;
  const logDir = makeLogFolder(dataDir);
  report('databases', 'preparing databases and roles');
  const databases = await prepareDatabases(postgres);
  const source = await environmentSource(options, databases);
  const context = { source, logDir, report, onOutput, signal };
  if (!options.kafkaBrokers) await migrateBus(context);
  await migrateServices(context);
  if (options.seed !== false) await seedServices(postgres.placement.clusterDir, context);
  let giveUp: (error: StartError) => void = () => undefined;
  const failed = new Promise<StartError>((resolve) => (giveUp = resolve));
  const serving = await serve({ options, databases, logDir, report, giveUp });
  keepPostgresRunning(postgres, { onRestart: (line) => report('notice', line), onGiveUp: giveUp });
  const urls = SERVICES.map((name) => [name, urlOfService(name, serving.source)]);
  const serviceUrls = Object.fromEntries(urls) as Record<ServiceName, string>;
  const parts = { dataDir, postgres, services: serving.services, report };
  const stack = {
    gatewayUrl: serviceUrls.gateway,
    serviceUrls,
    databases,
    postgres,
    logDir,
    failed,
    ...endings(parts),
  };
  await finishStart(stack, options, report);
  return stack;
}

/** What remains to be done when the services run; if it fails, they are stopped. */
async function finishStart(stack: Stack, { dataDir, signal }: StackOptions, report: Report): Promise<void> {
  try {
    await waitForCatchUp(stack.databases, report, signal);
    if (signal?.aborted) throw interrupted();
    await publishStack(dataDir, { pid: process.pid, gatewayUrl: stack.gatewayUrl });
    report('ready', 'all services are ready');
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

interface StackParts {
  readonly dataDir: string;
  readonly postgres: EmbeddedPostgres;
  readonly services: Services;
  readonly report: Report;
}

function endings({ dataDir, postgres, services, report }: StackParts): Pick<Stack, 'service' | 'stop' | 'kill'> {
  const all = [...services.values()];
  const stop = async (): Promise<void> => {
    report('stop', 'draining the services');
    await withdrawStack(dataDir);
    await Promise.all(all.map((service) => service.stop()));
    report('stop', 'stopping PostgreSQL');
    await postgres.stop();
    report('stop', 'stopped');
  };
  const kill = async (): Promise<void> => {
    await Promise.all(all.map((service) => service.kill()));
    await postgres.kill();
    await postgres.stop();
  };
  let stopping: Promise<void> | null = null;
  return { service: (name) => services.get(name) as SupervisedService, stop: () => (stopping ??= stop()), kill };
}
