import { regionCovers, type Caller } from '@ledger/contracts';

/** Whose a vehicle is. */
export interface VehicleParties {
  readonly vehicleRegionCode: string;
  readonly carrierOrganisationId: string;
}

/** Who belongs to a trip, for the question who may act on it. */
export interface TripParties extends VehicleParties {
  readonly driverUsername: string | null;
}

/** True for the driver of the trip and for a carrier that commands its vehicle. */
export function mayDrive(caller: Caller, trip: TripParties): boolean {
  const isDriver = caller.roles.includes('driver') && caller.username === trip.driverUsername;
  return isDriver || (caller.roles.includes('carrier') && commandsVehicle(caller, trip));
}

/**
 * True when the vehicle is of the caller's region and, unless the caller belongs to the emergency departments, of the
 * caller's own organisation.
 * Source: plan 004 §1 (unified command), plan 004 §23 (coordination of transport forces).
 */
export function commandsVehicle(caller: Caller, vehicle: VehicleParties): boolean {
  const ownOrganisation =
    caller.organisationKind === 'emergency' || caller.organisationId === vehicle.carrierOrganisationId;
  return ownOrganisation && regionCovers(caller.regionCode, vehicle.vehicleRegionCode);
}

/** Drivers without another role see their own trips only; everybody else sees those of their region. */
export function seesRegion(caller: Caller): boolean {
  return caller.roles.some((role) => role !== 'driver');
}
