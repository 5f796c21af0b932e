import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@ledger/testing';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a test database', () => {
  const databases: TestDatabase[] = [];
  let migrations = 0;

  const migrate = async (ownerUrl: string): Promise<void> => {
    migrations += 1;
    await query(ownerUrl, 'CREATE TABLE notes (id serial PRIMARY KEY, text text)');
  };

  const create = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase('teams', migrate, 'notes');
    databases.push(database);
    return database;
  };

  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  it('is a migrated copy of its own, made by one migration', async () => {
    const [first, second] = await Promise.all([create(), create()]);
    await query(first.appUrl, "INSERT INTO notes (text) VALUES ('only here')");
    expect(await query(first.appUrl, 'SELECT text FROM notes')).toEqual([{ text: 'only here' }]);
    expect(await query(second.appUrl, 'SELECT text FROM notes')).toEqual([]);
    expect(migrations).toBeLessThanOrEqual(1);
  });

  it('gives the application role rows, but not the schema', async () => {
    const { appUrl, ownerUrl } = await create();
    await expect(query(appUrl, 'ALTER TABLE notes ADD COLUMN more text')).rejects.toThrow(
      'must be owner of table notes',
    );
    await expect(query(appUrl, 'CREATE TABLE other (id int)')).rejects.toThrow('permission denied for schema public');
    await query(ownerUrl, 'ALTER TABLE notes ADD COLUMN more text');
    expect(await query(appUrl, 'SELECT more FROM notes')).toEqual([]);
  });

  it('is gone after drop, even with open connections', async () => {
    const database = await createTestDatabase('teams', migrate, 'notes');
    const open = new Client({ connectionString: database.appUrl });
    open.on('error', () => undefined);
    await open.connect();
    await database.drop();
    await expect(query(database.appUrl, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});
