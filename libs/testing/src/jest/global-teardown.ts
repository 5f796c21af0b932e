import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { takeForTeardown } from './running-servers';
import { announcedRun } from './test-run';

/** Runs once after the last suite. A cluster that is not ours only loses the templates of this run. */
export default async function tearDown(): Promise<void> {
  const running = takeForTeardown();
  if (running === undefined) return dropTemplates();
  await running.server.stop();
  await rm(running.dataDir, { recursive: true, force: true });
}

async function dropTemplates(): Promise<void> {
  const { id, databaseUrl } = announcedRun();
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const templates = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname LIKE '%template\\_%\\_' || $1",
    [id],
  );
  for (const { datname } of templates.rows) await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
  await client.end();
}
