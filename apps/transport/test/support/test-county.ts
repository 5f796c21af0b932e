import { randomUUID } from 'node:crypto';
import { StockIssued, type AssignVehicles, type Site } from '@ledger/contracts';
import type { TestCaller, TestService } from '@ledger/testing';
import { invariants } from '../../src/database/invariants';

/** A county of its own for one test, far from all others, so that tests do not take each other's vehicles. */
export interface TestCounty {
  readonly regionCode: string;
  readonly site: Site;
  readonly origin: AssignVehicles['shipments'][number]['origin'];
  readonly dispatcher: TestCaller;
  readonly carrier: TestCaller;
  readonly driver: TestCaller;
}

export interface TestVehicle {
  readonly id: string;
  readonly plate: string;
}

let counties = 0;

/** Counties lie two degrees apart: farther than a neighbour's vehicle is asked from. */
export function aCounty(): TestCounty {
  const number = ++counties;
  const regionCode = `99${String(number).padStart(4, '0')}`;
  const place = { latitude: -60 + 2 * (number % 50), longitude: 10 + 2 * Math.floor(number / 50) };
  return {
    regionCode,
    site: { siteId: randomUUID(), name: '楼子营村安置点', regionCode: `${regionCode}101200`, ...place },
    origin: {
      depotId: randomUUID(),
      name: '县库',
      regionCode,
      latitude: place.latitude - 0.05,
      longitude: place.longitude,
    },
    dispatcher: { roles: ['dispatcher'], regionCode },
    carrier: { roles: ['carrier'], regionCode, username: `carrier.${regionCode}` },
    driver: { roles: ['driver'], regionCode, username: `driver.${regionCode}` },
  };
}

export interface NewVehicle {
  readonly typeCode?: string;
  readonly sourcing?: 'own' | 'contract' | 'requisition';
  readonly organisationId?: string;
  readonly regionCode?: string;
}

/** A vehicle at the county's depot; a medium box truck (9 t, 38 m³) when nothing else is said. */
export async function aVehicle(
  service: TestService,
  county: TestCounty,
  {
    typeCode = 'TRK-02',
    sourcing = 'own',
    organisationId = randomUUID(),
    regionCode = county.regionCode,
  }: NewVehicle = {},
): Promise<TestVehicle> {
  const [carrierId, id] = [randomUUID(), randomUUID()];
  const plate = `晋H-${id.slice(0, 13)}`;
  await service.database.query(
    `INSERT INTO carriers (id, code, name_zh, name_en, sourcing, region_code, organisation_id, synthetic)
     VALUES ($1, $2, '车队', 'fleet', $3, $4, $5, true)`,
    [carrierId, `C-${carrierId}`, sourcing, regionCode, organisationId],
  );
  await service.database.query(
    `INSERT INTO vehicles (id, plate, type_code, carrier_id, region_code, latitude, longitude, driver_name,
                           driver_username, available, synthetic)
     VALUES ($1, $2, $3, $4, $5, $6, $7, '张司机', $8, true, true)`,
    [
      id,
      plate,
      typeCode,
      carrierId,
      regionCode,
      county.origin.latitude,
      county.origin.longitude,
      county.driver.username,
    ],
  );
  return { id, plate };
}

/** One tent: 45 kg, 0.15 m³. */
export const aTentLine = (quantityBase: number): AssignVehicles['shipments'][number]['lines'][number] => ({
  lineId: randomUUID(),
  itemCode: 'LRS-019',
  quantityBase,
  weightGrams: 45_000,
  volumeCubicCentimetres: 150_000,
});

/** Asks for one shipment of tents, by own vehicles; `goods` is how many. */
export function anAssignment(
  county: TestCounty,
  changes: Partial<AssignVehicles> & { readonly goods?: number } = {},
): AssignVehicles {
  const { goods = 60, ...command } = changes;
  const shipment = { shipmentId: randomUUID(), origin: county.origin, lines: [aTentLine(Math.max(1, goods))] };
  return {
    allocationId: randomUUID(),
    incidentId: randomUUID(),
    assignmentId: randomUUID(),
    site: county.site,
    sourcing: 'own',
    regionCode: county.regionCode,
    shipments: goods > 0 ? [shipment] : [],
    vehicleLines: [],
    holdSeconds: 3_600,
    ...command,
  };
}

/** What the keeper tells when the goods of the first shipment were issued; all of them when nothing else is said. */
export function anIssue(command: AssignVehicles, quantityBase?: number): StockIssued {
  const [shipment] = command.shipments;
  return {
    ...StockIssued.example,
    allocationId: command.allocationId,
    shipmentId: shipment.shipmentId,
    depotId: shipment.origin.depotId,
    lines: shipment.lines.map((line) => ({
      lineId: line.lineId,
      itemCode: line.itemCode,
      lotId: randomUUID(),
      quantityBase: quantityBase ?? line.quantityBase,
    })),
  };
}

/** The rules of the service's database that are broken, with the rows that break them. */
export async function brokenInvariants(service: TestService): Promise<Record<string, object[]>> {
  const broken: Record<string, object[]> = {};
  for (const { id, sql } of invariants) {
    const rows = await service.database.query(sql);
    if (rows.length > 0) broken[id] = rows;
  }
  return broken;
}

/** The events of one allocation, oldest first, by name. */
export async function storyOf(service: TestService, allocationId: string): Promise<string[]> {
  const rows = await service.database.query<{ type: string }>(
    'SELECT type FROM outbox WHERE partition_key = $1 ORDER BY position',
    [allocationId],
  );
  return rows.map(({ type }) => type.replace(/^transport\.|\.v1$/g, ''));
}

/** The trips that hold a vehicle at this moment. */
export async function bookingsOf(service: TestService, vehicleId: string): Promise<string[]> {
  const rows = await service.database.query<{ trip_id: string }>(
    'SELECT trip_id FROM bookings WHERE vehicle_id = $1 AND upper_inf(during)',
    [vehicleId],
  );
  return rows.map((row) => row.trip_id);
}
