import type { StockIssued, TripCompleted, TripDelivered, TripDeparted, TripTurnedBack } from '@ledger/contracts';
import type { Trip } from '../allocation';
import { progressClosing } from './closing';
import type { Draft } from './draft';
import { TIMINGS } from './timings';
import { turnBack } from './turn-back';

export function onStockIssued(draft: Draft, data: StockIssued): void {
  const shipment = draft.state.shipments.find((candidate) => candidate.shipmentId === data.shipmentId);
  if (!shipment || shipment.status === 'issued') return;
  shipment.status = 'issued';
  for (const issued of data.lines) {
    const line = draft.goodsLine(issued.lineId);
    if (!line) continue;
    line.account.issuedBase += issued.quantityBase;
    line.account.inTransitBase += issued.quantityBase;
    const planned = line.sources.reduce((sum, source) => sum + source.quantityBase, 0);
    if (line.account.issuedBase >= planned) line.reservation = 'issued';
  }
  draft.note('issue', `${data.issuedBy} handed over ${summary(draft, data.lines)}`);
  leftWhileReleasing(draft);
}

export function onTripDeparted(draft: Draft, data: TripDeparted): void {
  const trip = draft.trip(data.tripId);
  if (trip?.status !== 'assigned') return;
  trip.status = 'departed';
  const travelSeconds = Math.max(0, (Date.parse(data.estimatedArrival) - Date.parse(data.departedAt)) / 1000);
  draft.setDeadline('arrival', trip.tripId, { seconds: travelSeconds + TIMINGS.lateSeconds, owner: 'driver' });
  draft.note('depart', `${data.plate} set out, pass ${data.passNumber}`, `expected ${data.estimatedArrival}`);
  leftWhileReleasing(draft);
  if (draft.state.phase === 'ready') draft.enter('under-way', `${data.plate} set out`);
  if (draft.state.trips.every((candidate) => candidate.status !== 'assigned')) {
    draft.clearDeadline('departure', draft.state.allocationId);
    draft.clearDeadline('renewal', draft.state.allocationId);
  }
}

export function onTripDelivered(draft: Draft, data: TripDelivered): void {
  const trip = draft.trip(data.tripId);
  if (!trip || trip.status === 'delivered' || trip.status === 'completed') return;
  trip.status = 'delivered';
  draft.clearDeadline('arrival', trip.tripId);
  const differences = data.lines
    .filter((line) => line.damagedBase + line.lostBase + line.missingBase > 0)
    .map(describe);
  draft.note('deliver', `${trip.plate}: taken over by ${data.receiverName}`, differences.join('; '));
  if (!data.shipmentId || data.lines.length === 0) {
    trip.booked = true;
  } else {
    trip.delivery = {
      allocationId: data.allocationId,
      incidentId: draft.state.incidentId,
      shipmentId: data.shipmentId,
      tripId: data.tripId,
      site: draft.state.site,
      lines: data.lines,
      receiverName: data.receiverName,
      deliveredAt: data.deliveredAt,
    };
    sendDelivery(draft, trip);
  }
  progressDelivery(draft);
}

export function onTripTurnedBack(draft: Draft, data: TripTurnedBack): void {
  const trip = draft.trip(data.tripId);
  if (!trip || ['delivered', 'completed', 'turned-back'].includes(trip.status)) return;
  trip.status = 'turned-back';
  draft.clearDeadline('arrival', trip.tripId);
  trip.booked = true;
  draft.note('turn back', `${trip.plate} is on the way back`);
  progressClosing(draft);
}

export function onTripCompleted(draft: Draft, data: TripCompleted): void {
  const trip = draft.trip(data.tripId);
  if (!trip || trip.status === 'completed') return;
  if (trip.status !== 'delivered') trip.booked = true;
  trip.status = 'completed';
  draft.note('return', `${trip.plate} is back and free`);
  progressDelivery(draft);
}

/** The end was decided while goods were already leaving: they are called home instead of released. */
function leftWhileReleasing(draft: Draft): void {
  if (draft.state.phase === 'releasing') turnBack(draft, 'goods or vehicles had already left');
}

/** Asks supplies to book a hand-over; the trip's id makes a second time harmless. */
export function sendDelivery(draft: Draft, trip: Trip): void {
  if (!trip.delivery) return;
  draft.send({ send: 'record-delivery', data: trip.delivery });
  draft.awaitAnswer('delivery-booking', trip.tripId, 'supplies');
}

/** With the last trip at its end the work goes on at the site. */
export function progressDelivery(draft: Draft): void {
  const arrived = draft.state.trips.every((trip) => !['assigned', 'departed'].includes(trip.status) && trip.booked);
  if (['ready', 'under-way'].includes(draft.state.phase) && arrived) {
    draft.enter('on-site', 'all trips have arrived');
    draft.setDeadline('closing', draft.state.allocationId, { seconds: TIMINGS.closingSeconds, owner: 'keeper' });
  }
  progressClosing(draft);
}

function describe(line: TripDelivered['lines'][number]): string {
  return `${line.itemCode}: ${line.damagedBase} damaged, ${line.lostBase} lost, ${line.missingBase} missing`;
}

function summary(draft: Draft, lines: StockIssued['lines']): string {
  const totals = new Map<string, number>();
  for (const line of lines) totals.set(line.lineId, (totals.get(line.lineId) ?? 0) + line.quantityBase);
  return [...totals].map(([lineId, total]) => `${total} ${draft.goodsLine(lineId)?.itemName ?? lineId}`).join(', ');
}
