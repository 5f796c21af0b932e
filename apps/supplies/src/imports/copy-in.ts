import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '@ledger/platform';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const TIMEOUT_SECONDS = 60;

/** The connection of a transaction, for what the query builder does not know. */
async function connectionOf(tx: Tx): Promise<PoolClient> {
  const runner = tx.manager.queryRunner;
  if (!runner) throw new Error('the transaction has no connection');
  return (await runner.connect()) as PoolClient;
}

/**
 * Sends rows into a table the quickest way there is.
 * @param pieces  rows in PostgreSQL's text format, one a line
 */
export async function copyIn(
  tx: Tx,
  table: string,
  columns: readonly string[],
  pieces: readonly Buffer[],
): Promise<void> {
  const connection = await connectionOf(tx);
  const stream = connection.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(pieces, { objectMode: false }), stream);
}

/**
 * Runs a statement over all rows of an import, which may take longer than a request could wait. It stays bounded: a
 * minute at the server and a little more at this end.
 */
export async function longQuery<Row extends object>(tx: Tx, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const connection = await connectionOf(tx);
  await tx.query(`SET LOCAL statement_timeout = '${TIMEOUT_SECONDS}s'`);
  const query = { text: sql, values: [...values], query_timeout: (TIMEOUT_SECONDS + 5) * 1_000 };
  const { rows } = await connection.query<Row>(query);
  return rows;
}

/** Nothing, in PostgreSQL's text format. */
export const NULL = '\\N';

/** A field in PostgreSQL's text format. */
export function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return SPECIAL.test(value) ? value.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign]) : value;
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
