import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './progress';
import { type EnvironmentSource, environmentOf } from './service-environment';
import { SERVICES, type ServiceName } from './service-names';
import { type ProgramSpec, runToEnd, scriptOf } from './service-process';

const MIGRATE_MS = 180_000;
const SEED_MS = 300_000;
const AT_ONCE = 2;
const BUS_MIGRATION = 'dist/libs/platform/src/bus/embedded/migrate.js';
const SEEDED_FILE = 'ledger-seeded.json';

/** What the preparing programs need besides their environments. */
export interface PreparationContext {
  readonly source: EnvironmentSource;
  readonly logDir: string;
  readonly report: Report;
  readonly onOutput?: (name: string, line: string) => void;
  readonly signal?: AbortSignal;
}

/** Makes the tables of the embedded bus. */
export async function migrateBus({ source, logDir, report, onOutput, signal }: PreparationContext): Promise<void> {
  report('bus', 'preparing the embedded bus');
  const env = { ...environmentOf('gateway', 'serve', source), MIGRATION_DATABASE_URL: source.databases.bus.owner };
  const spec = {
    name: 'bus-migrate',
    script: BUS_MIGRATION,
    args: [],
    env,
    projectDir: source.projectDir,
    logDir,
    onOutput,
  };
  await runToEnd(spec, MIGRATE_MS, signal);
}

/** Brings the schema of every service up to date. */
export async function migrateServices(context: PreparationContext): Promise<void> {
  context.report('migrate', `migrating ${SERVICES.join(', ')}`);
  await forEachAtOnce(SERVICES, async (name) => {
    await runToEnd(specOf(name, 'migrate', context), MIGRATE_MS, context.signal);
    context.report('migrate', `${name} is up to date`);
  });
}

/**
 * Loads the seeds into the services that have none yet. Which have is kept beside the database, written after each
 * success: interrupted seeding goes on at the next start, and seeding twice changes nothing.
 */
export async function seedServices(clusterDir: string, context: PreparationContext): Promise<void> {
  const path = join(clusterDir, SEEDED_FILE);
  const seeded = new Set(await readSeeded(path));
  const missing = SERVICES.filter((name) => !seeded.has(name));
  if (missing.length === 0) return;
  context.report('seed', `loading seeds into ${missing.join(', ')}`);
  await forEachAtOnce(missing, async (name) => {
    await runToEnd(specOf(name, 'seed', context), SEED_MS, context.signal);
    seeded.add(name);
    await writeFile(path, JSON.stringify([...seeded]));
    context.report('seed', `${name} is seeded`);
  });
}

function specOf(
  name: ServiceName,
  command: 'migrate' | 'seed',
  { source, logDir, onOutput }: PreparationContext,
): ProgramSpec {
  const env = environmentOf(name, command, source);
  return {
    name: `${name}-${command}`,
    script: scriptOf(name),
    args: [command],
    env,
    projectDir: source.projectDir,
    logDir,
    onOutput,
  };
}

async function readSeeded(path: string): Promise<ServiceName[]> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ServiceName[];
  } catch {
    return [];
  }
}

/** Runs the work for all items, two at a time; waits for what is under way before it reports the first failure. */
async function forEachAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}
