import type { AssignVehicles } from '@ledger/contracts';
import type { Assignment, Shipment, Sourcing } from '../allocation';
import type { Draft } from './draft';
import { TIMINGS } from './timings';

/** Asks transport for vehicles with one way of sourcing and everything before it, under a new assignment id. */
export function requestAssignment(draft: Draft, sourcing: Sourcing): void {
  draft.state.assignment = { assignmentId: draft.context.nextId(), sourcing, status: 'requested' };
  sendAssignment(draft, draft.state.assignment);
}

export function sendAssignment(draft: Draft, assignment: Assignment): void {
  const { state } = draft;
  draft.send({
    send: 'assign-vehicles',
    data: {
      allocationId: state.allocationId,
      incidentId: state.incidentId,
      assignmentId: assignment.assignmentId,
      site: state.site,
      sourcing: assignment.sourcing,
      regionCode: state.site.regionCode.slice(0, 6),
      shipments: state.shipments.map((shipment) => describeShipment(draft, shipment)),
      vehicleLines: state.vehicles,
      holdSeconds: TIMINGS.firmHoldSeconds,
    },
  });
  draft.awaitAnswer('assignment', assignment.assignmentId, 'transport');
}

export function sendVehicleRelease(draft: Draft, assignmentId: string, reason: string): void {
  draft.send({
    send: 'release-vehicles',
    data: { allocationId: draft.state.allocationId, assignmentId, reason },
  });
}

function describeShipment(draft: Draft, shipment: Shipment): AssignVehicles['shipments'][number] {
  const source = draft.state.goods
    .flatMap((line) => line.sources)
    .find((candidate) => candidate.depotId === shipment.depotId);
  return {
    shipmentId: shipment.shipmentId,
    origin: {
      depotId: shipment.depotId,
      name: source?.depotName ?? shipment.depotId,
      regionCode: source?.regionCode ?? draft.state.site.regionCode,
      latitude: source?.latitude ?? draft.state.site.latitude,
      longitude: source?.longitude ?? draft.state.site.longitude,
    },
    lines: shipment.lines.map((line) => {
      const goods = draft.goodsLine(line.lineId);
      return {
        lineId: line.lineId,
        itemCode: line.itemCode,
        quantityBase: line.quantityBase,
        weightGrams: goods?.weightGrams ?? 0,
        volumeCubicCentimetres: goods?.volumeCubicCentimetres ?? 0,
      };
    }),
  };
}
