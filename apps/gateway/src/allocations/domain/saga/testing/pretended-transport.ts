import type { WorldTrip } from './books';
import { NOW, type CommandData, type Scene } from './scene';

export function assign(scene: Scene, data: CommandData<'assign-vehicles'>): void {
  const { allocationId, assignmentId, sourcing, shipments } = data;
  const { assignments } = scene.books;
  if (assignments.has(assignmentId)) return;
  if (scene.dice.chance(scene.refusals)) {
    assignments.set(assignmentId, { trips: [], released: true });
    const refusal = { allocationId, assignmentId, sourcing, code: 'TRANSPORT_NO_VEHICLE', reason: 'none free' };
    return scene.report('transport', { type: 'assignment-refused', data: refusal });
  }
  const trips = shipments.map((shipment): WorldTrip => ({
    tripId: scene.newId(),
    shipmentId: shipment.shipmentId,
    load: shipment.lines.map(({ lineId, itemCode, quantityBase }) => ({ lineId, itemCode, quantityBase })),
    state: 'assigned',
  }));
  assignments.set(assignmentId, { trips, released: false });
  if (trips.length === 0) return;
  const described = trips.map((trip) => ({ ...describe(trip, scene.newId()), sourcing }));
  scene.report('transport', { type: 'vehicles-assigned', data: { allocationId, assignmentId, trips: described } });
}

const describe = ({ tripId, shipmentId, load }: WorldTrip, vehicleId: string) => ({
  tripId,
  shipmentId,
  lineId: null,
  vehicleId,
  plate: tripId.slice(-6),
  carrierName: 'fleet',
  driverName: 'driver',
  estimatedSeconds: 60,
  load,
});

/** Trips that have not departed are cancelled; the others go on. */
export function releaseVehicles(scene: Scene, { assignmentId }: CommandData<'release-vehicles'>): void {
  const { assignments } = scene.books;
  const trips = assignments.get(assignmentId)?.trips ?? [];
  for (const trip of trips) if (trip.state === 'assigned') trip.state = 'cancelled';
  assignments.set(assignmentId, { trips, released: true });
  const data = { allocationId: scene.allocation().allocationId, assignmentId, releasedTrips: trips.length };
  scene.report('transport', { type: 'vehicles-released', data });
}

/** A trip that waits is cancelled, one on the road turns back, and one that is over is not answered. */
export function turnBack(scene: Scene, { tripId }: CommandData<'turn-back'>): void {
  const trip = scene.books.trips().find((candidate) => candidate.tripId === tripId);
  if (!trip) return;
  const { allocationId } = scene.allocation();
  if (trip.state === 'assigned') {
    trip.state = 'cancelled';
    const data = { allocationId, tripId, vehicleId: scene.newId(), at: NOW };
    scene.report('transport', { type: 'trip-completed', data });
  } else if (trip.state === 'departed') {
    trip.state = 'turned-back';
    trip.wasTurnedBack = true;
    const data = { allocationId, tripId, shipmentId: trip.shipmentId, at: NOW };
    scene.report('transport', { type: 'trip-turned-back', data });
  }
}
