import type { GoodsLine, Shipment } from '../allocation';
import type { Draft } from './draft';
import { requestAssignment } from './vehicle-requests';
import { TIMINGS } from './timings';

const isSettled = (line: GoodsLine): boolean => ['firm', 'none', 'issued'].includes(line.reservation);

/** True when nothing about the goods of the allocation is still being asked. */
const goodsSettled = (draft: Draft): boolean =>
  draft.state.goods.every(
    (line) => isSettled(line) || line.reservation === 'held' || line.reservation === 'confirming',
  );

/**
 * Goes on with an approved allocation as far as the answers allow: books vehicles when the sources of the goods stand,
 * and orders the issue when goods are firm and vehicles booked. Teams come on their own; goods do not wait for them.
 */
export function progressMobilisation(draft: Draft): void {
  const { state } = draft;
  if (state.phase !== 'mobilising' || awaitsReplan(draft)) return;
  if (!state.assignment && goodsSettled(draft)) startAssignment(draft);
  const transportReady = state.assignment?.status === 'booked' || nothingToCarry(draft);
  if (transportReady && state.goods.every(isSettled)) becomeReady(draft);
}

/** A line that was refused and has sources to try is being planned anew; its answer comes in the same transaction. */
const awaitsReplan = (draft: Draft): boolean =>
  draft.commands.some((command) => 'own' in command && command.own === 'replan');

const nothingToCarry = (draft: Draft): boolean =>
  draft.state.vehicles.length === 0 && draft.state.goods.every((line) => line.reservation === 'none');

function startAssignment(draft: Draft): void {
  if (nothingToCarry(draft)) return;
  draft.state.shipments = shipmentsOf(draft);
  requestAssignment(draft, 'own');
}

/** One shipment per depot, with the lines it gives. */
function shipmentsOf(draft: Draft): Shipment[] {
  const byDepot = new Map<string, Shipment>();
  for (const line of draft.state.goods) {
    if (!line.reservationId) continue;
    for (const source of line.sources) {
      const shipment = byDepot.get(source.depotId) ?? {
        shipmentId: draft.context.nextId(),
        depotId: source.depotId,
        lines: [],
        status: 'planned' as const,
      };
      byDepot.set(source.depotId, shipment);
      shipment.lines.push({
        lineId: line.lineId,
        reservationId: line.reservationId,
        itemCode: line.itemCode,
        quantityBase: source.quantityBase,
      });
    }
  }
  return [...byDepot.values()];
}

function becomeReady(draft: Draft): void {
  const { state } = draft;
  const hasTeams = state.teams.some((line) => line.callUps.some((callUp) => callUp.status !== 'refused'));
  draft.enter('ready', 'goods are firm and vehicles are booked');
  for (const shipment of state.shipments) orderIssue(draft, shipment);
  if (state.trips.length > 0) {
    draft.setDeadline('departure', state.allocationId, { seconds: TIMINGS.departureSeconds, owner: 'keeper' });
  } else if (hasTeams) {
    draft.enter('on-site', 'only teams were asked for');
    draft.setDeadline('closing', state.allocationId, { seconds: TIMINGS.closingSeconds, owner: 'dispatcher' });
  }
}

/** Asks the keeper to hand a shipment over to its trips; asking again is harmless. */
export function orderIssue(draft: Draft, shipment: Shipment): void {
  const { state } = draft;
  if (shipment.status === 'issued') return;
  shipment.status = 'ordered';
  draft.send({
    send: 'order-issue',
    data: {
      allocationId: state.allocationId,
      incidentId: state.incidentId,
      shipmentId: shipment.shipmentId,
      depotId: shipment.depotId,
      site: state.site,
      lines: shipment.lines,
      trips: state.trips
        .filter((trip) => trip.shipmentId === shipment.shipmentId)
        .map(({ tripId, plate, driverName }) => ({ tripId, plate, driverName })),
      useOrder: state.useOrder ?? '',
    },
  });
}

/** A line that lost its promise leaves its shipments: the rest is ordered anew, and a trip with nothing to carry is freed. */
export function withdrawFromShipments(draft: Draft, line: GoodsLine): void {
  const { state } = draft;
  const affected = state.shipments.filter(
    ({ status, lines }) => status === 'ordered' && lines.some(({ lineId }) => lineId === line.lineId),
  );
  for (const shipment of affected) {
    shipment.lines = shipment.lines.filter(({ lineId }) => lineId !== line.lineId);
    if (shipment.lines.length > 0) orderIssue(draft, shipment);
    else freeTrips(draft, shipment.shipmentId);
  }
  state.shipments = state.shipments.filter(({ lines }) => lines.length > 0);
}

function freeTrips(draft: Draft, shipmentId: string): void {
  const { allocationId, trips } = draft.state;
  for (const { tripId } of trips.filter((trip) => trip.shipmentId === shipmentId && trip.status === 'assigned')) {
    draft.send({ send: 'turn-back', data: { allocationId, tripId, reason: 'nothing to carry' } });
  }
}
