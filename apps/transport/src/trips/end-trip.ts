import { Injectable } from '@nestjs/common';
import { TripCompleted } from '@ledger/contracts';
import { Outbox, type Cause, type Tx } from '@ledger/platform';
import { IssuePass } from '../passes/issue-pass';
import { nextTripState } from './domain/trip-state';
import { TripsRepository, type StoredTrip } from './trips.repository';

/** Ends a trip: its vehicle is free and its pass is void. */
@Injectable()
export class EndTrip {
  constructor(
    private readonly repository: TripsRepository,
    private readonly issuePass: IssuePass,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Without an event: for callers that tell the end of several trips at once.
   * @throws DomainError TRANSPORT_TRANSITION_FORBIDDEN
   */
  async execute(
    tx: Tx,
    trip: StoredTrip,
    end: { readonly step: 'cancel' | 'return'; readonly reason?: string },
  ): Promise<StoredTrip> {
    const to = nextTripState(trip.state, end.step);
    await this.repository.changeState(tx, trip, { to, endReason: end.reason });
    await this.repository.endBooking(tx, trip.id);
    await this.issuePass.revoke(tx, trip.id);
    return { ...trip, state: to, endedAt: tx.now };
  }

  /** Tells that the vehicle of an ended trip is free. */
  async announce(tx: Tx, trip: StoredTrip, cause: Cause): Promise<void> {
    if (!trip.endedAt) throw new Error(`trip ${trip.id} has not ended`);
    const { allocationId, id: tripId, vehicleId } = trip;
    const at = trip.endedAt.toISOString();
    await this.outbox.add(tx, TripCompleted, { allocationId, tripId, vehicleId, at, outcome: outcomeOf(trip) }, cause);
  }
}

function outcomeOf(trip: StoredTrip): TripCompleted['outcome'] {
  if (trip.deliveredAt) return 'delivered';
  return trip.turnedBackAt ? 'turned-back' : 'cancelled';
}
