/** What decides the settings of one PostgreSQL start. */
export interface PostgresTuning {
  readonly port: number;
  /** False gives up safety against a crash of the machine for speed; for tests only. */
  readonly durable: boolean;
}

/** Loopback only, no socket files: nobody outside this machine reaches the embedded database. */
const REACH = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

/**
 * The whole embedded stack has to fit into 1 GB of memory: small shared buffers, no compiler, no parallel workers, no
 * I/O workers, no replication. Four services with pools of about 10 connections each fit into 120 connections twice.
 */
const SMALL_MEMORY = {
  shared_buffers: '48MB',
  max_connections: '120',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  autovacuum_max_workers: '2',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  wal_level: 'minimal',
  max_wal_size: '256MB',
  io_method: 'sync',
  huge_pages: 'off',
  jit: 'off',
};

const TIME_AND_LOG = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  log_checkpoints: 'off',
  password_encryption: 'scram-sha-256',
};

const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The arguments of the `postgres` program. Settings given here win over postgresql.conf at every start. */
export function postgresArguments(clusterDir: string, { port, durable }: PostgresTuning): string[] {
  const settings = { ...REACH, ...SMALL_MEMORY, ...TIME_AND_LOG, ...(durable ? {} : NOT_DURABLE), port: String(port) };
  return ['-D', clusterDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The arguments of `initdb`: UTF-8, the built-in C.UTF-8 collation (the same on every system), passwords by SCRAM. */
export function initdbArguments(folder: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
}

/** Environment of the PostgreSQL programs: nothing of ours, so that no PG* variable or Node option reaches them. */
export const POSTGRES_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };
