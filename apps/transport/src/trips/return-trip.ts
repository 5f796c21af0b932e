import { Injectable } from '@nestjs/common';
import { causeOfRequest, type Identity, type Tx } from '@ledger/platform';
import { EndTrip } from './end-trip';
import { LockTripForDriver } from './lock-trip-for-driver';

/** The vehicle is back, from the site or turned back on its way: it is free again. */
@Injectable()
export class ReturnTrip {
  constructor(
    private readonly lockTrip: LockTripForDriver,
    private readonly endTrip: EndTrip,
  ) {}

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND, TRANSPORT_TRANSITION_FORBIDDEN */
  async execute(tx: Tx, tripId: string, identity: Identity): Promise<void> {
    const trip = await this.lockTrip.execute(tx, tripId, identity.caller);
    const ended = await this.endTrip.execute(tx, trip, { step: 'return' });
    await this.endTrip.announce(tx, ended, causeOfRequest(identity, trip.allocationId));
  }
}
