import { randomUUID } from 'node:crypto';
import {
  AssignVehicles,
  AssignmentRefused,
  ReleaseVehicles,
  StockIssued,
  TripCompleted,
  VehiclesAssigned,
  VehiclesReleased,
} from '@ledger/contracts';
import { aCause, startTestService, waitFor, type TestService } from '@ledger/testing';
import { AssignVehiclesToTrips } from '../src/assignments/assign-vehicles';
import { ReleaseAssignment } from '../src/assignments/release-assignment';
import { transportService } from '../src/service';
import {
  aCounty,
  aVehicle,
  anAssignment,
  anIssue,
  bookingsOf,
  brokenInvariants,
  storyOf,
  type TestCounty,
} from './support/test-county';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(transportService, { seeded: true });
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

const assignedOf = async (command: AssignVehicles) =>
  (await service.published(VehiclesAssigned)).filter((one) => one.assignmentId === command.assignmentId);
const refusedOf = async (command: AssignVehicles) =>
  (await service.published(AssignmentRefused)).filter((one) => one.assignmentId === command.assignmentId);
const releasedOf = async (command: AssignVehicles) =>
  (await service.published(VehiclesReleased)).filter((one) => one.assignmentId === command.assignmentId);

const release = (command: AssignVehicles, reason = 'allocation cancelled') => ({
  allocationId: command.allocationId,
  assignmentId: command.assignmentId,
  reason,
});

async function assign(command: AssignVehicles): Promise<void> {
  await service.publish(AssignVehicles, command);
  await service.settled();
}

/** Moves the hold of an assignment into the past, as time would. */
const letTimePass = (command: AssignVehicles) =>
  service.database.query(`UPDATE deadlines SET due_at = now() - interval '1 second' WHERE subject_id = $1`, [
    command.assignmentId,
  ]);

describe('an assignment', () => {
  it('books vehicles for goods and for vehicle lines, and names them', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const coach = await aVehicle(service, county, { typeCode: 'BUS-01' });
    const vehicleLines = [{ lineId: randomUUID(), typeCode: 'BUS-01', count: 1 }];
    const command = anAssignment(county, { vehicleLines });
    await assign(command);
    const [assigned] = await assignedOf(command);
    const [{ shipmentId, lines }] = command.shipments;
    expect(assigned.trips).toEqual([
      expect.objectContaining({
        shipmentId,
        lineId: null,
        vehicleId: truck.id,
        plate: truck.plate,
        carrierName: '车队',
        driverName: '张司机',
        sourcing: 'own',
        load: [{ lineId: lines[0].lineId, itemCode: 'LRS-019', quantityBase: 60 }],
      }),
      expect.objectContaining({ shipmentId: null, lineId: vehicleLines[0].lineId, vehicleId: coach.id, load: [] }),
    ]);
    expect(assigned.trips[0].estimatedSeconds).toBeGreaterThan(0);
    expect(await bookingsOf(service, truck.id)).toEqual([assigned.trips[0].tripId]);
  });

  it('books nothing at all when one part of it cannot be had', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const command = anAssignment(county, { vehicleLines: [{ lineId: randomUUID(), typeCode: 'BUS-01', count: 1 }] });
    await assign(command);
    expect(await refusedOf(command)).toMatchObject([
      {
        sourcing: 'own',
        code: 'TRANSPORT_NO_VEHICLE',
        reason: '1 vehicles of kind BUS-01 are still needed, 0 are free and in reach',
      },
    ]);
    expect(await bookingsOf(service, truck.id)).toEqual([]);
  });

  it('takes contracted vehicles only when it may', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county, { sourcing: 'contract' });
    const [own, contract] = [anAssignment(county), anAssignment(county, { sourcing: 'contract' })];
    await assign(own);
    await assign(contract);
    expect(await refusedOf(own)).toMatchObject([{ sourcing: 'own' }]);
    expect(await assignedOf(contract)).toMatchObject([{ trips: [{ vehicleId: truck.id, sourcing: 'contract' }] }]);
  });

  it('leaves unavailable vehicles and those of strangers alone', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    await aVehicle(service, county, { regionCode: '610822', sourcing: 'requisition' });
    const path = `/api/v1/transport/vehicles/${truck.id}/availability`;
    await service.request('POST', path, { as: county.dispatcher, body: { available: false, reason: '检修' } });
    const command = anAssignment(county, { sourcing: 'requisition' });
    await assign(command);
    expect(await refusedOf(command)).toHaveLength(1);
  });

  it('takes effect once, however often its event comes', async () => {
    const county = aCounty();
    await aVehicle(service, county);
    await aVehicle(service, county);
    const command = anAssignment(county);
    const event = await service.publish(AssignVehicles, command);
    await Promise.all(Array.from({ length: 9 }, () => service.publishAgain(event)));
    await service.settled();
    expect(await storyOf(service, command.allocationId)).toEqual(['vehicles-assigned']);
  });

  it('repeats its answer to a new command with the same id', async () => {
    const [rich, poor] = [aCounty(), aCounty()];
    await aVehicle(service, rich);
    await aVehicle(service, rich);
    const [booked, refused] = [anAssignment(rich), anAssignment(poor)];
    for (const command of [booked, booked, refused, refused]) await assign(command);
    const [first, second] = await assignedOf(booked);
    expect(second).toEqual(first);
    const [firstRefusal, secondRefusal] = await refusedOf(refused);
    expect(secondRefusal).toEqual(firstRefusal);
  });
});

