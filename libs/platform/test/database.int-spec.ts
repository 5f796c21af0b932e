import { randomUUID } from 'node:crypto';
import { Database, createMigrationDataSource, isTransientFault, migrate } from '@ledger/platform';
import { createTestDatabase, type TestDatabase } from '@ledger/testing';
import { DataSource } from 'typeorm';
import { CreateSample1763800900000 } from './support/1763800900000-create-sample';
import { EffectRow, NoteRow } from './support/sample.entities';

let store: TestDatabase;
let source: DataSource;
let database: Database;

const entities = [NoteRow, EffectRow];
const migrations = [CreateSample1763800900000];

beforeAll(async () => {
  const run = (url: string) => migrate({ url, applicationName: 'test', entities, migrations });
  store = await createTestDatabase('teams', run, 'platform');
  source = await open({ max: 4 });
  database = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await store.drop();
});

const open = (extra: object): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url: store.appUrl, entities, logging: false, extra }).initialize();

const textsOf = async (ids: readonly string[]): Promise<string[]> => {
  const rows = await database.query<{ text: string }>('SELECT text FROM notes WHERE id = ANY($1) ORDER BY text', [ids]);
  return rows.map((row) => row.text);
};

describe('a transaction', () => {
  it('knows the time of the database, and no other', async () => {
    const [mine, theirs] = await database.transaction(async (tx) => {
      await tx.query('SELECT pg_sleep(0.02)');
      const [row] = await tx.query<{ now: Date; level: string }>(
        `SELECT now() AS now, current_setting('transaction_isolation') AS level`,
      );
      return [{ now: tx.now, level: 'read committed' }, row];
    });
    expect(mine).toEqual(theirs);
  });

  it('takes in what the entity manager saves, to the end and not before', async () => {
    const [kept, undone] = [randomUUID(), randomUUID()];
    await database.transaction((tx) => tx.manager.save(NoteRow, { id: kept, text: 'kept' }));
    const rolledBack = database.transaction(async (tx) => {
      await tx.manager.save(NoteRow, { id: undone, text: 'undone' });
      await tx.manager.transaction((inner) => inner.save(NoteRow, { id: randomUUID(), text: 'inner' }));
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    expect(await textsOf([kept, undone])).toEqual(['kept']);
    expect(await database.query(`SELECT 1 FROM notes WHERE text = 'inner'`)).toEqual([]);
  });

  it('tells how many rows a statement has touched, and gives back what RETURNING returns', async () => {
    const ids = [randomUUID(), randomUUID()];
    await database.transaction(async (tx) => {
      expect(await tx.execute(`INSERT INTO notes (id, text) SELECT unnest($1::uuid[]), 'a'`, [ids])).toBe(2);
      expect(await tx.execute('DELETE FROM notes WHERE id = $1', [randomUUID()])).toBe(0);
      const rows = await tx.query(`UPDATE notes SET text = 'b' WHERE id = $1 RETURNING text`, [ids[0]]);
      expect(rows).toEqual([{ text: 'b' }]);
    });
    const deleted = await database.query('DELETE FROM notes WHERE id = ANY($1) RETURNING text', [ids]);
    expect(deleted).toHaveLength(2);
  });

  it('runs its hints after the commit, and none after a rollback', async () => {
    const heard: string[] = [];
    await database.transaction(async (tx) => {
      tx.afterCommit(() => heard.push('committed'));
      heard.push('working');
      await tx.query('SELECT 1');
    });
    const undone = database.transaction((tx) => {
      tx.afterCommit(() => heard.push('undone'));
      return Promise.reject(new Error('changed my mind'));
    });
    await expect(undone).rejects.toThrow();
    expect(heard).toEqual(['working', 'committed']);
  });
});

describe('a transaction that the database gives up', () => {
  it('is run again after a deadlock, and both take effect once', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await database.query(`INSERT INTO notes (id, text) VALUES ($1, ''), ($2, '')`, [first, second]);
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let runs = 0;
    const append = (ids: readonly string[], own: number): Promise<void> =>
      database.transaction(async (tx) => {
        runs++;
        await tx.execute(`UPDATE notes SET text = text || '+' WHERE id = $1`, [ids[0]]);
        both[own].resolve();
        await both[1 - own].promise;
        await tx.execute(`UPDATE notes SET text = text || '+' WHERE id = $1`, [ids[1]]);
      });
    await Promise.all([append([first, second], 0), append([second, first], 1)]);
    expect(runs).toBe(3);
    expect(await textsOf([first, second])).toEqual(['++', '++']);
  });

  it('is run five times at most', async () => {
    let runs = 0;
    const hopeless = database.transaction((tx) => {
      runs++;
      return tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
    });
    await expect(hopeless).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(5);
  });

  it('for good is not run again', async () => {
    let runs = 0;
    const wrong = database.transaction((tx) => {
      runs++;
      return tx.query('SELECT 1 / 0');
    });
    await expect(wrong).rejects.toMatchObject({ code: '22012' });
    expect(runs).toBe(1);
  });
});

describe('a connection', () => {
  it('that is ended under a transaction is a passing fault', async () => {
    const lost = database.transaction(async (tx) => {
      const connection = (await tx.manager.queryRunner?.connect()) as NodeJS.EventEmitter;
      const ended = new Promise((resolve) => connection.once('end', resolve));
      const [{ pid }] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [pid]);
      await ended;
      await tx.query('SELECT 1');
    });
    const fault = await lost.catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'ConnectionLostError', code: '08006' });
    expect(isTransientFault(fault)).toBe(true);
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('whose statement never answers is not given to the next one', async () => {
    const narrow = await open({ max: 1, query_timeout: 150 });
    const impatient = new Database(narrow);
    await expect(impatient.query('SELECT pg_sleep(2)')).rejects.toThrow('timeout');
    expect(await impatient.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(impatient.transaction((tx) => tx.query('SELECT pg_sleep(2)'))).rejects.toThrow('timeout');
    expect(await impatient.query('SELECT 2 AS two')).toEqual([{ two: 2 }]);
    await narrow.destroy();
  });

  it('comes back to the pool after every kind of end', async () => {
    const narrow = await open({ max: 1, connectionTimeoutMillis: 500 });
    const frugal = new Database(narrow);
    await frugal.transaction((tx) => tx.query('SELECT 1'));
    await expect(frugal.transaction((tx) => tx.query('SELECT 1 / 0'))).rejects.toThrow('division');
    await expect(frugal.transaction(() => Promise.reject(new Error('a rule')))).rejects.toThrow('a rule');
    await expect(frugal.query('SELECT nonsense')).rejects.toThrow('nonsense');
    expect(await frugal.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await narrow.destroy();
  });
});

it('the tables of the platform are what their entities say', async () => {
  const owner = await createMigrationDataSource({
    url: store.ownerUrl,
    applicationName: 'test',
    entities,
    migrations,
  }).initialize();
  const { upQueries } = await owner.driver.createSchemaBuilder().log();
  expect(upQueries.map((statement) => statement.query)).toEqual([]);
  await owner.destroy();
});
