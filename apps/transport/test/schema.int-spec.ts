import { createMigrationDataSource } from '@ledger/platform';
import { startTestService, type TestService } from '@ledger/testing';
import { invariants } from '../src/database/invariants';
import { transportService } from '../src/service';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(transportService, { seeded: true });
});
afterAll(() => service.stop());

const { entities, migrations } = transportService;
const openAsOwner = () =>
  createMigrationDataSource({
    url: service.databaseUrls.ownerUrl,
    applicationName: 'test-owner',
    entities,
    migrations,
  }).initialize();

it('the migrations make exactly the schema that the entities describe', async () => {
  const owner = await openAsOwner();
  const { upQueries } = await owner.driver.createSchemaBuilder().log();
  const pending = await owner.showMigrations();
  await owner.destroy();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  expect(pending).toBe(false);
});

it('the seeds load again without a change and without a second announcement', async () => {
  const state = () =>
    service.database.query<{ types: string; carriers: string; vehicles: string; announced: string }>(
      `SELECT (SELECT count(*) FROM vehicle_types) AS types, (SELECT count(*) FROM carriers) AS carriers,
              (SELECT count(*) FROM vehicles) AS vehicles,
              (SELECT count(*) FROM outbox WHERE type = 'transport.vehicle-registered.v1') AS announced`,
    );
  const [before] = await state();
  await service.seed();
  expect(await state()).toEqual([before]);
  expect(before.types).toBe('43');
  expect(Number(before.vehicles)).toBeGreaterThan(100);
  expect(before.announced).toBe(before.vehicles);
});

const TRIP_A = '0197f0c0-0000-7000-8000-00000000000a';
const TRIP_B = '0197f0c0-0000-7000-8000-00000000000b';
const VEHICLE = `(SELECT id FROM vehicles ORDER BY plate LIMIT 1)`;

interface PlantedTrip {
  readonly id: string;
  readonly state?: string;
  readonly assignment?: string;
  readonly during?: string;
}

/** A sound assignment with one trip, its booking and its pass, unless something else is said. */
function planted({ id, state = 'assigned', assignment = 'booked', during = 'tstzrange(now(), NULL)' }: PlantedTrip) {
  const hasEnded = ['completed', 'cancelled'].includes(state) ? 'now()' : 'NULL';
  const hasDeparted = ['assigned', 'loaded'].includes(state) ? 'NULL' : 'now()';
  const released = assignment === 'released' ? '0' : 'NULL';
  return `
    INSERT INTO assignments (id, allocation_id, incident_id, sourcing, site_id, site_name, site_region_code,
                             site_latitude, site_longitude, hold_until, state, requested_at, ended_at, released_trips)
    VALUES ('${id}', '${id}', '${id}', 'own', '${id}', 'site', '140930', 39, 111, now(), '${assignment}', now(),
            ${assignment === 'booked' ? 'NULL' : 'now()'}, ${released});
    INSERT INTO trips (id, assignment_id, allocation_id, vehicle_id, driver_name, line_id, approach_seconds,
                       carriage_seconds, state, booked_at, departed_at, ended_at)
    VALUES ('${id}', '${id}', '${id}', ${VEHICLE}, 'driver', '${id}', 0, 0, '${state}', now(), ${hasDeparted},
            ${hasEnded});
    INSERT INTO bookings (trip_id, vehicle_id, during) VALUES ('${id}', ${VEHICLE}, ${during});
    INSERT INTO passes (number, trip_id, kid, token, valid_from, valid_until)
    VALUES ('${id}', '${id}', (SELECT kid FROM pass_keys LIMIT 1), 'token', now(), now() + interval '1 hour');
    INSERT INTO deadlines (kind, subject_id, owner, due_at) VALUES ('assignment-hold', '${id}', 'test', now());`;
}

const load = (columns: string, values: string): string =>
  `INSERT INTO trip_loads (trip_id, line_id, item_code, quantity_base, weight_grams, volume_cubic_centimetres${columns})
   VALUES ('${TRIP_A}', '${TRIP_A}', 'LRS-001'${values});`;

const PAST = `tstzrange(now() - interval '2 hours', now() - interval '1 hour')`;

/** For each rule rows that break it, and this rule alone. */
const BREAKING: Readonly<Record<string, string>> = {
  'transport.vehicle-promised-once': `
    ALTER TABLE bookings DROP CONSTRAINT ex_bookings_one_per_vehicle;
    ${planted({ id: TRIP_A })} ${planted({ id: TRIP_B })}`,
  'transport.open-trip-is-booked': planted({ id: TRIP_A, during: PAST }),
  'transport.released-assignment-holds-nothing': planted({ id: TRIP_A, assignment: 'released' }),
  'transport.booked-assignment-has-trips': `
    ${planted({ id: TRIP_A })} UPDATE trips SET allocation_id = gen_random_uuid();`,
  'transport.waiting-trip-has-a-deadline': `${planted({ id: TRIP_A })} DELETE FROM deadlines;`,
  'transport.load-fits-vehicle': planted({ id: TRIP_A }) + load('', ', 1000000, 1000, 1'),
  'transport.delivered-load-is-accounted-for': `
    ${planted({ id: TRIP_A, state: 'delivered' })} ${load(', loaded_base', ', 5, 1, 1, 5')}
    UPDATE trips SET delivered_at = now(), receiver_name = 'receiver';`,
  'transport.pass-ends-with-trip': planted({ id: TRIP_A, state: 'completed', during: PAST }),
};

it('every rule has rows that break it', () => {
  expect(Object.keys(BREAKING)).toEqual(invariants.map(({ id }) => id));
});

it.each(Object.keys(BREAKING))('%s finds the rows that break it, and nothing without them', async (id) => {
  const owner = await openAsOwner();
  const runner = owner.createQueryRunner();
  const broken = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const rule of invariants) {
      if ((await owner.query<unknown[]>(rule.sql, [], runner)).length > 0) found.push(rule.id);
    }
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

it('the database refuses to promise a vehicle to two trips at once', async () => {
  const owner = await openAsOwner();
  const runner = owner.createQueryRunner();
  await runner.startTransaction();
  await runner.query(planted({ id: TRIP_A }));
  await expect(runner.query(planted({ id: TRIP_B }))).rejects.toThrow('ex_bookings_one_per_vehicle');
  await runner.rollbackTransaction();
  await runner.release();
  await owner.destroy();
});
