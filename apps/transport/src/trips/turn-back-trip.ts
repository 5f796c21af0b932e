import { Injectable } from '@nestjs/common';
import { DomainError, TripTurnedBack, type TurnBack } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { isWaiting, nextTripState } from './domain/trip-state';
import { EndTrip } from './end-trip';
import { TripsRepository, type StoredTrip } from './trips.repository';

/**
 * Orders a trip back. Under way it turns back, and stays booked until the vehicle has returned; before departure it is
 * cancelled and the vehicle is free. Repeated, it tells the outcome again. A trip that has delivered before the order
 * came has told so already, and nothing changes.
 */
@Injectable()
export class TurnBackTrip {
  constructor(
    private readonly repository: TripsRepository,
    private readonly endTrip: EndTrip,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND */
  async execute(tx: Tx, command: TurnBack, cause: Cause): Promise<void> {
    const trip = await this.repository.lock(tx, command.tripId);
    if (!trip) throw new DomainError('TRANSPORT_TRIP_NOT_FOUND', { detail: `trip ${command.tripId}` });
    const { reason } = command;
    if (isWaiting(trip.state)) {
      const ended = await this.endTrip.execute(tx, trip, { step: 'cancel', reason });
      await this.endTrip.announce(tx, ended, cause);
    } else if (trip.endedAt) {
      await this.endTrip.announce(tx, trip, cause);
    } else if (trip.turnedBackAt) {
      await this.announce(tx, trip, { at: trip.turnedBackAt }, cause);
    } else if (trip.state === 'departed') {
      await this.repository.changeState(tx, trip, { to: nextTripState(trip.state, 'turn-back'), endReason: reason });
      await this.announce(tx, trip, { at: tx.now }, cause);
    }
  }

  private async announce(tx: Tx, trip: StoredTrip, when: { readonly at: Date }, cause: Cause): Promise<void> {
    const { allocationId, id: tripId, shipmentId } = trip;
    const at = when.at.toISOString();
    await this.outbox.add(tx, TripTurnedBack, { allocationId, tripId, shipmentId, at }, cause);
  }
}
