import { Injectable } from '@nestjs/common';
import type { AssignVehicles, VehiclesAssigned } from '@ledger/contracts';
import { newId, safeInteger, type Tx } from '@ledger/platform';
import type { PlanShipment, PlannedTrip } from './domain/load-plan';
import type { Sourcing } from './domain/reach';
import type { FreeVehicle } from './free-vehicles';

export type AssignmentState = 'booked' | 'refused' | 'released';

export interface StoredAssignment {
  readonly id: string;
  readonly allocationId: string;
  readonly state: AssignmentState;
  /** Null for a tombstone. */
  readonly sourcing: Sourcing | null;
  readonly endReason: string | null;
  readonly releasedTrips: number | null;
}

/** A planned trip with everything its row needs. */
export interface NewTrip {
  readonly planned: PlannedTrip;
  readonly vehicle: FreeVehicle;
  /** The shipment it carries part of; null without goods. */
  readonly shipment: (PlanShipment & AssignVehicles['shipments'][number]) | null;
}

type AssignedTrip = VehiclesAssigned['trips'][number];

/** Statements of the write side. Every change starts with the lock on the assignment's row. */
@Injectable()
export class AssignmentsRepository {
  /** @returns false when the id is known already: a repeated command or a tombstone */
  async insert(tx: Tx, command: AssignVehicles): Promise<boolean> {
    const { site } = command;
    const inserted = await tx.execute(
      `INSERT INTO assignments (id, allocation_id, incident_id, sourcing, site_id, site_name, site_region_code,
                                site_latitude, site_longitude, hold_until, state, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::timestamptz + $11 * interval '1 second', 'booked', $10)
       ON CONFLICT (id) DO NOTHING`,
      [
        command.assignmentId,
        command.allocationId,
        command.incidentId,
        command.sourcing,
        site.siteId,
        site.name,
        site.regionCode,
        site.latitude,
        site.longitude,
        tx.now,
        command.holdSeconds,
      ],
    );
    return inserted === 1;
  }

  /** @returns false when the assignment is known: then there may be something to release */
  async insertTombstone(
    tx: Tx,
    tombstone: { readonly assignmentId: string; readonly allocationId: string; readonly reason: string },
  ): Promise<boolean> {
    const inserted = await tx.execute(
      `INSERT INTO assignments (id, allocation_id, state, requested_at, ended_at, end_reason, released_trips)
       VALUES ($1, $2, 'released', $3, $3, $4, 0) ON CONFLICT (id) DO NOTHING`,
      [tombstone.assignmentId, tombstone.allocationId, tx.now, tombstone.reason],
    );
    return inserted === 1;
  }

  async lock(tx: Tx, assignmentId: string): Promise<StoredAssignment | undefined> {
    const [row] = await tx.query<StoredAssignment>(
      `SELECT id, allocation_id AS "allocationId", state, sourcing, end_reason AS "endReason",
              released_trips AS "releasedTrips"
       FROM assignments WHERE id = $1 FOR UPDATE`,
      [assignmentId],
    );
    return row;
  }

  async refuse(tx: Tx, assignmentId: string, reason: string): Promise<void> {
    await this.change(
      tx,
      `UPDATE assignments SET state = 'refused', ended_at = $2, end_reason = $3 WHERE id = $1 AND state = 'booked'`,
      [assignmentId, tx.now, reason],
    );
  }

  async release(
    tx: Tx,
    assignmentId: string,
    end: { readonly releasedTrips: number; readonly reason: string },
  ): Promise<void> {
    await this.change(
      tx,
      `UPDATE assignments SET state = 'released', ended_at = $2, end_reason = $3, released_trips = $4
       WHERE id = $1 AND state <> 'released'`,
      [assignmentId, tx.now, end.reason, end.releasedTrips],
    );
  }

  /**
   * Writes a trip, its load and the booking of its vehicle, which begins after every earlier one of the same vehicle.
   * @returns the trip's id
   */
  async insertTrip(tx: Tx, command: AssignVehicles, { planned, vehicle, shipment }: NewTrip): Promise<string> {
    const tripId = newId();
    const origin = shipment?.origin;
    await tx.execute(
      `INSERT INTO trips (id, assignment_id, allocation_id, vehicle_id, driver_name, driver_username, shipment_id,
                          line_id, origin_depot_id, origin_name, origin_region_code, origin_latitude,
                          origin_longitude, approach_seconds, carriage_seconds, state, booked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'assigned', $16)`,
      [
        tripId,
        command.assignmentId,
        command.allocationId,
        vehicle.vehicleId,
        vehicle.driverName,
        vehicle.driverUsername,
        planned.shipmentId,
        planned.lineId,
        origin?.depotId ?? null,
        origin?.name ?? null,
        origin?.regionCode ?? null,
        origin?.latitude ?? null,
        origin?.longitude ?? null,
        planned.approachSeconds,
        planned.carriageSeconds,
        tx.now,
      ],
    );
    await this.insertLoad(tx, tripId, planned);
    await tx.execute(
      `INSERT INTO bookings (trip_id, vehicle_id, during)
       SELECT $1, $2, tstzrange(greatest(clock_timestamp(), max(upper(during))), NULL)
       FROM bookings WHERE vehicle_id = $2`,
      [tripId, vehicle.vehicleId],
    );
    return tripId;
  }

  /** The trips of an assignment as its event tells them, in the order in which they were planned. */
  async assignedTrips(tx: Tx, assignmentId: string): Promise<AssignedTrip[]> {
    const trips = await tx.query<Omit<AssignedTrip, 'load'>>(
      `SELECT t.id AS "tripId", t.shipment_id AS "shipmentId", t.line_id AS "lineId", t.vehicle_id AS "vehicleId",
              v.plate, c.name_zh AS "carrierName", t.driver_name AS "driverName", c.sourcing,
              t.approach_seconds + t.carriage_seconds AS "estimatedSeconds"
       FROM trips t JOIN vehicles v ON v.id = t.vehicle_id JOIN carriers c ON c.id = v.carrier_id
       WHERE t.assignment_id = $1 ORDER BY t.id`,
      [assignmentId],
    );
    const loads = await tx.query<{ tripId: string; lineId: string; itemCode: string; quantityBase: string }>(
      `SELECT l.trip_id AS "tripId", l.line_id AS "lineId", l.item_code AS "itemCode",
              l.quantity_base AS "quantityBase"
       FROM trip_loads l JOIN trips t ON t.id = l.trip_id WHERE t.assignment_id = $1 ORDER BY l.trip_id, l.line_id`,
      [assignmentId],
    );
    return trips.map((trip) => ({
      ...trip,
      load: loads
        .filter((load) => load.tripId === trip.tripId)
        .map(({ lineId, itemCode, quantityBase }) => ({ lineId, itemCode, quantityBase: safeInteger(quantityBase) })),
    }));
  }

  private async insertLoad(tx: Tx, tripId: string, planned: PlannedTrip): Promise<void> {
    for (const share of planned.load) {
      await tx.execute(
        `INSERT INTO trip_loads (trip_id, line_id, item_code, quantity_base, weight_grams, volume_cubic_centimetres)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [tripId, share.lineId, share.itemCode, share.quantityBase, share.weightGrams, share.volumeCubicCentimetres],
      );
    }
  }

  private async change(tx: Tx, sql: string, parameters: readonly unknown[]): Promise<void> {
    const changed = await tx.execute(sql, parameters);
    if (changed !== 1) throw new Error(`assignment ${String(parameters[0])} is in another state than expected`);
  }
}
