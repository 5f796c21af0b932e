import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryResult, type QueryRunner } from 'typeorm';
import { abandon, beginTransaction, nameLoss } from './runner-connection';
import { isRetryableTransaction } from './transient-fault';

/** One open transaction. Inside it nothing else may touch the database: a second connection can stop the pool. */
export interface Tx {
  readonly manager: EntityManager;
  /** The transaction's database time; rules get it as an argument. */
  readonly now: Date;
  /** Rows of a SELECT, or of anything with RETURNING. */
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement and returns the number of affected rows. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** Runs after the commit, never after a rollback. A hint only: what must happen has a row. */
  afterCommit(hint: () => void): void;
}

const MAX_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 15;

/** Transactions and reads of the service's own database. */
@Injectable()
export class Database {
  constructor(readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one READ COMMITTED transaction. A deadlock, serialisation fault or late lock rolls back and runs it
   * again, at most 5 times with jitter, so `work` must have no effect outside the transaction.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isRetryableTransaction(error)) throw error;
        const backoff = FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + Math.random());
        await new Promise((resolve) => setTimeout(resolve, backoff));
      }
    }
  }

  /** Rows of one statement outside a transaction. */
  query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.withRunner(async (runner) => (await run(runner, sql, parameters)).records as Row[]);
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const hints: (() => void)[] = [];
    const answer = await this.withRunner(async (runner) => {
      const now = await beginTransaction(runner);
      const result = await work(openTx(runner, now, hints));
      await runner.commitTransaction();
      return result;
    });
    for (const hint of hints) hint();
    return answer;
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await work(runner);
    } catch (error) {
      const fault = nameLoss(runner, error);
      await abandon(runner, fault);
      throw fault;
    } finally {
      await runner.release();
    }
  }
}

const run = async (runner: QueryRunner, sql: string, parameters: readonly unknown[] = []): Promise<QueryResult> =>
  (await runner.query(sql, [...parameters], true)) as unknown as QueryResult;

function openTx(runner: QueryRunner, now: Date, hints: (() => void)[]): Tx {
  return {
    manager: runner.manager,
    now,
    query: async <Row extends object>(sql: string, parameters?: readonly unknown[]) =>
      (await run(runner, sql, parameters)).records as Row[],
    execute: async (sql, parameters) => (await run(runner, sql, parameters)).affected ?? 0,
    afterCommit: (hint) => void hints.push(hint),
  };
}
