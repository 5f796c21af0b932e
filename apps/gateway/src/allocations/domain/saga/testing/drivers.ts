import type { WorldTrip } from './books';
import { NOW, type Job, type Scene } from './scene';

/** A driver departs once loaded, hands over, and ends a trip that is delivered or whose load was taken back. */
export function tripJobs(scene: Scene): Job[] {
  return scene.books.trips().flatMap((trip): Job[] => {
    if (trip.state === 'assigned' && isLoaded(scene, trip)) return [() => depart(scene, trip)];
    if (trip.state === 'departed') return [() => deliver(scene, trip)];
    const isOver = trip.state === 'delivered' || (trip.state === 'turned-back' && isTakenBack(scene, trip));
    return isOver ? [() => complete(scene, trip)] : [];
  });
}

const isLoaded = ({ books }: Scene, { shipmentId, load }: WorldTrip): boolean =>
  load.every(({ lineId }) => books.transitOf(shipmentId, lineId));

const isTakenBack = ({ books }: Scene, { shipmentId, load }: WorldTrip): boolean =>
  load.every(({ lineId }) => books.transitOf(shipmentId, lineId)?.base === 0);

function depart(scene: Scene, trip: WorldTrip): void {
  trip.state = 'departed';
  const { tripId, shipmentId } = trip;
  const { allocationId } = scene.allocation();
  const papers = { plate: 'plate', driverName: 'driver', passNumber: 'pass' };
  const data = { allocationId, tripId, shipmentId, ...papers, departedAt: NOW, estimatedArrival: NOW };
  scene.report('transport', { type: 'trip-departed', data });
}

function deliver(scene: Scene, trip: WorldTrip): void {
  trip.state = 'delivered';
  const oneIn = (probability: number): number => (scene.dice.chance(probability) ? 1 : 0);
  const lines = trip.load.map(({ lineId, itemCode, quantityBase }) => {
    const damagedBase = oneIn(0.3);
    const lostBase = oneIn(0.3);
    const missingBase = oneIn(0.2);
    const receivedBase = quantityBase - damagedBase - lostBase - missingBase;
    return { lineId, itemCode, receivedBase, damagedBase, lostBase, missingBase };
  });
  const { allocationId, site } = scene.allocation();
  const { tripId, shipmentId } = trip;
  const place = { siteId: site.siteId, receiverName: 'receiver', deliveredAt: NOW };
  scene.report('transport', { type: 'trip-delivered', data: { allocationId, tripId, shipmentId, ...place, lines } });
}

function complete(scene: Scene, trip: WorldTrip): void {
  trip.state = 'completed';
  const { allocationId } = scene.allocation();
  const data = { allocationId, tripId: trip.tripId, vehicleId: scene.newId(), at: NOW };
  scene.report('transport', { type: 'trip-completed', data });
}
