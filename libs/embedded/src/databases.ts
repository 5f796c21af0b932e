import type { Client } from 'pg';
import { withClient } from './client';
import type { EmbeddedPostgres } from './embedded-postgres';
import { DATABASES, type DatabaseName, appRoleOf, ownerRoleOf } from './service-names';

/** How to reach one database: as the role of the running service and as its owner, who migrates. */
export interface DatabaseUrls {
  readonly app: string;
  readonly owner: string;
}

export interface DatabaseRoles {
  readonly database: string;
  readonly owner: string;
  readonly app: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

/** Every role that `prepareDatabases` makes; each needs a password. */
export const DATABASE_ROLES: readonly string[] = DATABASES.flatMap((name) => [ownerRoleOf(name), appRoleOf(name)]);

/** Extensions that migrations of the services rely on: exclusion constraints over a key and a time range. */
const EXTENSIONS = ['btree_gist'];

/**
 * Makes the database and the two roles of every service and of the embedded bus, where they are missing, and sets
 * their passwords and rights. May be repeated at every start.
 */
export async function prepareDatabases(server: EmbeddedPostgres): Promise<Record<DatabaseName, DatabaseUrls>> {
  for (const database of DATABASES) {
    const [owner, app] = [ownerRoleOf(database), appRoleOf(database)];
    const ownerPassword = server.passwords[owner] as string;
    const appPassword = server.passwords[app] as string;
    await prepareDatabase((name) => server.superuserUrl(name), { database, owner, app, ownerPassword, appPassword });
  }
  return databaseUrls(server);
}

/** The addresses of all databases of a server that `prepareDatabases` has prepared before. */
export function databaseUrls(server: Pick<EmbeddedPostgres, 'urlOf'>): Record<DatabaseName, DatabaseUrls> {
  const entries = DATABASES.map((name) => [
    name,
    { app: server.urlOf(appRoleOf(name), name), owner: server.urlOf(ownerRoleOf(name), name) },
  ]);
  return Object.fromEntries(entries) as Record<DatabaseName, DatabaseUrls>;
}

/**
 * Makes one database with its owner and application role; idempotent.
 * @param superuserUrl  gives the superuser's address of a database
 */
export async function prepareDatabase(superuserUrl: (database: string) => string, roles: DatabaseRoles): Promise<void> {
  await withClient(superuserUrl('postgres'), async (client) => {
    await prepareRole(client, roles.owner, roles.ownerPassword);
    await prepareRole(client, roles.app, roles.appPassword);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [roles.database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${roles.database}" OWNER "${roles.owner}"`);
  });
  await withClient(superuserUrl(roles.database), (client) => client.query(grants(roles)).then(() => undefined));
}

async function prepareRole(client: Client, role: string, password: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE "${role}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
  );
}

/** Everything the owner makes later is readable and writable for the application role; migrations take rights away. */
function grants({ database, owner, app }: DatabaseRoles): string {
  return `
    REVOKE ALL ON DATABASE "${database}" FROM PUBLIC;
    GRANT CONNECT ON DATABASE "${database}" TO "${app}";
    ALTER SCHEMA public OWNER TO "${owner}";
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO "${app}";
    ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${app}";
    ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "${app}";
    SET ROLE "${owner}";
    ${EXTENSIONS.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name};`).join('\n')}
    RESET ROLE;`;
}
