import { randomUUID } from 'node:crypto';
import { Database, migrate } from '@ledger/platform';
import { type TestDatabase, createTestDatabase, waitFor } from '@ledger/testing';
import { DataSource } from 'typeorm';
import { Retention } from '../src/database/retention';

let store: TestDatabase;
let source: DataSource;
let database: Database;
let retention: Retention;

beforeAll(async () => {
  const run = (url: string) => migrate({ url, applicationName: 'test', entities: [], migrations: [] });
  store = await createTestDatabase('teams', run, 'platform_only');
  source = await new DataSource({ type: 'postgres', url: store.appUrl, logging: false }).initialize();
  database = new Database(source);
  retention = new Retention(database);
});
afterAll(async () => {
  await retention.stop();
  await source.destroy();
  await store.drop();
});

/** One row of every kind that is kept for a time, as old as is said; the outbox has one more that was never published. */
async function rowsOfAge(days: number, mark: string): Promise<void> {
  const then = `now() - interval '${days} days'`;
  const outbox = (published: string): Promise<unknown> =>
    database.query(
      `INSERT INTO outbox (id, topic, partition_key, sequence, type, envelope, created_at, published_at)
       SELECT gen_random_uuid(), 't', $1, coalesce(max(sequence), 0) + 1, 'x', '{}', ${then}, ${published} FROM outbox`,
      [mark],
    );
  await outbox(then);
  await outbox('NULL');
  await database.query(`INSERT INTO inbox VALUES ($1, $2, 'x', ${then})`, [mark, randomUUID()]);
  await database.query(`INSERT INTO inbox_sequences VALUES ('/x', 't', $1, 1, ${then})`, [mark]);
  await database.query(`INSERT INTO idempotency_keys VALUES ('c', 'r', $1, 'h', '{}', ${then})`, [mark]);
}

async function left(mark: string): Promise<Record<string, number>> {
  const [row] = await database.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM outbox WHERE partition_key = $1 AND published_at IS NOT NULL) AS published,
            (SELECT count(*)::int FROM outbox WHERE partition_key = $1 AND published_at IS NULL) AS unpublished,
            (SELECT count(*)::int FROM inbox WHERE subscriber = $1) AS inbox,
            (SELECT count(*)::int FROM inbox_sequences WHERE partition_key = $1) AS sequences,
            (SELECT count(*)::int FROM idempotency_keys WHERE key = $1) AS keys`,
    [mark],
  );
  return row;
}

it('forgets what has served its time and nothing else, least of all an event that was never published', async () => {
  for (const [days, mark] of [
    [8, 'a week'],
    [15, 'a fortnight'],
    [31, 'a month'],
  ] as const) {
    await rowsOfAge(days, mark);
  }
  await database.query(
    `INSERT INTO inbox SELECT 'many', gen_random_uuid(), 'x', now() - interval '99 days' FROM generate_series(1, 4500)`,
  );
  retention.start();
  await waitFor('the month', async () => (await left('a month')).keys === 0);
  expect(await left('a week')).toEqual({ published: 0, unpublished: 1, inbox: 1, sequences: 1, keys: 1 });
  expect(await left('a fortnight')).toEqual({ published: 0, unpublished: 1, inbox: 0, sequences: 0, keys: 1 });
  expect(await left('a month')).toEqual({ published: 0, unpublished: 1, inbox: 0, sequences: 0, keys: 0 });
  expect(await database.query(`SELECT 1 FROM inbox WHERE subscriber = 'many'`)).toEqual([]);
});
