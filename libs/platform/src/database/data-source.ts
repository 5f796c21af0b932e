import { DataSource, type DataSourceOptions } from 'typeorm';
import { PLATFORM_ENTITIES } from './platform.entities';
import { PlatformTables1763800000000 } from './migrations/1763800000000-platform-tables';

type EntityList = Extract<DataSourceOptions['entities'], unknown[]>;
type MigrationList = Extract<DataSourceOptions['migrations'], unknown[]>;

export interface DataSourceInput {
  readonly url: string;
  readonly applicationName: string;
  readonly entities: readonly unknown[];
  readonly migrations: readonly unknown[];
  readonly poolSize?: number;
}

/** Bounds without which a silent network hole would hang a request for ever. */
const TIMEOUTS = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 3_000,
  query_timeout: 5_000,
  lock_timeout: 1_000,
  idle_in_transaction_session_timeout: 10_000,
  keepAlive: true,
} as const;

/** The data source of a running service: its application role, all timeouts set, no schema synchronisation. */
export function createDataSource(input: DataSourceInput): DataSource {
  return new DataSource({
    ...commonOptions(input),
    extra: { ...TIMEOUTS, max: input.poolSize ?? 10, idleTimeoutMillis: 10_000 },
  });
}

/** The data source of a migration run: the owner's role, one connection, and time for long statements. */
export function createMigrationDataSource(input: DataSourceInput): DataSource {
  return new DataSource({ ...commonOptions(input), extra: { connectionTimeoutMillis: 5_000, max: 2 } });
}

function commonOptions(input: DataSourceInput) {
  return {
    type: 'postgres' as const,
    url: input.url,
    applicationName: input.applicationName,
    entities: [...PLATFORM_ENTITIES, ...input.entities] as EntityList,
    migrations: [PlatformTables1763800000000, ...input.migrations] as MigrationList,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto' as const,
    logging: false as const,
  };
}