describe('a release', () => {
  it('frees the vehicles, and tells the same when it is repeated', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const command = anAssignment(county);
    await assign(command);
    await service.publish(ReleaseVehicles, release(command));
    await service.publish(ReleaseVehicles, release(command));
    await service.settled();
    expect((await releasedOf(command)).map((one) => one.releasedTrips)).toEqual([1, 1]);
    expect(await bookingsOf(service, truck.id)).toEqual([]);
    const next = anAssignment(county);
    await assign(next);
    expect(await assignedOf(next)).toMatchObject([{ trips: [{ vehicleId: truck.id }] }]);
  });

  it('that overtakes the assignment leaves a tombstone, and the late command books nothing', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const command = anAssignment(county);
    await service.publish(ReleaseVehicles, release(command, 'approval withdrawn'));
    await service.publish(AssignVehicles, command);
    await service.publish(ReleaseVehicles, release(command));
    await service.settled();
    expect(await storyOf(service, command.allocationId)).toEqual([
      'vehicles-released',
      'assignment-refused',
      'vehicles-released',
    ]);
    expect(await refusedOf(command)).toMatchObject([
      { code: 'TRANSPORT_ASSIGNMENT_RELEASED', reason: 'approval withdrawn' },
    ]);
    expect((await releasedOf(command)).map((one) => one.releasedTrips)).toEqual([0, 0]);
    expect(await bookingsOf(service, truck.id)).toEqual([]);
  });

  it('of a refused assignment frees nothing and stops a late repetition', async () => {
    const command = anAssignment(aCounty());
    await assign(command);
    await service.publish(ReleaseVehicles, release(command));
    await assign(command);
    expect((await releasedOf(command)).map((one) => one.releasedTrips)).toEqual([0]);
    expect((await refusedOf(command)).map((one) => one.code)).toEqual([
      'TRANSPORT_NO_VEHICLE',
      'TRANSPORT_ASSIGNMENT_RELEASED',
    ]);
  });

  it('leaves trips that have departed on their way', async () => {
    const county = aCounty();
    const [gone, waiting] = [await aVehicle(service, county), await aVehicle(service, county, { typeCode: 'BUS-01' })];
    const command = anAssignment(county, { vehicleLines: [{ lineId: randomUUID(), typeCode: 'BUS-01', count: 1 }] });
    await assign(command);
    await service.publish(StockIssued, anIssue(command));
    await service.settled();
    const [tripId] = await bookingsOf(service, gone.id);
    await service.request('POST', `/api/v1/transport/trips/${tripId}/departure`, { as: county.driver });
    await service.publish(ReleaseVehicles, release(command));
    await service.settled();
    expect((await releasedOf(command)).map((one) => one.releasedTrips)).toEqual([1]);
    expect(await bookingsOf(service, gone.id)).toEqual([tripId]);
    expect(await bookingsOf(service, waiting.id)).toEqual([]);
  });
});

