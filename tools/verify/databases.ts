import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_ROLES, type ServiceName, databaseUrls, findRunningDatabases, startPostgres } from '@ledger/embedded';

/** The service databases to check, by service. */
export interface ServiceDatabases {
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** For people: which databases these are. */
  readonly source: string;
  /** Stops what was started for the check. */
  close(): Promise<void>;
}

const VARIABLES: Readonly<Record<ServiceName, string>> = {
  supplies: 'SUPPLIES_DATABASE_URL',
  teams: 'TEAMS_DATABASE_URL',
  transport: 'TRANSPORT_DATABASE_URL',
  gateway: 'GATEWAY_DATABASE_URL',
};

/**
 * Finds the databases: those named in the environment, else those of the embedded stack that runs on the data folder,
 * else the embedded PostgreSQL is started for the time of the check.
 */
export async function openDatabases(dataDir: string): Promise<ServiceDatabases> {
  const named = Object.values(VARIABLES).filter((name) => process.env[name]);
  if (named.length > 0) return fromEnvironment();
  const running = await findRunningDatabases(dataDir);
  if (running !== null)
    return { urls: applicationUrls(running), source: `running stack on ${dataDir}`, close: async () => {} };
  if (!existsSync(join(dataDir, 'postgres')))
    throw new Error(`there is no database in ${dataDir} yet; run npm start first.`);
  const onNotice = (line: string): void => void process.stderr.write(`${line}\n`);
  const server = await startPostgres({ dataDir, roles: DATABASE_ROLES, purpose: 'npm run verify', onNotice });
  return { urls: applicationUrls(databaseUrls(server)), source: `data folder ${dataDir}`, close: () => server.stop() };
}

function fromEnvironment(): ServiceDatabases {
  const missing = Object.values(VARIABLES).filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`set all four database addresses or none; missing: ${missing.join(', ')}.`);
  const urls = Object.entries(VARIABLES).map(([service, name]) => [service, process.env[name]]);
  return {
    urls: Object.fromEntries(urls) as Record<ServiceName, string>,
    source: 'databases named in the environment',
    close: async () => {},
  };
}

function applicationUrls(databases: ReturnType<typeof databaseUrls>): Record<ServiceName, string> {
  const { supplies, teams, transport, gateway } = databases;
  return { supplies: supplies.app, teams: teams.app, transport: transport.app, gateway: gateway.app };
}
