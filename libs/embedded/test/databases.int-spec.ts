import { DATABASE_ROLES, type DatabaseUrls, prepareDatabases, findRunningDatabases } from '@ledger/embedded';
import { query } from './query';
import { makeTemporaryFolder, removeAll, startTestPostgres } from './temporary-folder';

describe('the databases of the services', () => {
  let dataDir: string;
  let urls: Record<string, DatabaseUrls>;

  beforeAll(async () => {
    dataDir = await makeTemporaryFolder();
    const server = await startTestPostgres({ dataDir, roles: DATABASE_ROLES });
    await prepareDatabases(server);
    urls = await prepareDatabases(server); // every start repeats it
    await query(urls.supplies.owner, 'CREATE TABLE postings (id bigint GENERATED ALWAYS AS IDENTITY, quantity bigint)');
  });

  afterAll(removeAll);

  it('give the running service the rows that migrations make room for', async () => {
    await query(urls.supplies.app, 'INSERT INTO postings (quantity) VALUES (5)');
    await query(urls.supplies.app, 'UPDATE postings SET quantity = 6');
    expect(await query(urls.supplies.app, 'DELETE FROM postings RETURNING quantity')).toEqual([{ quantity: '6' }]);
  });

  it.each([
    'CREATE TABLE mine (id int)',
    'ALTER TABLE postings ADD COLUMN note text',
    'DROP TABLE postings',
    'TRUNCATE postings',
    'CREATE TEMPORARY TABLE scratch (id int)',
    'CREATE ROLE friend',
    'SET ROLE supplies_owner',
  ])('refuse the running service: %s', async (sql) => {
    await expect(query(urls.supplies.app, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('let a migration take rights away from the running service', async () => {
    await query(urls.supplies.owner, 'CREATE TABLE ledger (id int); REVOKE UPDATE, DELETE ON ledger FROM supplies_app');
    await expect(query(urls.supplies.app, 'UPDATE ledger SET id = 1')).rejects.toMatchObject({ code: '42501' });
  });

  it('are closed to the other services', async () => {
    for (const role of ['app', 'owner'] as const) {
      const url = new URL(urls.teams[role]);
      url.pathname = '/supplies';
      await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('can exclude overlapping time ranges per key', async () => {
    await query(
      urls.transport.owner,
      'CREATE TABLE bookings (vehicle uuid, during tstzrange, EXCLUDE USING gist (vehicle WITH =, during WITH &&))',
    );
    const booking = `INSERT INTO bookings VALUES ('00000000-0000-4000-8000-000000000001', '[2026-01-01, 2026-01-02)')`;
    await query(urls.transport.app, booking);
    await expect(query(urls.transport.app, booking)).rejects.toMatchObject({ code: '23P01' });
  });

  it('are found by other programs as long as they run', async () => {
    expect(await findRunningDatabases(dataDir)).toEqual(urls);
    expect(await findRunningDatabases(await makeTemporaryFolder())).toBeNull();
  });
});
