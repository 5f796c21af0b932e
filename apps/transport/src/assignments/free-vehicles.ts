import { Injectable } from '@nestjs/common';
import { lineageOf, type AssignVehicles } from '@ledger/contracts';
import { safeInteger, type Tx } from '@ledger/platform';
import type { PlanRules, PlanVehicle } from './domain/load-plan';
import { boxAround, sourcingsUpTo } from './domain/reach';

/** A free vehicle with what a trip has to know of it. */
export interface FreeVehicle extends PlanVehicle {
  readonly plate: string;
  readonly driverName: string;
  readonly driverUsername: string | null;
}

/** More free vehicles than this are never looked at; the nearest to the site come first. */
const MAX_VEHICLES = 500;
const GRAMS_PER_KILOGRAM = 1_000;

/** Finds the vehicles that a plan may use, and keeps everybody else from booking them until the transaction ends. */
@Injectable()
export class FreeVehicles {
  /**
   * Locks in the order of ids; who waited for a lock sees in the second statement what was booked meanwhile.
   * @returns vehicles that are available, not booked, and may be asked by region or by distance
   */
  async lock(tx: Tx, command: AssignVehicles, rules: PlanRules): Promise<FreeVehicle[]> {
    const pickUps = [command.site, ...command.shipments.map((shipment) => shipment.origin)];
    const box = boxAround(pickUps, rules.neighbourRadiusMetres);
    const locked = await tx.query<{ id: string }>(
      `SELECT id FROM vehicles WHERE id IN (
         SELECT v.id FROM vehicles v JOIN carriers c ON c.id = v.carrier_id
         WHERE ${IS_FREE} AND c.sourcing = ANY($1)
           AND (v.region_code LIKE $2 || '%' OR v.region_code = ANY($3)
             OR (v.latitude BETWEEN $4 AND $5 AND v.longitude BETWEEN $6 AND $7))
         ORDER BY (v.latitude - $8) ^ 2 + (v.longitude - $9) ^ 2, v.id LIMIT ${MAX_VEHICLES})
       ORDER BY id FOR NO KEY UPDATE`,
      [
        sourcingsUpTo(command.sourcing),
        rules.ownRegionCode,
        lineageOf(command.site.regionCode),
        box.south,
        box.north,
        box.west,
        box.east,
        command.site.latitude,
        command.site.longitude,
      ],
    );
    const rows = await tx.query<FreeVehicleRow>(
      `SELECT v.id AS "vehicleId", v.plate, v.type_code AS "typeCode", c.sourcing, v.region_code AS "regionCode",
              v.latitude, v.longitude, y.payload_kilograms AS "payloadKilograms",
              y.volume_cubic_centimetres AS "volumeCubicCentimetres", y.speed_kmh AS "speedKmh",
              y.carries_goods AS "carriesGoods", y.main_roads_only AS "mainRoadsOnly",
              v.driver_name AS "driverName", v.driver_username AS "driverUsername"
       FROM vehicles v JOIN carriers c ON c.id = v.carrier_id JOIN vehicle_types y ON y.code = v.type_code
       WHERE v.id = ANY($1) AND ${IS_FREE} ORDER BY v.id`,
      [locked.map(({ id }) => id)],
    );
    return rows.map(freeVehicleOf);
  }
}

const IS_FREE = `v.available
  AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.vehicle_id = v.id AND upper_inf(b.during))`;

interface FreeVehicleRow extends Omit<FreeVehicle, 'payloadGrams' | 'volumeCubicCentimetres'> {
  readonly payloadKilograms: number;
  readonly volumeCubicCentimetres: string;
}

function freeVehicleOf({ payloadKilograms, volumeCubicCentimetres, ...vehicle }: FreeVehicleRow): FreeVehicle {
  return {
    ...vehicle,
    payloadGrams: payloadKilograms * GRAMS_PER_KILOGRAM,
    volumeCubicCentimetres: safeInteger(volumeCubicCentimetres),
  };
}
