import type { Invariant } from '@ledger/contracts';
import { Client } from 'pg';

/** Rows shown per check; the count is always complete. */
export const ROWS_SHOWN = 20;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10 * 60 * 1000;

/** The outcome of one rule: how many rows break it, and the first of them. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly differences: number;
  readonly rows: readonly unknown[];
}

/**
 * Runs all rules of one service against one snapshot of its database, read-only: a stack at work may go on.
 * @throws Error with one line when the database cannot be reached or a rule cannot be run
 */
export async function checkService(url: string, invariants: readonly Invariant[]): Promise<CheckResult[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
  });
  client.on('error', () => undefined); // a connection lost between two statements fails the next one
  await client.connect();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const results: CheckResult[] = [];
    for (const invariant of invariants) results.push(await checkInvariant(client, invariant));
    await client.query('COMMIT');
    return results;
  } finally {
    await client.end();
  }
}

async function checkInvariant(client: Client, { id, title, sql }: Invariant): Promise<CheckResult> {
  const rule = sql.trim().replace(/;$/, '');
  const text = `SELECT row_to_json(difference) AS row, count(*) OVER ()::int AS total FROM (${rule}) AS difference LIMIT ${ROWS_SHOWN}`;
  try {
    const { rows } = await client.query<{ row: unknown; total: number }>(text);
    return { id, title, differences: rows[0]?.total ?? 0, rows: rows.map(({ row }) => row) };
  } catch (cause) {
    throw new Error(`rule ${id} cannot be run: ${(cause as Error).message}`, { cause });
  }
}
