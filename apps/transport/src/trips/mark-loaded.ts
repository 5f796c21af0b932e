import { Injectable, Logger } from '@nestjs/common';
import type { StockIssued } from '@ledger/contracts';
import type { Cause, Tx } from '@ledger/platform';
import { shareIssued } from './domain/loading';
import { nextTripState } from './domain/trip-state';
import { EndTrip } from './end-trip';
import { TripsRepository, type StoredTrip } from './trips.repository';

/**
 * The keeper issued the goods of a shipment: its trips are loaded. A trip that gets nothing and was not asked for its
 * own sake is cancelled. Told again, it does nothing.
 */
@Injectable()
export class MarkLoaded {
  private readonly logger = new Logger(MarkLoaded.name);

  constructor(
    private readonly repository: TripsRepository,
    private readonly endTrip: EndTrip,
  ) {}

  async execute(tx: Tx, issued: StockIssued, cause: Cause): Promise<void> {
    const trips = await this.repository.lockOfShipment(tx, issued.shipmentId);
    const waiting = trips.filter((trip) => trip.state === 'assigned');
    if (waiting.length === 0) return;
    const planned = await this.repository.plannedLoads(
      tx,
      waiting.map((trip) => trip.id),
    );
    const { shares, unplannedBase } = shareIssued(planned, issued.lines);
    if (unplannedBase > 0) {
      this.logger.error(`${unplannedBase} issued pieces of shipment ${issued.shipmentId} are on no trip`);
    }
    await this.repository.recordLoaded(tx, shares);
    const loadedTrips = new Set(shares.filter((share) => share.loadedBase > 0).map((share) => share.tripId));
    for (const trip of waiting) await this.load(tx, trip, loadedTrips.has(trip.id), cause);
  }

  private async load(tx: Tx, trip: StoredTrip, hasGoods: boolean, cause: Cause): Promise<void> {
    if (hasGoods || trip.lineId !== null) {
      await this.repository.changeState(tx, trip, { to: nextTripState(trip.state, 'load') });
      return;
    }
    const ended = await this.endTrip.execute(tx, trip, { step: 'cancel', reason: 'nothing was issued for it' });
    await this.endTrip.announce(tx, ended, cause);
  }
}
