import { randomUUID } from 'node:crypto';
import {
  AssignVehicles,
  StockIssued,
  TripCompleted,
  TripDelivered,
  TripDeparted,
  TripTurnedBack,
  TurnBack,
  VehicleRegistered,
} from '@ledger/contracts';
import { startTestService, type TestCaller, type TestService } from '@ledger/testing';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { CarriersResponse, VehicleResponse, VehiclesResponse } from '../src/fleet/dto/vehicle.dto';
import { PASS_ISSUER, PASS_TYPE } from '../src/passes/domain/pass-claims';
import { transportService } from '../src/service';
import type { TripResponse, TripsResponse } from '../src/trips/dto/trip.dto';
import {
  aCounty,
  aVehicle,
  anAssignment,
  anIssue,
  bookingsOf,
  brokenInvariants,
  storyOf,
  type TestCounty,
  type TestVehicle,
} from './support/test-county';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(transportService, { seeded: true });
});
afterEach(async () => {
  expect(await brokenInvariants(service)).toEqual({});
});
afterAll(() => service.stop());

const UNKNOWN = '0197f0c0-0000-7000-8000-0000000000ff';
const FUGU: TestCaller = { roles: ['dispatcher', 'carrier'], regionCode: '610822' };

interface Booked {
  readonly county: TestCounty;
  readonly truck: TestVehicle;
  readonly command: AssignVehicles;
  readonly tripId: string;
  readonly path: string;
}

/** A trip with 60 tents, booked; its goods are not issued yet. */
async function booked(changes: Parameters<typeof anAssignment>[1] = {}): Promise<Booked> {
  const county = aCounty();
  const truck = await aVehicle(service, county);
  const command = anAssignment(county, changes);
  await service.publish(AssignVehicles, command);
  await service.settled();
  const [tripId] = await bookingsOf(service, truck.id);
  return { county, truck, command, tripId, path: `/api/v1/transport/trips/${tripId}` };
}

async function loaded(): Promise<Booked> {
  const trip = await booked();
  await service.publish(StockIssued, anIssue(trip.command));
  await service.settled();
  return trip;
}

async function departed(): Promise<Booked> {
  const trip = await loaded();
  expect(await post(trip, '/departure')).toMatchObject({ status: 200 });
  return trip;
}

const post = (trip: Booked, step: string, body?: object, as: TestCaller = trip.county.driver) =>
  service.request<TripResponse & { code?: string }>('POST', trip.path + step, { as, body });

const read = async (trip: Booked, as: TestCaller = trip.county.dispatcher): Promise<TripResponse> =>
  (await service.request<TripResponse>('GET', trip.path, { as })).body;

const lineOf = (trip: Booked): string => trip.command.shipments[0].lines[0].lineId;

const handOver = (trip: Booked, pieces: object = {}): object => ({
  receiverName: '李主任',
  lines: [{ lineId: lineOf(trip), receivedBase: 60, damagedBase: 0, lostBase: 0, ...pieces }],
});

const ofTrip = <Data extends { tripId: string }>(trip: Booked, all: Data[]): Data[] =>
  all.filter((one) => one.tripId === trip.tripId);

const turnBack = async (trip: Booked): Promise<void> => {
  const { allocationId } = trip.command;
  await service.publish(TurnBack, { allocationId, tripId: trip.tripId, reason: 'allocation cancelled' });
  await service.settled();
};

