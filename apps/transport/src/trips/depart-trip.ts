import { Injectable } from '@nestjs/common';
import { TripDeparted } from '@ledger/contracts';
import { Outbox, causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { departure } from './domain/trip-state';
import { LockTripForDriver } from './lock-trip-for-driver';
import { TripsRepository } from './trips.repository';

const MILLISECONDS_PER_SECOND = 1_000;

/** A vehicle sets out, with goods only after the keeper has issued them. */
@Injectable()
export class DepartTrip {
  constructor(
    private readonly repository: TripsRepository,
    private readonly lockTrip: LockTripForDriver,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND, TRANSPORT_GOODS_NOT_LOADED, TRANSPORT_TRANSITION_FORBIDDEN */
  async execute(tx: Tx, tripId: string, identity: Identity): Promise<void> {
    const trip = await this.lockTrip.execute(tx, tripId, identity.caller);
    const to = departure({ state: trip.state, hasGoods: trip.shipmentId !== null });
    await this.repository.changeState(tx, trip, { to });
    const arrival = new Date(tx.now.getTime() + trip.carriageSeconds * MILLISECONDS_PER_SECOND);
    await this.outbox.add(
      tx,
      TripDeparted,
      {
        allocationId: trip.allocationId,
        tripId: trip.id,
        shipmentId: trip.shipmentId,
        plate: trip.plate,
        driverName: trip.driverName,
        passNumber: trip.passNumber,
        departedAt: tx.now.toISOString(),
        estimatedArrival: arrival.toISOString(),
      },
      causeOfRequest(identity, trip.allocationId),
    );
  }
}
