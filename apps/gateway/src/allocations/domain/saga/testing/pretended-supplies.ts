import { NOW, type CommandData, type Scene } from './scene';

export function reserve(scene: Scene, data: CommandData<'reserve-stock'>): void {
  const { allocationId, lineId, reservationId, itemCode } = data;
  if (scene.books.reservations.has(reservationId)) return;
  const shares = data.sources.map(({ depotId, quantityBase }) => ({ depotId, base: quantityBase, issued: false }));
  const base = shares.reduce((sum, share) => sum + share.base, 0);
  const refused = scene.dice.chance(scene.refusals);
  const state = refused ? 'released' : 'held';
  scene.books.reservations.set(reservationId, { lineId, itemCode, base, shares, state });
  if (refused) {
    const refusal = { allocationId, lineId, reservationId, code: 'SHORT', reason: 'short', shortDepotIds: [] };
    return scene.report('supplies', { type: 'stock-refused', data: refusal });
  }
  const lots = shares.map((share) => ({
    depotId: share.depotId,
    lotId: scene.newId(),
    expiryDate: null,
    quantityBase: share.base,
  }));
  const reserved = { allocationId, lineId, reservationId, itemCode, shares: lots, firm: data.firm, expiresAt: NOW };
  scene.report('supplies', { type: 'stock-reserved', data: reserved });
}

/** A reservation that is not held is not answered. */
export function renew(scene: Scene, { lineId, reservationId }: CommandData<'renew-reservation'>): void {
  if (scene.books.reservations.get(reservationId)?.state !== 'held') return;
  const { allocationId } = scene.allocation();
  const data = { allocationId, lineId, reservationId, firm: true, expiresAt: NOW };
  scene.report('supplies', { type: 'reservation-renewed', data });
}

/** A release that overtakes its reservation is remembered, so that the reservation finds nothing to do. */
export function release(scene: Scene, { lineId, reservationId }: CommandData<'release-stock'>): void {
  const { reservations } = scene.books;
  const reservation = reservations.get(reservationId);
  if (reservation?.state === 'issued') return;
  const known = reservation ?? { lineId, itemCode: 'LRS-015', base: 0, shares: [] };
  reservations.set(reservationId, { ...known, state: 'released' });
  const { allocationId } = scene.allocation();
  const data = { allocationId, lineId, reservationId, cause: 'released' as const, releasedBase: known.base };
  scene.report('supplies', { type: 'stock-released', data });
}

/** Books a delivery once, however often it is reported; missing pieces stay in transit. */
export function recordDelivery(scene: Scene, data: CommandData<'record-delivery'>): void {
  const { bookedTrips } = scene.books;
  const { allocationId, shipmentId, tripId, site } = data;
  if (bookedTrips.has(tripId)) return;
  bookedTrips.add(tripId);
  const lines = data.lines.map((line) => {
    moveToSite(scene, shipmentId, line);
    const { lineId, itemCode, receivedBase, damagedBase, lostBase, missingBase } = line;
    return { lineId, itemCode, receivedBase, damagedBase, lostBase, inTransitBase: missingBase };
  });
  const head = { allocationId, shipmentId, tripId, siteId: site.siteId, movementId: scene.newId() };
  scene.report('supplies', { type: 'stock-delivered', data: { ...head, lines } });
}

type DeliveredLine = CommandData<'record-delivery'>['lines'][number];

function moveToSite({ books }: Scene, shipmentId: string, line: DeliveredLine): void {
  const transit = books.transitOf(shipmentId, line.lineId);
  if (transit) transit.base -= line.receivedBase + line.damagedBase + line.lostBase;
  const there = books.atSite.get(line.lineId) ?? { usable: 0, damaged: 0, itemCode: line.itemCode };
  there.usable += line.receivedBase;
  there.damaged += line.damagedBase;
  books.atSite.set(line.lineId, there);
}