describe('a trip', () => {
  it('goes from its booking to its return, and every piece is accounted for', async () => {
    const trip = await loaded();
    const departure = await post(trip, '/departure');
    expect(departure).toMatchObject({ status: 200, body: { state: 'departed' } });
    const [told] = ofTrip(trip, await service.published(TripDeparted));
    expect(told).toMatchObject({ plate: trip.truck.plate, passNumber: departure.body.pass.number });
    const onTheRoad = new Date(told.estimatedArrival).getTime() - new Date(told.departedAt).getTime();
    expect(onTheRoad).toBe(departure.body.carriageSeconds * 1_000);

    const delivery = handOver(trip, { receivedBase: 55, damagedBase: 1, lostBase: 2 });
    expect((await post(trip, '/delivery', delivery)).body.load).toMatchObject([
      { quantityBase: 60, loadedBase: 60, receivedBase: 55, damagedBase: 1, lostBase: 2, missingBase: 2 },
    ]);
    expect(ofTrip(trip, await service.published(TripDelivered))).toMatchObject([
      { receiverName: '李主任', siteId: trip.county.site.siteId, lines: [{ missingBase: 2 }] },
    ]);

    expect(await bookingsOf(service, trip.truck.id)).toEqual([trip.tripId]);
    const { body } = await post(trip, '/return');
    expect(body).toMatchObject({ state: 'completed', pass: { revokedAt: body.endedAt } });
    expect(ofTrip(trip, await service.published(TripCompleted))).toMatchObject([{ outcome: 'delivered' }]);
    expect(await bookingsOf(service, trip.truck.id)).toEqual([]);
  });

  it('waits for its goods, and without goods does not wait', async () => {
    const trip = await booked();
    expect(await post(trip, '/departure')).toMatchObject({ status: 409, body: { code: 'TRANSPORT_GOODS_NOT_LOADED' } });
    const vehicleLines = [{ lineId: randomUUID(), typeCode: 'TRK-02', count: 1 }];
    const empty = await booked({ goods: 0, vehicleLines });
    expect(await post(empty, '/departure')).toMatchObject({ status: 200, body: { state: 'departed' } });
    const delivery = { receiverName: '李主任', lines: [] };
    expect(await post(empty, '/delivery', delivery)).toMatchObject({ status: 200, body: { state: 'delivered' } });
  });

  it('carries what was issued, and does not go when nothing was', async () => {
    const county = aCounty();
    const trucks = [await aVehicle(service, county), await aVehicle(service, county)];
    const command = anAssignment(county, { goods: 300 });
    await service.publish(AssignVehicles, command);
    await service.settled();
    await service.publish(StockIssued, anIssue(command, 150));
    await service.settled();
    const trips = await service.request<TripsResponse>(
      'GET',
      `/api/v1/transport/trips?allocationId=${command.allocationId}`,
      {
        as: county.dispatcher,
      },
    );
    expect(trips.body.items.map(({ state }) => state).sort()).toEqual(['cancelled', 'loaded']);
    const held = (await Promise.all(trucks.map((truck) => bookingsOf(service, truck.id)))).flat();
    const path = `/api/v1/transport/trips/${held[0]}`;
    const { body } = await service.request<TripResponse>('GET', path, { as: county.dispatcher });
    expect(body.load).toMatchObject([{ quantityBase: 200, loadedBase: 150 }]);
    expect(await storyOf(service, command.allocationId)).toEqual(['vehicles-assigned', 'trip-completed']);
  });

  it('is loaded once, however often it is told', async () => {
    const trip = await loaded();
    const before = await read(trip);
    await service.publish(StockIssued, anIssue(trip.command));
    await service.settled();
    expect(await read(trip)).toEqual(before);
  });
});

describe('an order to turn back', () => {
  it('stops a trip under way; the vehicle is held until it has returned', async () => {
    const trip = await departed();
    await turnBack(trip);
    await turnBack(trip);
    const told = ofTrip(trip, await service.published(TripTurnedBack));
    expect(told).toEqual([told[0], told[0]]);
    expect(await bookingsOf(service, trip.truck.id)).toEqual([trip.tripId]);
    expect(await post(trip, '/delivery', handOver(trip))).toMatchObject({ status: 409 });
    expect(await post(trip, '/return')).toMatchObject({ status: 200, body: { state: 'completed' } });
    await turnBack(trip);
    expect(ofTrip(trip, await service.published(TripCompleted)).map((one) => one.outcome)).toEqual([
      'turned-back',
      'turned-back',
    ]);
  });

  it.each([
    ['booked', booked],
    ['loaded', loaded],
  ])('cancels a trip that is only %s, and tells it again when repeated', async (_, begin) => {
    const trip = await begin();
    await turnBack(trip);
    await turnBack(trip);
    expect(ofTrip(trip, await service.published(TripTurnedBack))).toEqual([]);
    const told = ofTrip(trip, await service.published(TripCompleted));
    expect(told).toEqual([told[0], told[0]]);
    expect(told[0].outcome).toBe('cancelled');
    expect(await bookingsOf(service, trip.truck.id)).toEqual([]);
  });

  it('comes too late for a delivered trip', async () => {
    const trip = await departed();
    await post(trip, '/delivery', handOver(trip));
    const before = await storyOf(service, trip.command.allocationId);
    await turnBack(trip);
    expect(await storyOf(service, trip.command.allocationId)).toEqual(before);
    expect(await read(trip)).toMatchObject({ state: 'delivered' });
  });
});

