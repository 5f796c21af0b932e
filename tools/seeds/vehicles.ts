import { carrierRegion, type Carrier } from './carriers';
import { tableOf, type Table } from './csv';
import { HEQU, placeOf, pointNear, type Place } from './places';
import { randomFor } from './random';
import { stableId } from './stable-id';
import { DEMONSTRATION_DRIVER, type DemonstrationUser } from './users';

export interface Vehicle {
  /** A form that no authority gives out: province letters, `演`, four digits. */
  readonly plate: string;
  readonly typeCode: string;
  readonly carrierCode: string;
  readonly place: Place;
  /** The account of the driver, empty when the driver has none. */
  readonly driverUsername: string;
}

const WITHIN_KM = 1.5;
/** Letters of the prefecture that a county belongs to. */
const PLATE_LETTERS: Readonly<Record<string, string>> = { '14': '晋H', '61': '陕K', '15': '蒙K' };

/** Every vehicle of every fleet. Those of Hequ that need no requisition are driven by the demonstration driver. */
export function planVehicles(carriers: readonly Carrier[], places: ReadonlyMap<string, Place>): Vehicle[] {
  const berths = carriers.flatMap((carrier) =>
    Object.entries(carrier.fleet)
      .flatMap(([typeCode, count]) => Array.from({ length: count }, () => typeCode))
      .map((typeCode, index) => ({ carrier, typeCode, regionCode: berthRegion(carrier, index, places) })),
  );
  return berths.map(({ carrier, typeCode, regionCode }, index) => ({
    plate: `${PLATE_LETTERS[regionCode.slice(0, 2)]}-演${String(index + 1).padStart(4, '0')}`,
    typeCode,
    carrierCode: carrier.code,
    place: placeOf(places, regionCode),
    driverUsername: drivenByDemonstrationDriver(carrier) ? DEMONSTRATION_DRIVER : '',
  }));
}

export function vehicleTable(vehicles: readonly Vehicle[], users: readonly DemonstrationUser[]): Table {
  const nameByUsername = new Map(users.map((user) => [user.username, user.nameZh]));
  return tableOf(
    'transport/vehicles.csv',
    [
      'id',
      'plate',
      'type_code',
      'carrier_code',
      'region_code',
      'latitude',
      'longitude',
      'driver_name',
      'driver_username',
      'synthetic',
    ],
    vehicles.map((vehicle, index) => ({
      id: stableId('vehicle', vehicle.plate),
      plate: vehicle.plate,
      type_code: vehicle.typeCode,
      carrier_code: vehicle.carrierCode,
      region_code: vehicle.place.region.code,
      ...pointNear(vehicle.place, WITHIN_KM, randomFor(`vehicle/${vehicle.plate}`)),
      driver_name: nameByUsername.get(vehicle.driverUsername) ?? `演示驾驶员${String(index + 1).padStart(3, '0')}`,
      driver_username: vehicle.driverUsername,
      synthetic: 'y',
    })),
  );
}

function berthRegion(carrier: Carrier, index: number, places: ReadonlyMap<string, Place>): string {
  const region = carrierRegion(carrier);
  if (!carrier.spreadOverTownships) return region;
  const townships = [...places.keys()].filter((code) => code.length === 9 && code.startsWith(region));
  return townships[index % townships.length];
}

const drivenByDemonstrationDriver = (carrier: Carrier): boolean =>
  carrierRegion(carrier) === HEQU && carrier.sourcing !== 'requisition';