describe('a hold that runs out', () => {
  it('releases an assignment of which nothing was used', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const command = anAssignment(county);
    await assign(command);
    await letTimePass(command);
    await waitFor('the release', async () => (await releasedOf(command)).length > 0);
    expect(await releasedOf(command)).toMatchObject([{ releasedTrips: 1 }]);
    expect(await bookingsOf(service, truck.id)).toEqual([]);
  });

  it('cancels only the trips that still wait when others are loaded', async () => {
    const county = aCounty();
    const [used, waiting] = [await aVehicle(service, county), await aVehicle(service, county, { typeCode: 'BUS-01' })];
    const command = anAssignment(county, { vehicleLines: [{ lineId: randomUUID(), typeCode: 'BUS-01', count: 1 }] });
    await assign(command);
    await service.publish(StockIssued, anIssue(command));
    await service.settled();
    const [tripId] = await bookingsOf(service, waiting.id);
    await letTimePass(command);
    await waitFor('the coach to be free', async () => (await bookingsOf(service, waiting.id)).length === 0);
    const completed = (await service.published(TripCompleted)).filter((one) => one.tripId === tripId);
    expect(completed).toMatchObject([{ outcome: 'cancelled', vehicleId: waiting.id }]);
    expect(await bookingsOf(service, used.id)).toHaveLength(1);
    expect(await releasedOf(command)).toEqual([]);
  });
});

describe('50 assignments at the same moment', () => {
  it('for one vehicle: one has it, the others are refused', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const commands = Array.from({ length: 50 }, () => anAssignment(county));
    const assignVehicles = service.running.app.get(AssignVehiclesToTrips);
    await Promise.all(
      commands.map((command) =>
        service.database.transaction((tx) => assignVehicles.execute(tx, command, aCause(command.allocationId))),
      ),
    );
    expect(await bookingsOf(service, truck.id)).toHaveLength(1);
    const ids = new Set(commands.map((command) => command.assignmentId));
    const refused = (await service.published(AssignmentRefused)).filter((one) => ids.has(one.assignmentId));
    const assigned = (await service.published(VehiclesAssigned)).filter((one) => ids.has(one.assignmentId));
    expect([assigned.length, refused.length]).toEqual([1, 49]);
  });

  it('for 50 vehicles: each gets one of its own', async () => {
    const county = aCounty();
    for (let index = 0; index < 50; index++) await aVehicle(service, county);
    const commands = Array.from({ length: 50 }, () => anAssignment(county));
    await Promise.all(commands.map((command) => service.publish(AssignVehicles, command)));
    await service.settled();
    const ids = new Set(commands.map((command) => command.assignmentId));
    const assigned = (await service.published(VehiclesAssigned)).filter((one) => ids.has(one.assignmentId));
    const vehicles = assigned.flatMap((one) => one.trips.map((trip) => trip.vehicleId));
    expect([vehicles.length, new Set(vehicles).size]).toEqual([50, 50]);
  });

  it('for one vehicle that keeps coming back: each has it in turn, never two at a time', async () => {
    const county = aCounty();
    const truck = await aVehicle(service, county);
    const turns = await Promise.all(Array.from({ length: 20 }, () => takeATurn(county)));
    expect(turns).toEqual(Array<boolean>(20).fill(true));
    const ranges = await service.database.query('SELECT 1 FROM bookings WHERE vehicle_id = $1', [truck.id]);
    expect(ranges).toHaveLength(20);
    expect(await bookingsOf(service, truck.id)).toEqual([]);
  });
});

/** Asks for the county's vehicle until it is given, and gives it back; false when it was never given. */
async function takeATurn(county: TestCounty): Promise<boolean> {
  const [assignVehicles, releaseAssignment] = [
    service.running.app.get(AssignVehiclesToTrips),
    service.running.app.get(ReleaseAssignment),
  ];
  for (let attempt = 0; attempt < 500; attempt++) {
    const command = anAssignment(county);
    const cause = aCause(command.allocationId);
    await service.database.transaction((tx) => assignVehicles.execute(tx, command, cause));
    const state = 'SELECT state FROM assignments WHERE id = $1';
    const [row] = await service.database.query<{ state: string }>(state, [command.assignmentId]);
    if (row.state === 'refused') continue;
    await service.database.transaction((tx) => releaseAssignment.byCommand(tx, release(command), cause));
    return true;
  }
  return false;
}
