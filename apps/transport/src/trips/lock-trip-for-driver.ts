import { Injectable } from '@nestjs/common';
import { DomainError, type Caller } from '@ledger/contracts';
import type { Tx } from '@ledger/platform';
import { mayDrive } from './domain/trip-scope';
import { TripsRepository, type StoredTrip } from './trips.repository';

/** Locks a trip on behalf of its driver or carrier. */
@Injectable()
export class LockTripForDriver {
  constructor(private readonly repository: TripsRepository) {}

  /** @throws DomainError TRANSPORT_TRIP_NOT_FOUND for an unknown id and for somebody else's trip */
  async execute(tx: Tx, tripId: string, caller: Caller): Promise<StoredTrip> {
    const trip = await this.repository.lock(tx, tripId);
    if (!trip || !mayDrive(caller, trip)) throw new DomainError('TRANSPORT_TRIP_NOT_FOUND');
    return trip;
  }
}
