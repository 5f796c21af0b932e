/** A promise of goods for one line; every share is issued on its own. */
export interface Reservation {
  lineId: string;
  itemCode: string;
  base: number;
  shares: Share[];
  state: 'held' | 'released' | 'issued';
}

interface Share {
  depotId: string;
  base: number;
  issued: boolean;
}

export interface WorldTrip {
  tripId: string;
  shipmentId: string | null;
  load: { lineId: string; itemCode: string; quantityBase: number }[];
  state: 'assigned' | 'departed' | 'delivered' | 'turned-back' | 'completed' | 'cancelled';
  wasTurnedBack?: boolean;
}

/** What of one line of a shipment left its depot and is neither handed over, written off nor back, in base units. */
export interface Transit {
  shipmentId: string;
  lineId: string;
  itemCode: string;
  base: number;
}

/** What of one line is at the site, in base units. */
export interface GoodsAtSite {
  usable: number;
  damaged: number;
  itemCode: string;
}

/** What the three services and the people hold, kept apart from the saga so that the saga can be checked against it. */
export class Books {
  readonly reservations = new Map<string, Reservation>();
  readonly assignments = new Map<string, { trips: WorldTrip[]; released: boolean }>();
  readonly callUps = new Map<string, 'requested' | 'accepted' | 'ended'>();
  /** By line. */
  readonly atSite = new Map<string, GoodsAtSite>();
  /** Trips whose delivery the ledger has taken over. */
  readonly bookedTrips = new Set<string>();
  private readonly inTransit = new Map<string, Transit>();

  trips(): WorldTrip[] {
    return [...this.assignments.values()].flatMap(({ trips }) => trips);
  }

  shareOf(reservationId: string, depotId: string): Share | undefined {
    return this.reservations.get(reservationId)?.shares.find((share) => share.depotId === depotId);
  }

  sendOff(transit: Transit): void {
    this.inTransit.set(`${transit.shipmentId} ${transit.lineId}`, transit);
  }

  transits(): Transit[] {
    return [...this.inTransit.values()];
  }

  transitOf(shipmentId: string | null, lineId: string): Transit | undefined {
    return this.inTransit.get(`${shipmentId} ${lineId}`);
  }

  /** Everything that is still promised or out, in words. */
  held(): string[] {
    return [
      ...[...this.reservations.values()]
        .filter(({ state }) => state === 'held')
        .map(({ lineId }) => `goods of ${lineId}`),
      ...this.trips()
        .filter(({ state }) => !['completed', 'cancelled'].includes(state))
        .map(({ tripId, state }) => `trip ${tripId} ${state}`),
      ...[...this.callUps].filter(([, state]) => state !== 'ended').map(([id]) => `call-up ${id}`),
      ...this.transits()
        .filter(({ base }) => base > 0)
        .map(({ lineId }) => `in transit of ${lineId}`),
      ...[...this.atSite.values()]
        .filter(({ usable, damaged }) => usable + damaged > 0)
        .map(({ itemCode }) => `at site ${itemCode}`),
    ];
  }
}
