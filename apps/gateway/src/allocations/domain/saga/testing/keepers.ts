import type { Shipment, ShipmentLine } from '../../allocation';
import type { GoodsAtSite, Transit } from './books';
import { NOW, type Job, type Scene } from './scene';

/** A keeper issues a shipment whose goods are held, as ordered by the saga. */
export function issueJobs(scene: Scene): Job[] {
  return scene
    .allocation()
    .shipments.filter(({ status }) => status === 'ordered')
    .map((shipment) => ({ shipment, lines: shipment.lines.filter((line) => isWaiting(scene, shipment, line)) }))
    .filter(({ lines }) => lines.length > 0)
    .map(
      ({ shipment, lines }) =>
        () =>
          issue(scene, shipment, lines),
    );
}

function isWaiting({ books }: Scene, { depotId }: Shipment, { reservationId }: ShipmentLine): boolean {
  const isHeld = books.reservations.get(reservationId)?.state === 'held';
  return isHeld && books.shareOf(reservationId, depotId)?.issued === false;
}

function issue(scene: Scene, shipment: Shipment, lines: readonly ShipmentLine[]): void {
  for (const line of lines) takeOut(scene, shipment, line);
  const { shipmentId, depotId } = shipment;
  const { allocationId } = scene.allocation();
  const head = { allocationId, shipmentId, depotId, movementId: scene.newId() };
  const issued = lines.map(({ lineId, itemCode, quantityBase }) => ({
    lineId,
    itemCode,
    lotId: scene.newId(),
    quantityBase,
  }));
  const data = { ...head, lines: issued, issuedBy: 'keeper', issuedAt: NOW };
  scene.report('supplies', { type: 'stock-issued', data });
}

function takeOut({ books }: Scene, { shipmentId, depotId }: Shipment, line: ShipmentLine): void {
  const share = books.shareOf(line.reservationId, depotId);
  const reservation = books.reservations.get(line.reservationId);
  if (!share || !reservation) return;
  share.issued = true;
  if (reservation.shares.every(({ issued }) => issued)) reservation.state = 'issued';
  const { lineId, itemCode, quantityBase } = line;
  books.sendOff({ shipmentId, lineId, itemCode, base: quantityBase });
}

/** Missing pieces are settled, loads that turned back or never left are received, goods at the site brought home. */
export function returnJobs(scene: Scene): Job[] {
  const { books } = scene;
  const rests = books.transits().flatMap((transit): Job[] => {
    const trip = books.trips().find(({ shipmentId }) => shipmentId === transit.shipmentId);
    if (!trip || transit.base === 0) return [];
    if (books.bookedTrips.has(trip.tripId)) return [() => settle(scene, transit)];
    if (trip.wasTurnedBack || trip.state === 'cancelled') return [() => takeBack(scene, transit)];
    return [];
  });
  const leftOvers = [...books.atSite]
    .filter(([, { usable, damaged }]) => usable + damaged > 0)
    .map(
      ([lineId, there]): Job =>
        () =>
          bringHome(scene, lineId, there),
    );
  return [...rests, ...leftOvers];
}

function settle(scene: Scene, transit: Transit): void {
  const { shipmentId, lineId, itemCode, base } = transit;
  transit.base = 0;
  const lines = [{ lineId, itemCode, foundBase: 0, lostBase: base }];
  const { allocationId } = scene.allocation();
  const data = { allocationId, shipmentId, movementId: scene.newId(), lines };
  scene.report('supplies', { type: 'difference-settled', data });
}

function takeBack(scene: Scene, transit: Transit): void {
  const { shipmentId, lineId, itemCode, base } = transit;
  transit.base = 0;
  const lines = [{ lineId, itemCode, usableBase: base, damagedBase: 0, lostBase: 0 }];
  const origin = { from: 'transit' as const, siteId: null, shipmentId };
  scene.report('supplies', { type: 'stock-returned', data: { ...returnHead(scene), ...origin, lines } });
}

function bringHome(scene: Scene, lineId: string, there: GoodsAtSite): void {
  const { usable, damaged, itemCode } = there;
  Object.assign(there, { usable: 0, damaged: 0 });
  const lines = [{ lineId, itemCode, usableBase: usable, damagedBase: damaged, lostBase: 0 }];
  const origin = { from: 'site' as const, siteId: scene.allocation().site.siteId, shipmentId: null };
  scene.report('supplies', { type: 'stock-returned', data: { ...returnHead(scene), ...origin, lines } });
}

const returnHead = (scene: Scene) => ({
  allocationId: scene.allocation().allocationId,
  depotId: scene.newId(),
  movementId: scene.newId(),
  returnedAt: NOW,
});
