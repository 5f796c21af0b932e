import { Injectable } from '@nestjs/common';
import { DomainError } from '@ledger/contracts';
import { Outbox, causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { commandsVehicle, type VehicleParties } from '../trips/domain/trip-scope';
import { announceVehicle } from './announce-vehicle';

/** A vehicle can be asked, or cannot, and why not. */
export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

/** Takes a vehicle out of planning, or puts it back. */
@Injectable()
export class SetAvailability {
  constructor(private readonly outbox: Outbox) {}

  /**
   * The vehicle's row is locked as a plan locks it, so that no plan books it in the same moment.
   * @throws DomainError TRANSPORT_VEHICLE_NOT_FOUND for an unknown id and for a vehicle the caller does not command;
   * TRANSPORT_VEHICLE_BUSY when a vehicle that is promised to a trip would become unavailable
   */
  async execute(tx: Tx, vehicleId: string, availability: Availability, identity: Identity): Promise<void> {
    await tx.query('SELECT id FROM vehicles WHERE id = $1 FOR NO KEY UPDATE', [vehicleId]);
    const [vehicle] = await tx.query<VehicleParties & { readonly bookedBy: string | null }>(
      `SELECT v.region_code AS "vehicleRegionCode", c.organisation_id AS "carrierOrganisationId",
              b.trip_id AS "bookedBy"
       FROM vehicles v JOIN carriers c ON c.id = v.carrier_id
       LEFT JOIN bookings b ON b.vehicle_id = v.id AND upper_inf(b.during)
       WHERE v.id = $1`,
      [vehicleId],
    );
    if (!vehicle || !commandsVehicle(identity.caller, vehicle)) throw new DomainError('TRANSPORT_VEHICLE_NOT_FOUND');
    if (!availability.available && vehicle.bookedBy !== null) {
      throw new DomainError('TRANSPORT_VEHICLE_BUSY', { facts: { tripId: vehicle.bookedBy } });
    }
    const reason = availability.available ? null : availability.reason;
    await tx.execute('UPDATE vehicles SET available = $2, unavailable_reason = $3 WHERE id = $1', [
      vehicleId,
      availability.available,
      reason,
    ]);
    await announceVehicle(tx, this.outbox, vehicleId, causeOfRequest(identity, vehicleId));
  }
}
