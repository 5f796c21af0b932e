import type { PoolClient, QueryResult } from 'pg';
import { QueryRunnerAlreadyReleasedError, type QueryRunner } from 'typeorm';
import { isConnectionFault } from './transient-fault';

/** The connection of a transaction or read ended under it; what it had not committed is undone by the database. */
export class ConnectionLostError extends Error {
  /** SQLSTATE connection_failure. */
  readonly code = '08006';

  constructor(cause: unknown) {
    super('the database connection was lost', { cause });
    this.name = 'ConnectionLostError';
  }
}

/**
 * Opens a transaction and reads its time, both in one round trip. The runner is told of the transaction just as its own
 * `startTransaction` would tell it, so that a nested save takes part in this transaction instead of ending it.
 */
export async function beginTransaction(runner: QueryRunner): Promise<Date> {
  const connection = (await runner.connect()) as PoolClient;
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  const answers: unknown = await connection.query(
    'START TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT now() AS now',
  );
  const [, clock] = answers as [unknown, QueryResult<{ now: Date }>];
  return clock.rows[0].now;
}

/**
 * Gives up what a runner was doing after a fault. A connection of which nobody knows what it still does is closed: the
 * next one to get it from the pool would wait behind a statement that may never answer.
 */
export async function abandon(runner: QueryRunner, fault: unknown): Promise<void> {
  if (runner.isReleased) return;
  if (isConnectionFault(fault)) return close(runner);
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => close(runner));
}

/** TypeORM releases a runner whose connection ends and then only says that it is released: that is the loss. */
export function nameLoss(runner: QueryRunner, fault: unknown): unknown {
  return runner.isReleased && fault instanceof QueryRunnerAlreadyReleasedError ? new ConnectionLostError(fault) : fault;
}

async function close(runner: QueryRunner): Promise<void> {
  const connection = (await runner.connect().catch(() => undefined)) as PoolClient | undefined;
  // Marked as ending it never goes back to the pool. Nobody waits for the end: it may never come.
  (connection as unknown as { end(): Promise<void> } | undefined)?.end().catch(() => undefined);
}
