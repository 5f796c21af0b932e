import { Injectable } from '@nestjs/common';
import { TripDelivered } from '@ledger/contracts';
import { Outbox, causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { settleDelivery, type ReportedLine } from './domain/delivery';
import { nextTripState } from './domain/trip-state';
import { LockTripForDriver } from './lock-trip-for-driver';
import { TripsRepository } from './trips.repository';

/** What the receiver at the site signs for. */
export interface HandOver {
  readonly receiverName: string;
  readonly lines: readonly ReportedLine[];
}

/** A trip arrived: its load is handed over, and what is short, damaged or lost is named. */
@Injectable()
export class DeliverTrip {
  constructor(
    private readonly repository: TripsRepository,
    private readonly lockTrip: LockTripForDriver,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND, TRANSPORT_TRANSITION_FORBIDDEN, TRANSPORT_DELIVERY_MISMATCH */
  async execute(tx: Tx, tripId: string, handOver: HandOver, identity: Identity): Promise<void> {
    const trip = await this.lockTrip.execute(tx, tripId, identity.caller);
    const to = nextTripState(trip.state, 'deliver');
    const lines = settleDelivery(await this.repository.loadedLines(tx, tripId), handOver.lines);
    await this.repository.recordDelivered(tx, tripId, lines);
    await this.repository.changeState(tx, trip, { to, receiverName: handOver.receiverName });
    await this.outbox.add(
      tx,
      TripDelivered,
      {
        allocationId: trip.allocationId,
        tripId: trip.id,
        shipmentId: trip.shipmentId,
        siteId: trip.siteId,
        receiverName: handOver.receiverName,
        deliveredAt: tx.now.toISOString(),
        lines,
      },
      causeOfRequest(identity, trip.allocationId),
    );
  }
}
