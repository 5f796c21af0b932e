import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_ROLES, appRoleOf, ownerRoleOf, pickFreePort, prepareDatabase, startPostgres } from '@ledger/embedded';
import { migrate, migrateEmbeddedBus } from '@ledger/platform';
import { Client } from 'pg';
import { suppliesService } from '../../apps/supplies/src/service';
import { startIdentity, type BenchIdentity } from './identity';

/** A supplies service with a database of its own on the common server. */
export interface BenchService {
  readonly port: number;
  /** A connection as the service's own role: what is measured beside the service has the same rights. */
  connect(): Promise<Client>;
  /** The database's owner, who may make functions and fill tables. */
  connectAsOwner(): Promise<Client>;
}

/** One PostgreSQL with synchronous commit, and services on it. */
export interface BenchServer {
  readonly identity: BenchIdentity;
  /**
   * @param options  `hasBus` false leaves the service without a bus, as when the broker is away: it works on and keeps
   *   its events, and the relay does not take part of the machine from what is measured
   */
  startService(name: string, options?: { readonly hasBus: boolean }): Promise<BenchService>;
  stop(): Promise<void>;
}

const MAIN = join(__dirname, '../../apps/supplies/src/main.js');
const POOL_SIZE = '8';
/** A broker address at which nobody answers. */
const NOBODY = '127.0.0.1:9';

export async function startBenchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledger-bench-'));
  const postgres = await startPostgres({ dataDir, roles: DATABASE_ROLES, purpose: 'npm run bench' });
  const identity = await startIdentity();
  const children: ChildProcess[] = [];
  const [owner, app] = [ownerRoleOf('supplies'), appRoleOf('supplies')];
  const [busOwner, busApp] = [ownerRoleOf('bus'), appRoleOf('bus')];
  const passwordOf = (role: string): string => String(postgres.passwords[role]);

  const makeDatabase = async (database: string, ownerRole: string, appRole: string): Promise<void> => {
    const passwords = { ownerPassword: passwordOf(ownerRole), appPassword: passwordOf(appRole) };
    await prepareDatabase((name) => postgres.superuserUrl(name), {
      ...{ database, owner: ownerRole, app: appRole },
      ...passwords,
    });
  };
  const connectTo = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  };

  return {
    identity,
    startService: async (name, { hasBus } = { hasBus: true }) => {
      const [database, bus] = [`bench_${name}`, `bench_${name}_bus`];
      await makeDatabase(database, owner, app);
      await makeDatabase(bus, busOwner, busApp);
      const { entities, migrations } = suppliesService;
      const url = postgres.urlOf(owner, database);
      await migrate({ url, applicationName: 'bench', entities, migrations });
      await migrateEmbeddedBus(postgres.urlOf(busOwner, bus));
      const port = await pickFreePort();
      const environment = {
        ...process.env,
        ...{ NODE_ENV: 'production', LOG_LEVEL: 'fatal', HOST: '127.0.0.1', PORT: String(port) },
        ...{ DATABASE_URL: postgres.urlOf(app, database), BUS_DATABASE_URL: postgres.urlOf(busApp, bus) },
        ...{ DATABASE_POOL_SIZE: POOL_SIZE, JWKS_URL: identity.jwksUrl, KAFKA_BROKERS: hasBus ? '' : NOBODY },
      };
      children.push(await startProgram(environment));
      return {
        port,
        connect: () => connectTo(postgres.urlOf(app, database)),
        connectAsOwner: () => connectTo(postgres.urlOf(owner, database)),
      };
    },
    stop: async () => {
      await Promise.all(children.map(end));
      identity.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves when the service listens. */
function startProgram(environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, 'serve'], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the service ended with exit code ${code}`)));
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'listening') resolve(child);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
