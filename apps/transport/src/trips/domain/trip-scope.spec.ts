import type { Caller, Role } from '@ledger/contracts';
import { commandsVehicle, mayDrive, seesRegion } from './trip-scope';

const FLEET = '0197f0c0-0000-7000-8000-00000000f1ee';

const aCaller = (username: string, roles: Role[], changes: Partial<Caller> = {}): Caller => ({
  userId: '0197f0c0-0000-7000-8000-000000000001',
  username,
  displayName: username,
  roles,
  regionCode: '140930',
  organisationId: FLEET,
  organisationKind: 'enterprise',
  realm: 'real',
  ...changes,
});

const TRIP = { driverUsername: 'driver.hequ', vehicleRegionCode: '140930', carrierOrganisationId: FLEET };
const OTHER = { organisationId: '0197f0c0-0000-7000-8000-00000000bad0' };

describe('mayDrive', () => {
  it.each<[string, Caller, boolean]>([
    ['the driver of the trip', aCaller('driver.hequ', ['driver'], OTHER), true],
    ['another driver of the fleet', aCaller('driver.other', ['driver']), false],
    ['somebody with the name but without the role', aCaller('driver.hequ', ['keeper']), false],
    ['the carrier', aCaller('carrier.hequ', ['carrier']), true],
    ['another carrier of the county', aCaller('carrier.two', ['carrier'], OTHER), false],
    ['the emergency bureau', aCaller('fleet.hequ', ['carrier'], { ...OTHER, organisationKind: 'emergency' }), true],
    ['the carrier, signed in for a township', aCaller('carrier.hequ', ['carrier'], { regionCode: '140930100' }), false],
    ['the neighbour', aCaller('carrier.fugu', ['carrier'], { regionCode: '610822' }), false],
    ['a dispatcher', aCaller('dispatcher.hequ', ['dispatcher']), false],
  ])('%s', (_, caller, expected) => {
    expect(mayDrive(caller, TRIP)).toBe(expected);
  });

  it('lets nobody pass for the driver of a vehicle without an account', () => {
    expect(mayDrive(aCaller('', ['driver']), { ...TRIP, driverUsername: null })).toBe(false);
  });
});

describe('commandsVehicle', () => {
  it('needs the region and the organisation', () => {
    expect(commandsVehicle(aCaller('a', ['carrier'], { regionCode: '1409' }), TRIP)).toBe(true);
    expect(commandsVehicle(aCaller('a', ['carrier'], { regionCode: '' }), TRIP)).toBe(false);
    expect(commandsVehicle(aCaller('a', ['carrier'], OTHER), TRIP)).toBe(false);
  });
});

describe('seesRegion', () => {
  it('is for everybody but mere drivers', () => {
    expect(seesRegion(aCaller('a', ['driver']))).toBe(false);
    expect(seesRegion(aCaller('a', ['driver', 'keeper']))).toBe(true);
  });
});
