import { migrate, createMigrationDataSource } from '@ledger/platform';
import { createTestDatabase, type TestDatabase } from '@ledger/testing';
import { suppliesService } from '../src/service';

const { entities, migrations } = suppliesService;
let database: TestDatabase;

const dataSourceOf = (steps: readonly unknown[]) =>
  createMigrationDataSource({
    url: database.ownerUrl,
    applicationName: 'test-schema',
    entities,
    migrations: steps,
  }).initialize();

beforeAll(async () => {
  database = await createTestDatabase('supplies', async (url) => {
    await migrate({ url, applicationName: 'test-migrate', entities, migrations });
  });
});
afterAll(() => database.drop());

it('the migrations make exactly the schema that the entities describe', async () => {
  const dataSource = await dataSourceOf(migrations);
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const pending = await dataSource.showMigrations();
  await dataSource.destroy();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  expect(pending).toBe(false);
});

it('the migrations apply one by one to an empty schema and have nothing to do after that', async () => {
  const dataSource = await dataSourceOf(migrations);
  await dataSource.query('DROP SCHEMA public CASCADE');
  await dataSource.query('CREATE SCHEMA public');
  await dataSource.destroy();
  const applied: string[] = [];
  for (let step = 0; step <= migrations.length; step++) {
    const upTo = await dataSourceOf(migrations.slice(0, step));
    applied.push(...(await upTo.runMigrations()).map(({ name }) => name));
    await upTo.destroy();
  }
  const names = (migrations as (new () => object)[]).map((migration) => migration.name);
  expect(applied.slice(-names.length)).toEqual(names);
  const whole = await dataSourceOf(migrations);
  expect(await whole.runMigrations()).toEqual([]);
  await whole.destroy();
});
