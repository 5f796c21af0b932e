import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import type { Settings } from '../config/settings';
import { createDataSource } from '../database/data-source';
import { Database } from '../database/database';
import { Outbox } from '../events/outbox';
import type { ServiceDefinition } from './service-definition';

/** Loads the seeds of a service; loading them again changes nothing. */
export async function seed(
  definition: ServiceDefinition,
  settings: Settings,
  progress: (line: string) => void,
): Promise<void> {
  const dataSource = await createDataSource({
    url: settings.databaseUrl,
    applicationName: `ledger-${definition.name}-seed`,
    entities: definition.entities,
    migrations: definition.migrations,
    poolSize: 2,
  }).initialize();
  try {
    await definition.seed({
      database: new Database(dataSource),
      outbox: new Outbox(definition.name),
      settings,
      profile: settings.profile,
      seedsDir: settings.seedsDir,
      progress,
      readCsv: (path) => readCsv(join(settings.seedsDir, path), settings.profile),
    });
  } finally {
    await dataSource.destroy();
  }
}

/** Invented rows are for demonstration: a productive installation begins with the real ones alone. */
async function readCsv<Row extends object>(file: string, profile: Settings['profile']): Promise<Row[]> {
  const rows: Row[] = [];
  const parser = createReadStream(file).pipe(parse({ columns: true, bom: true, skip_empty_lines: true }));
  for await (const row of parser) {
    const isInvented = (row as { synthetic?: string }).synthetic === 'y';
    if (!isInvented || profile === 'demo') rows.push(row as Row);
  }
  return rows;
}