describe('a green-channel pass', () => {
  it('verifies with the published keys alone, and no other bytes do', async () => {
    const trip = await booked();
    const { pass } = await read(trip);
    const { body } = await service.request('GET', '/api/v1/transport/passes/keys');
    const keys = createLocalJWKSet(body as unknown as JSONWebKeySet);
    const token = String(pass.token);
    const { payload } = await jwtVerify(token, keys, { issuer: PASS_ISSUER, typ: PASS_TYPE, algorithms: ['EdDSA'] });
    expect(payload).toMatchObject({
      jti: pass.number,
      sub: trip.tripId,
      task: trip.command.allocationId,
      plate: trip.truck.plate,
      driver: '张司机',
      from: '县库',
      to: '楼子营村安置点',
    });
    expect(pass.number).toMatch(/^P-\d{8}-\d{6}$/);
    const [head, claims, signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...payload, plate: '晋H-00001' })).toString('base64url');
    await expect(jwtVerify([head, forged, signature].join('.'), keys)).rejects.toThrow('signature');
    const inTwoDays = new Date(Date.now() + 2 * 24 * 3_600_000);
    await expect(jwtVerify([head, claims, signature].join('.'), keys, { currentDate: inTwoDays })).rejects.toThrow(
      'exp',
    );
  });

  it('is shown to the driver and the dispatcher, its token to nobody else', async () => {
    const trip = await booked();
    const keeper: TestCaller = { roles: ['keeper'], regionCode: trip.county.regionCode };
    expect((await read(trip, trip.county.driver)).pass.token).toEqual(expect.any(String));
    expect((await read(trip, keeper)).pass).toMatchObject({ number: expect.any(String), token: null });
  });

  it('is signed by the same key in every copy of the service', async () => {
    const rows = await service.database.query('SELECT kid FROM pass_keys WHERE private_jwk IS NOT NULL');
    expect(rows).toHaveLength(1);
  });
});

describe('who may do what', () => {
  it('hides trips from other drivers and other counties', async () => {
    const trip = await loaded();
    const stranger = { ...trip.county.driver, username: 'driver.other' };
    for (const as of [stranger, FUGU]) {
      expect(await service.request('GET', trip.path, { as })).toMatchObject({ status: 404 });
      const { body } = await service.request<TripsResponse>('GET', '/api/v1/transport/trips?limit=200', { as });
      expect(body.items.map(({ id }) => id)).not.toContain(trip.tripId);
      for (const [step, request] of [
        ['/departure', undefined],
        ['/delivery', handOver(trip)],
        ['/return', undefined],
      ] as const) {
        const answer = await post(trip, step, request, as);
        expect([step, answer.status, answer.body.code]).toEqual([step, 404, 'TRANSPORT_TRIP_NOT_FOUND']);
      }
    }
    expect(await read(trip)).toMatchObject({ state: 'loaded' });
  });

  it('lets the carrier of the vehicle act for its driver, and no other enterprise', async () => {
    const county = aCounty();
    const organisationId = randomUUID();
    const truck = await aVehicle(service, county, { organisationId });
    const command = anAssignment(county, {
      goods: 0,
      vehicleLines: [{ lineId: randomUUID(), typeCode: 'TRK-02', count: 1 }],
    });
    await service.publish(AssignVehicles, command);
    await service.settled();
    const [tripId] = await bookingsOf(service, truck.id);
    const depart = (organisation: string) =>
      service.request('POST', `/api/v1/transport/trips/${tripId}/departure`, {
        as: { ...county.carrier, organisationKind: 'enterprise', organisationId: organisation },
      });
    expect(await depart(randomUUID())).toMatchObject({ status: 404 });
    expect(await depart(organisationId)).toMatchObject({ status: 200 });
  });

  it.each([
    ['GET', 'vehicles', ['peer-system'], undefined],
    ['GET', 'carriers', ['security-administrator'], undefined],
    ['POST', `vehicles/${UNKNOWN}/availability`, ['driver'], { available: true }],
    ['POST', `trips/${UNKNOWN}/departure`, ['dispatcher'], undefined],
  ] as const)('%s %s is not for %s', async (method, path, roles, body) => {
    const answer = await service.request(method, `/api/v1/transport/${path}`, { as: { roles }, body });
    expect(answer).toMatchObject({ status: 403, body: { code: 'AUTH_ROLE_MISSING' } });
  });
});

