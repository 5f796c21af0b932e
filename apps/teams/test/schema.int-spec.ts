import { createMigrationDataSource } from '@ledger/platform';
import { startTestService, type TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import { teamsService } from '../src/service';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(teamsService, { seeded: true });
});
afterAll(() => service.stop());

it('the migrations make exactly the schema that the entities describe', async () => {
  const { entities, migrations } = teamsService;
  const url = service.databaseUrls.ownerUrl;
  const applicationName = 'test-drift';
  const dataSource = await createMigrationDataSource({ url, applicationName, entities, migrations }).initialize();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const pending = await dataSource.showMigrations();
  await dataSource.destroy();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  expect(pending).toBe(false);
});

it('the seeds load again without a change and without a second announcement', async () => {
  const state = () =>
    service.database.query(
      `SELECT (SELECT count(*) FROM team_types) AS types, (SELECT count(*) FROM teams) AS teams,
              (SELECT count(*) FROM outbox WHERE type = 'teams.team-registered.v1') AS announced`,
    );
  const [before] = await state();
  await service.seed();
  expect(await state()).toEqual([before]);
  expect(before).toEqual({ types: '45', teams: expect.stringMatching(/^[5-9]\d$/), announced: expect.anything() });
  expect(before).toHaveProperty('announced', (before as { teams: string }).teams);
});

const TEAM = `(SELECT id FROM teams ORDER BY code LIMIT 1)`;
const CALL_UP = (id: string, state: string, ended: string): string => `
  INSERT INTO call_ups (id, allocation_id, line_id, incident_id, type_code, site_id, site_name, site_region_code,
                        site_latitude, site_longitude, answer_seconds, state, requested_at, ended_at)
  VALUES ('${id}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'PRO-02', gen_random_uuid(), 'site',
          '140930', 39, 111, 60, '${state}', now(), ${ended});
  INSERT INTO call_up_changes (call_up_id, ordinal, state, at, actor) VALUES ('${id}', 1, '${state}', now(), 'test');`;
const ATTEMPT = (callUpId: string): string => `
  INSERT INTO call_up_attempts (id, call_up_id, ordinal, team_id, asked_at, answer_by, skipped)
  VALUES (gen_random_uuid(), '${callUpId}', 1, ${TEAM}, now(), now(), '[]');`;
const DEADLINE = (id: string): string =>
  `INSERT INTO deadlines (kind, subject_id, owner, due_at) VALUES ('call-up-answer', '${id}', 'test', now());`;
const FIRST = '0197f0c0-0000-7000-8000-000000000001';
const SECOND = '0197f0c0-0000-7000-8000-000000000002';

/** For each rule rows that break it, and this rule alone. */
const BREAKING: Readonly<Record<string, string>> = {
  'teams.team-in-one-call-up': `
    DROP INDEX ux_call_up_attempts_one_per_team; ${[FIRST, SECOND]
      .map((id) => CALL_UP(id, 'requested', 'NULL') + ATTEMPT(id) + DEADLINE(id))
      .join('')}`,
  'teams.ended-call-up-holds-nothing': CALL_UP(FIRST, 'refused', 'now()') + ATTEMPT(FIRST),
  'teams.open-call-up-holds-a-team': CALL_UP(FIRST, 'accepted', 'NULL') + ATTEMPT(FIRST),
  'teams.asked-team-has-a-deadline': CALL_UP(FIRST, 'requested', 'NULL') + ATTEMPT(FIRST),
  'teams.readiness-in-order': `
    INSERT INTO readiness_states (team_id, ordinal, since, level, computed_level, reasons)
    VALUES (${TEAM}, 1002, now(), 'ready', 'ready', '[]')`,
  'teams.state-is-last-change':
    CALL_UP(FIRST, 'refused', 'now()') + `UPDATE call_ups SET state = 'cancelled' WHERE id = '${FIRST}'`,
};

it('every rule has rows that break it', () => {
  expect(Object.keys(BREAKING)).toEqual(invariants.map(({ id }) => id));
});

it.each(Object.keys(BREAKING))('%s finds the rows that break it, and nothing without them', async (id) => {
  const { entities, migrations } = teamsService;
  const url = service.databaseUrls.ownerUrl;
  const applicationName = 'test-rules';
  const owner = await createMigrationDataSource({ url, applicationName, entities, migrations }).initialize();
  const runner = owner.createQueryRunner();
  const broken = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const rule of invariants)
      if ((await owner.query<unknown[]>(rule.sql, [], runner)).length > 0) found.push(rule.id);
    return found;
  };
  await runner.startTransaction();
  expect(await broken()).toEqual([]);
  await runner.query(BREAKING[id]);
  expect(await broken()).toEqual([id]);
  await runner.rollbackTransaction();
  await runner.release();
  await owner.destroy();
});
