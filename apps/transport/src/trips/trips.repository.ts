import { Injectable } from '@nestjs/common';
import { safeInteger, type Tx } from '@ledger/platform';
import type { DeliveredLine, LoadedLine } from './domain/delivery';
import type { LoadedShare, PlannedLoad } from './domain/loading';
import type { TripState } from './domain/trip-state';

/** A trip as the write side needs it. */
export interface StoredTrip {
  readonly id: string;
  readonly assignmentId: string;
  readonly allocationId: string;
  readonly vehicleId: string;
  readonly plate: string;
  readonly vehicleRegionCode: string;
  readonly carrierOrganisationId: string;
  readonly driverName: string;
  readonly driverUsername: string | null;
  readonly shipmentId: string | null;
  readonly lineId: string | null;
  readonly siteId: string;
  readonly carriageSeconds: number;
  readonly passNumber: string;
  readonly state: TripState;
  readonly deliveredAt: Date | null;
  readonly turnedBackAt: Date | null;
  readonly endedAt: Date | null;
}

export interface TripChange {
  readonly to: TripState;
  readonly receiverName?: string;
  /** Why it was cancelled or turned back. */
  readonly endReason?: string;
}

/** The column that keeps when a trip entered a state. */
const TIME_OF_STATE: Readonly<Record<Exclude<TripState, 'assigned'>, string>> = {
  loaded: 'loaded_at',
  departed: 'departed_at',
  delivered: 'delivered_at',
  'turned-back': 'turned_back_at',
  completed: 'ended_at',
  cancelled: 'ended_at',
};

/** Statements of the write side. Rows are locked bare and in the order of their ids, then read. */
@Injectable()
export class TripsRepository {
  async lock(tx: Tx, tripId: string): Promise<StoredTrip | undefined> {
    const [trip] = await this.lockWhere(tx, 'id', tripId);
    return trip;
  }

  /** All trips of an assignment, in the order of their ids. */
  async lockOfAssignment(tx: Tx, assignmentId: string): Promise<StoredTrip[]> {
    return this.lockWhere(tx, 'assignment_id', assignmentId);
  }

  /** All trips that carry a shipment, in the order of their ids, which is the order in which they were planned. */
  async lockOfShipment(tx: Tx, shipmentId: string): Promise<StoredTrip[]> {
    return this.lockWhere(tx, 'shipment_id', shipmentId);
  }

  async changeState(tx: Tx, trip: Pick<StoredTrip, 'id' | 'state'>, change: TripChange): Promise<void> {
    if (change.to === 'assigned') throw new Error(`trip ${trip.id} cannot be assigned again`);
    const changed = await tx.execute(
      `UPDATE trips SET state = $3, ${TIME_OF_STATE[change.to]} = $4, receiver_name = coalesce($5, receiver_name),
              end_reason = coalesce($6, end_reason)
       WHERE id = $1 AND state = $2`,
      [trip.id, trip.state, change.to, tx.now, change.receiverName ?? null, change.endReason ?? null],
    );
    if (changed !== 1) throw new Error(`trip ${trip.id} is no longer ${trip.state}`);
  }

  /**
   * Frees the vehicle. By the wall clock of the database, not the time of the transaction: a booking that begins in a
   * transaction that was opened earlier must still come after this one's end.
   */
  async endBooking(tx: Tx, tripId: string): Promise<void> {
    const changed = await tx.execute(
      `UPDATE bookings SET during = tstzrange(lower(during), greatest(lower(during), clock_timestamp()))
       WHERE trip_id = $1 AND upper_inf(during)`,
      [tripId],
    );
    if (changed !== 1) throw new Error(`trip ${tripId} holds no vehicle`);
  }

  /** What was planned for trips, in their order. */
  async plannedLoads(tx: Tx, tripIds: readonly string[]): Promise<PlannedLoad[]> {
    const rows = await tx.query<{ tripId: string; lineId: string; quantityBase: string }>(
      `SELECT trip_id AS "tripId", line_id AS "lineId", quantity_base AS "quantityBase"
       FROM trip_loads WHERE trip_id = ANY($1) ORDER BY trip_id, line_id`,
      [tripIds],
    );
    return rows.map((row) => ({ ...row, quantityBase: safeInteger(row.quantityBase) }));
  }

  async recordLoaded(tx: Tx, shares: readonly LoadedShare[]): Promise<void> {
    for (const share of shares) {
      await tx.execute('UPDATE trip_loads SET loaded_base = $3 WHERE trip_id = $1 AND line_id = $2', [
        share.tripId,
        share.lineId,
        share.loadedBase,
      ]);
    }
  }

  /** What the trip really carries: lines of which something was issued. */
  async loadedLines(tx: Tx, tripId: string): Promise<LoadedLine[]> {
    const rows = await tx.query<{ lineId: string; itemCode: string; quantityBase: string }>(
      `SELECT line_id AS "lineId", item_code AS "itemCode", loaded_base AS "quantityBase"
       FROM trip_loads WHERE trip_id = $1 AND loaded_base > 0 ORDER BY line_id`,
      [tripId],
    );
    return rows.map((row) => ({ ...row, quantityBase: safeInteger(row.quantityBase) }));
  }

  async recordDelivered(tx: Tx, tripId: string, lines: readonly DeliveredLine[]): Promise<void> {
    for (const line of lines) {
      await tx.execute(
        `UPDATE trip_loads SET received_base = $3, damaged_base = $4, lost_base = $5, missing_base = $6
         WHERE trip_id = $1 AND line_id = $2`,
        [tripId, line.lineId, line.receivedBase, line.damagedBase, line.lostBase, line.missingBase],
      );
    }
  }

  private async lockWhere(
    tx: Tx,
    column: 'id' | 'assignment_id' | 'shipment_id',
    value: string,
  ): Promise<StoredTrip[]> {
    await tx.query(`SELECT id FROM trips WHERE ${column} = $1 ORDER BY id FOR UPDATE`, [value]);
    return tx.query<StoredTrip>(
      `SELECT t.id, t.assignment_id AS "assignmentId", t.allocation_id AS "allocationId", t.vehicle_id AS "vehicleId",
              v.plate, v.region_code AS "vehicleRegionCode", c.organisation_id AS "carrierOrganisationId",
              t.driver_name AS "driverName", t.driver_username AS "driverUsername", t.shipment_id AS "shipmentId",
              t.line_id AS "lineId", a.site_id AS "siteId", t.carriage_seconds AS "carriageSeconds",
              p.number AS "passNumber", t.state, t.delivered_at AS "deliveredAt",
              t.turned_back_at AS "turnedBackAt", t.ended_at AS "endedAt"
       FROM trips t
       JOIN vehicles v ON v.id = t.vehicle_id
       JOIN carriers c ON c.id = v.carrier_id
       JOIN assignments a ON a.id = t.assignment_id
       JOIN passes p ON p.trip_id = t.id
       WHERE t.${column} = $1 ORDER BY t.id`,
      [value],
    );
  }
}
