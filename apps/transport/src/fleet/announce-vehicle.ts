import { VehicleRegistered } from '@ledger/contracts';
import { safeInteger, type Cause, type Outbox, type Tx } from '@ledger/platform';

interface RegisteredRow extends Omit<VehicleRegistered, 'volumeCubicCentimetres'> {
  readonly volumeCubicCentimetres: string;
}

/** Tells the present entry of a vehicle to whoever follows the fleet. */
export async function announceVehicle(tx: Tx, outbox: Outbox, vehicleId: string, cause: Cause): Promise<void> {
  const [row] = await tx.query<RegisteredRow>(
    `SELECT v.id AS "vehicleId", v.plate, v.type_code AS "typeCode", v.carrier_id AS "carrierId", c.sourcing,
            v.region_code AS "regionCode", v.latitude, v.longitude, y.payload_kilograms AS "payloadKilograms",
            y.volume_cubic_centimetres AS "volumeCubicCentimetres", y.speed_kmh AS "speedKmh", v.available, v.synthetic
     FROM vehicles v JOIN carriers c ON c.id = v.carrier_id JOIN vehicle_types y ON y.code = v.type_code
     WHERE v.id = $1`,
    [vehicleId],
  );
  const volumeCubicCentimetres = safeInteger(row.volumeCubicCentimetres);
  await outbox.add(tx, VehicleRegistered, { ...row, volumeCubicCentimetres }, cause);
}
