import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { BusLogger } from '../bus-logger';

/** Four services share one small server: a few connections each have to do. */
const CONNECTIONS = 3;

/** Without these a silent hole in the network would hang a publish for ever. */
const LIMITS = {
  connectionTimeoutMillis: 2_000,
  statement_timeout: 3_000,
  query_timeout: 5_000,
  lock_timeout: 1_000,
  idle_in_transaction_session_timeout: 10_000,
  idleTimeoutMillis: 10_000,
  keepAlive: true,
};

export interface BusDatabaseOptions {
  readonly url: string;
  readonly clientId: string;
  readonly logger: BusLogger;
}

export type Query = <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** The connections of one process to the database of the embedded bus. */
export class BusDatabase {
  private readonly pool: Pool;

  constructor({ url, clientId, logger }: BusDatabaseOptions) {
    this.pool = new Pool({
      ...LIMITS,
      connectionString: url,
      max: CONNECTIONS,
      application_name: `${clientId} bus`,
    });
    this.pool.on('error', (error) => logger.debug({ err: error }, 'an idle connection to the bus database ended'));
  }

  readonly query: Query = async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
    (await this.pool.query<Row>(sql, [...values])).rows;

  /** Runs `work` in one transaction. A connection on which anything failed is closed, not used again. */
  async transaction<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    client.on('error', ignore); // The query in hand fails as well; without a listener the process would end.
    let isFaulty = true;
    try {
      await client.query('BEGIN');
      const result = await work(queryOn(client));
      await client.query('COMMIT');
      isFaulty = false;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(isFaulty);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

const ignore = (): void => undefined;

function queryOn(client: PoolClient): Query {
  return async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(sql, [...values])).rows;
}
