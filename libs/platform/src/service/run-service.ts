import { readSettings, SettingsError, type Settings } from '../config/settings';
import { migrate } from '../database/migrate';
import { HealthService } from '../health/health.service';
import { armFailPoints } from './fail-points';
import { RunningService } from './running-service';
import { seed } from './seed';
import type { ServiceDefinition } from './service-definition';

const EXIT = { clean: 0, fault: 1, badConfiguration: 2, portInUse: 3 } as const;
const DRAIN_MS = 20_000;
const STALLED_EXIT_MS = 60_000;
const WATCH_MS = 5_000;

const HELP = (name: string) => `Usage: node main.js [serve|migrate|seed]

  serve    serve HTTP and events (default)
  migrate  bring the database schema up to date, as the owner role
  seed     load the seeds; loading them again changes nothing

Settings come from the environment; see README.md. Service: ${name}
Exit codes: 0 clean stop, 1 fault, 2 bad configuration, 3 port in use`;

/** The program of a service: one command line, three commands, exit codes that mean something. */
export async function runService(definition: ServiceDefinition, parameters: readonly string[]): Promise<void> {
  const command = parameters[0] ?? 'serve';
  if (['--help', '-h', 'help'].includes(command)) return void console.log(HELP(definition.name));
  try {
    const settings = readSettings(definition.name, process.env);
    if (command === 'migrate') return await runMigrations(definition, settings);
    if (command === 'seed') return await seed(definition, settings, (line) => console.log(line));
    if (command === 'serve') return await serve(definition, settings);
    throw new SettingsError([`unknown command ${command}; see --help`]);
  } catch (error) {
    exitWith(definition.name, error);
  }
}

async function runMigrations(definition: ServiceDefinition, settings: Settings): Promise<void> {
  const applied = await migrate({
    url: settings.migrationDatabaseUrl ?? settings.databaseUrl,
    applicationName: `ledger-${definition.name}-migrate`,
    entities: definition.entities,
    migrations: definition.migrations,
  });
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'schema is up to date');
}

async function serve(definition: ServiceDefinition, settings: Settings): Promise<void> {
  armFailPoints(settings.failPoints);
  process.on('uncaughtException', (error) => exitWith(definition.name, error));
  process.on('unhandledRejection', (error) => exitWith(definition.name, error));
  const service = await RunningService.start(definition, settings);
  process.send?.({ type: 'listening', port: service.port });
  const stop = (): void => stopAndExit(service);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.channel) process.once('disconnect', stop);
  watch(service);
}

/** Reports readiness to the parent once, and ends a process that no longer consumes although the broker answers. */
function watch(service: RunningService): void {
  const health = service.app.get(HealthService);
  let announced = false;
  const look = async (): Promise<void> => {
    const report = await health.report();
    if (!announced && report.status === 'ready') {
      announced = true;
      process.send?.({ type: 'ready' });
    }
    if (health.stalledMilliseconds() > STALLED_EXIT_MS) {
      console.error('not consuming although the bus answers');
      process.exit(EXIT.fault);
    }
    setTimeout(() => void look(), announced ? WATCH_MS : 100).unref();
  };
  void look();
}

function stopAndExit(service: RunningService): void {
  setTimeout(() => process.exit(EXIT.fault), DRAIN_MS).unref();
  service.stop().then(
    () => process.exit(EXIT.clean),
    (error: unknown) => {
      console.error(`stop failed: ${(error as Error).message}`);
      process.exit(EXIT.fault);
    },
  );
}

function exitWith(name: string, error: unknown): never {
  if (error instanceof SettingsError) {
    for (const line of error.lines) console.error(`${name}: ${line}`);
    process.exit(EXIT.badConfiguration);
  }
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE') {
    console.error(`${name}: the port is in use: ${(error as Error).message}`);
    process.exit(EXIT.portInUse);
  }
  console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(EXIT.fault);
}