describe('the driver', () => {
  it('finds the own trips, open ones and ended ones', async () => {
    const [open, other] = [await departed(), await departed()];
    const list = async (query: string) =>
      (
        await service.request<TripsResponse>('GET', `/api/v1/transport/trips?mine=true&${query}`, {
          as: open.county.driver,
        })
      ).body.items.map(({ id }) => id);
    expect(await list('open=true')).toEqual([open.tripId]);
    expect(await list('state=departed')).toEqual([open.tripId]);
    expect(await list('open=false')).toEqual([]);
    expect(await list('')).not.toContain(other.tripId);
  });
});

describe('the fleet', () => {
  it('shows what holds a vehicle, and counts it as free afterwards', async () => {
    const trip = await booked();
    const list = async (query: string) =>
      (
        await service.request<VehiclesResponse>('GET', `/api/v1/transport/vehicles?${query}`, {
          as: trip.county.dispatcher,
        })
      ).body.items.map(({ id }) => id);
    expect(await list('free=false')).toEqual([trip.truck.id]);
    expect(await list('free=true')).toEqual([]);
    const path = `/api/v1/transport/vehicles/${trip.truck.id}`;
    const { body } = await service.request<VehicleResponse>('GET', path, { as: trip.county.dispatcher });
    expect(body).toMatchObject({ commitment: { tripId: trip.tripId, state: 'assigned' }, payloadKilograms: 9_000 });
    await turnBack(trip);
    expect(await list('free=true&type=TRK-02')).toEqual([trip.truck.id]);
    expect(await list('type=TRK-03')).toEqual([]);
    expect(await service.request('GET', path, { as: FUGU })).toMatchObject({
      status: 404,
      body: { code: 'TRANSPORT_VEHICLE_NOT_FOUND' },
    });
  });

  it('keeps a promised vehicle available, takes a free one out, and tells it', async () => {
    const trip = await booked();
    const set = (body: object) =>
      service.request<VehicleResponse>('POST', `/api/v1/transport/vehicles/${trip.truck.id}/availability`, {
        as: trip.county.carrier,
        body,
      });
    const out = { available: false, reason: '检修' };
    expect(await set(out)).toMatchObject({
      status: 409,
      body: { code: 'TRANSPORT_VEHICLE_BUSY', facts: { tripId: trip.tripId } },
    });
    await turnBack(trip);
    expect(await set(out)).toMatchObject({ status: 200, body: { available: false, unavailableReason: '检修' } });
    expect(await set({ available: true })).toMatchObject({ body: { available: true, unavailableReason: null } });
    const told = (await service.published(VehicleRegistered)).filter((one) => one.vehicleId === trip.truck.id);
    expect(told.map((one) => one.available)).toEqual([false, true]);
  });

  it('lists carriers and kinds of the region', async () => {
    const county = aCounty();
    await aVehicle(service, county);
    const { body } = await service.request<CarriersResponse>('GET', '/api/v1/transport/carriers', {
      as: county.dispatcher,
    });
    expect(body.items).toMatchObject([{ nameZh: '车队', regionCode: county.regionCode }]);
    const kinds = await service.request<{ items: unknown[] }>('GET', '/api/v1/transport/vehicle-types');
    expect(kinds.body.items).toHaveLength(43);
  });
});

