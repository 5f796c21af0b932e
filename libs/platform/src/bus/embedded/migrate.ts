import { Client } from 'pg';
import { BUS_MIGRATIONS } from './schema';

const LOCK = 'ledger embedded bus migrations';

/**
 * Brings the tables of an embedded bus up to date; safe to run at every start and by several programs at once.
 * @param url  the database of the bus, as the role that owns it
 * @returns the versions applied now
 */
export async function migrateEmbeddedBus(url: string): Promise<number[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // The query in hand fails as well.
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS bus_migrations (
      version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`);
    return await applyMissing(client);
  } finally {
    await client.end();
  }
}

async function applyMissing(client: Client): Promise<number[]> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM bus_migrations');
  const applied = new Set(rows.map((row) => row.version));
  const missing = BUS_MIGRATIONS.filter(({ version }) => !applied.has(version));
  for (const { version, sql } of missing) {
    await client.query(`BEGIN; ${sql}; INSERT INTO bus_migrations (version) VALUES (${version}); COMMIT`);
  }
  return missing.map(({ version }) => version);
}

async function main(): Promise<void> {
  const url = process.env.MIGRATION_DATABASE_URL;
  if (!url) {
    console.error('MIGRATION_DATABASE_URL: required, the database of the embedded bus as its owner');
    process.exit(2);
  }
  const applied = await migrateEmbeddedBus(url);
  console.log(applied.length > 0 ? `embedded bus: applied ${applied.join(', ')}` : 'embedded bus: up to date');
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(`embedded bus: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}
