import { createMigrationDataSource } from '@ledger/platform';
import { startTestService, type TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import { gatewayService } from '../src/service';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(gatewayService, { seeded: true });
});
afterAll(() => service.stop());

it('the migrations make exactly the schema that the entities describe', async () => {
  const { entities, migrations } = gatewayService;
  const url = service.databaseUrls.ownerUrl;
  const dataSource = await createMigrationDataSource({
    url,
    applicationName: 'test-drift',
    entities,
    migrations,
  }).initialize();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const pending = await dataSource.showMigrations();
  await dataSource.destroy();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  expect(pending).toBe(false);
});

/** For each rule of these features a row that breaks it. */
const BREAKING: Readonly<Record<string, string>> = {
  'gateway.region-parent-one-tier-up': `
    INSERT INTO regions (region_code, name, short_name, tier, kind, parent_code)
    VALUES ('149999', 'county', 'county', 'county', '县', '14')`,
  'gateway.incident-has-site': `
    INSERT INTO incidents (id, kind, level, title, region_code, occurred_at, affected_people, reported_at, reported_by,
                           organisation_id)
    VALUES (gen_random_uuid(), 'flood', 'III', 't', '14', now(), 0, now(), gen_random_uuid(), gen_random_uuid())`,
  'gateway.incident-reported-after-it-began': `
    INSERT INTO incidents (id, kind, level, title, region_code, occurred_at, affected_people, reported_at, reported_by,
                           organisation_id)
    VALUES (gen_random_uuid(), 'flood', 'III', 't', '14', now() + interval '1 hour', 0, now(), gen_random_uuid(),
            gen_random_uuid())`,
};

class RollBack extends Error {}

it.each(Object.keys(BREAKING))('%s finds the row that breaks it, and nothing without it', async (id) => {
  const sql = invariants.find((invariant) => invariant.id === id)?.sql ?? 'no such invariant';
  const found: number[] = [];
  const attempt = service.database.transaction(async (tx) => {
    found.push((await tx.query(sql)).length);
    await tx.execute(BREAKING[id]);
    found.push((await tx.query(sql)).length);
    throw new RollBack();
  });
  await expect(attempt).rejects.toThrow(RollBack);
  expect(found).toEqual([0, 1]);
});
