import { type DatabaseName, appRoleOf, ownerRoleOf, prepareDatabase } from '@ledger/embedded';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { announcedRun } from './jest/test-run';

/** An empty, migrated database of one suite in the cluster of the test run. */
export interface TestDatabase {
  readonly name: string;
  /** The role that runs migrations and owns the tables. */
  readonly ownerUrl: string;
  /** The role of the running service, with the rights that the migrations left it. */
  readonly appUrl: string;
  /** For tests that break things, such as ending a backend. */
  readonly superuserUrl: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

/** The roles live in a throw-away cluster that listens on loopback; this is no secret. */
const PASSWORD = 'ledger-test';

/**
 * Makes a database as the stack makes it, with owner and application role. The migrations run once per test run and
 * service, into a template; further databases are copies, about 50 ms each.
 * @param migrate runs all migrations of the service and closes its connections
 * @param schema  tells a schema from another one of the same roles, at most 20 characters; a template serves one schema
 */
export async function createTestDatabase(
  service: DatabaseName,
  migrate: (ownerUrl: string) => Promise<unknown>,
  schema: string = service,
): Promise<TestDatabase> {
  const template = `template_${schema}_${announcedRun().id}`;
  const name = `${service}_${randomUUID().slice(0, 13)}`;
  const [owner, app] = [ownerRoleOf(service), appRoleOf(service)];
  await asSuperuser(async (client) => {
    await makeTemplate(client, service, template, migrate);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" OWNER "${owner}"`);
    await client.query(`REVOKE ALL ON DATABASE "${name}" FROM PUBLIC; GRANT CONNECT ON DATABASE "${name}" TO "${app}"`);
  });
  return {
    name,
    ownerUrl: urlOf(name, owner),
    appUrl: urlOf(name, app),
    superuserUrl: urlOf(name),
    drop: () => asSuperuser((client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)),
  };
}

/** Two workers may want the first copy at the same time; a half-migrated template never gets its final name. */
async function makeTemplate(
  client: Client,
  service: DatabaseName,
  template: string,
  migrate: (ownerUrl: string) => Promise<unknown>,
): Promise<void> {
  await client.query('SELECT pg_advisory_lock(hashtext($1))', ['ledger test templates']);
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (found.rowCount === 0) {
    const unfinished = `unfinished_${template}`;
    await client.query(`DROP DATABASE IF EXISTS "${unfinished}" WITH (FORCE)`);
    const [owner, app] = [ownerRoleOf(service), appRoleOf(service)];
    const passwords = { ownerPassword: PASSWORD, appPassword: PASSWORD };
    await prepareDatabase((database) => urlOf(database), { database: unfinished, owner, app, ...passwords });
    await migrate(urlOf(unfinished, owner));
    await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${template}"`);
  }
  await client.query('SELECT pg_advisory_unlock(hashtext($1))', ['ledger test templates']);
}

/** The address of a database in the cluster of this run; as the superuser when no role is given. */
function urlOf(database: string, role?: string): string {
  const url = new URL(announcedRun().databaseUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = PASSWORD;
  }
  return url.href;
}

async function asSuperuser(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: announcedRun().databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
