import type { AssignmentRefused, VehiclesAssigned, VehiclesReleased } from '@ledger/contracts';
import { SOURCINGS, type Assignment, type Sourcing } from '../allocation';
import type { Draft } from './draft';
import { progressMobilisation } from './mobilisation';
import { progressRelease, startRelease } from './release';
import { requestAssignment, sendVehicleRelease } from './vehicle-requests';

export function onVehiclesAssigned(draft: Draft, data: VehiclesAssigned): void {
  const { state } = draft;
  const current = state.assignment;
  if (current?.assignmentId !== data.assignmentId) {
    sendVehicleRelease(draft, data.assignmentId, 'replaced by a later assignment');
    return draft.note('vehicles', 'a late booking is given back', 'replaced by a later assignment');
  }
  if (current.status !== 'requested') return;
  draft.clearDeadline('assignment', data.assignmentId);
  current.status = 'booked';
  state.trips = data.trips.map((trip) => ({
    tripId: trip.tripId,
    shipmentId: trip.shipmentId,
    plate: trip.plate,
    driverName: trip.driverName,
    sourcing: trip.sourcing,
    status: 'assigned',
    booked: trip.shipmentId === null,
    delivery: null,
  }));
  const plates = data.trips.map((trip) => trip.plate).join(', ');
  draft.note('vehicles', `${data.trips.length} vehicle(s) booked: ${plates}`, `sourcing: ${current.sourcing}`);
  progressMobilisation(draft);
}

export function onAssignmentRefused(draft: Draft, data: AssignmentRefused): void {
  const current = draft.state.assignment;
  if (current?.assignmentId !== data.assignmentId) return;
  draft.clearDeadline('assignment', data.assignmentId);
  if (current.status === 'releasing') return endRelease(draft, current);
  if (current.status !== 'requested') return;
  current.status = 'refused';
  draft.note('vehicles', `no vehicles by way of ${current.sourcing}`, data.reason);
  const next = SOURCINGS[SOURCINGS.indexOf(current.sourcing) + 1] as Sourcing | undefined;
  if (next) return requestAssignment(draft, next);
  startRelease(draft, 'failed', `no vehicle can be had: ${data.reason}`);
}

export function onVehiclesReleased(draft: Draft, data: VehiclesReleased): void {
  const current = draft.state.assignment;
  if (current?.assignmentId !== data.assignmentId) return;
  draft.clearDeadline('assignment', data.assignmentId);
  if (current.status === 'releasing') return endRelease(draft, current);
  if (current.status !== 'booked' || !['mobilising', 'ready'].includes(draft.state.phase)) return;
  startRelease(draft, 'failed', 'the booking of the vehicles ended before departure');
}

function endRelease(draft: Draft, assignment: Assignment): void {
  assignment.status = 'released';
  for (const trip of draft.state.trips) if (trip.status === 'assigned') trip.status = 'cancelled';
  draft.note('vehicles', 'booking released');
  progressRelease(draft);
}