describe('bad input', () => {
  it('on a delivery writes nothing and names the fault', async () => {
    const trip = await departed();
    const line = { lineId: lineOf(trip), receivedBase: 60, damagedBase: 0, lostBase: 0 };
    const bad: [string, object, number, string][] = [
      ['no receiver', { receiverName: '' }, 400, 'REQUEST_INVALID'],
      ['a receiver with a NUL', { receiverName: 'a\u0000' }, 400, 'REQUEST_INVALID'],
      ['no lines', { lines: undefined }, 400, 'REQUEST_INVALID'],
      ['lines that are no list', { lines: { 0: line } }, 400, 'REQUEST_INVALID'],
      ['a line that is no object', { lines: [60] }, 400, 'REQUEST_INVALID'],
      ['a negative count', { lines: [{ ...line, lostBase: -1 }] }, 400, 'REQUEST_INVALID'],
      ['half a piece', { lines: [{ ...line, receivedBase: 0.5 }] }, 400, 'REQUEST_INVALID'],
      ['a huge count', { lines: [{ ...line, receivedBase: 1e15 }] }, 400, 'REQUEST_INVALID'],
      ['a count as text', { lines: [{ ...line, receivedBase: '60' }] }, 400, 'REQUEST_INVALID'],
      ['an unknown field', { lines: [{ ...line, note: 'x' }] }, 400, 'REQUEST_INVALID'],
      ['501 lines', { lines: Array.from({ length: 501 }, () => line) }, 400, 'REQUEST_INVALID'],
      ['more than was loaded', { lines: [{ ...line, lostBase: 1 }] }, 422, 'TRANSPORT_DELIVERY_MISMATCH'],
      ['a foreign line', { lines: [{ ...line, lineId: randomUUID() }] }, 422, 'TRANSPORT_DELIVERY_MISMATCH'],
      ['a line twice', { lines: [line, line] }, 422, 'TRANSPORT_DELIVERY_MISMATCH'],
      ['a line left out', { lines: [] }, 422, 'TRANSPORT_DELIVERY_MISMATCH'],
    ];
    for (const [what, changes, status, code] of bad) {
      const answer = await post(trip, '/delivery', { ...handOver(trip), ...changes });
      expect([what, answer.status, answer.body.code]).toEqual([what, status, code]);
    }
    expect(await read(trip)).toMatchObject({ state: 'departed', load: [{ receivedBase: null }] });
  });

  it.each([
    ['vehicles?region=1409301', 400, 'REQUEST_INVALID'],
    ['vehicles?region=15', 403, 'AUTH_REGION_OUT_OF_SCOPE'],
    ['vehicles?free=perhaps', 400, 'REQUEST_INVALID'],
    ['trips?state=lost', 400, 'REQUEST_INVALID'],
    ['trips?allocationId=1', 400, 'REQUEST_INVALID'],
    ['trips/1', 400, 'REQUEST_INVALID'],
    ['carriers?offset=-1', 400, 'REQUEST_INVALID'],
  ])('GET %s answers %i %s', async (path, status, code) => {
    expect(await service.request('GET', `/api/v1/transport/${path}`)).toMatchObject({ status, body: { code } });
  });

  it('asks for a key, and for a reason to take a vehicle out', async () => {
    const path = `/api/v1/transport/vehicles/${UNKNOWN}/availability`;
    expect(await service.request('POST', path, { key: null, body: { available: true } })).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    });
    expect(await service.request('POST', path, { body: { available: false } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await service.request('POST', path, { body: { available: true } })).toMatchObject({ status: 404 });
  });
});

it('two departures with one key are one, with two keys the second is refused', async () => {
  const trip = await loaded();
  const as = { ...trip.county.driver, userId: randomUUID() };
  const key = randomUUID();
  const depart = (withKey?: string) => service.request('POST', `${trip.path}/departure`, { as, key: withKey });
  const [first, second] = await Promise.all([depart(key), depart(key)]);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body).toEqual(first.body);
  expect(await depart()).toMatchObject({ status: 409, body: { code: 'TRANSPORT_TRANSITION_FORBIDDEN' } });
  expect(ofTrip(trip, await service.published(TripDeparted))).toHaveLength(1);
});
