/** What the global setup hands to the workers of one `jest` run. */
export interface TestRun {
  /** Tells this run's templates from those of another run in the same cluster. */
  readonly id: string;
  /** Superuser address of a PostgreSQL cluster that only tests use. */
  readonly databaseUrl: string;
}

const VARIABLE = 'LEDGER_TEST_RUN';

/** The jest workers inherit the environment of the main process. */
export function announceRun(run: TestRun): void {
  process.env[VARIABLE] = JSON.stringify(run);
}

/** @throws Error outside the integration and e2e projects of jest */
export function announcedRun(): TestRun {
  const text = process.env[VARIABLE];
  if (!text) throw new Error('no test databases: the global setup of the integration tests has not run');
  return JSON.parse(text) as TestRun;
}
