import type { AllocationState } from '../allocation';
import { hasEnded } from '../phase-transitions';
import { onDeadlinePassed } from './deadlines';
import { onApproved, onCancelled, onRejected, onSubmitted } from './decisions';
import { Draft, type SagaContext } from './draft';
import { onReplanned, onReservationRenewed, onStockRefused, onStockReleased, onStockReserved } from './goods';
import { onStockIssued, onTripCompleted, onTripDelivered, onTripDeparted, onTripTurnedBack } from './movement';
import type { SagaCommand, TimelineEntry } from './saga-commands';
import type { SagaEvent, SagaEventData, SagaEventType } from './saga-events';
import { onDifferenceSettled, onHandoutRecorded, onStockDelivered, onStockReturned } from './site-work';
import {
  onCallUpRefused,
  onTeamAccepted,
  onTeamDeclined,
  onTeamProgressed,
  onTeamRequested,
  onTeamStoodDown,
} from './teams';
import { onAssignmentRefused, onVehiclesAssigned, onVehiclesReleased } from './vehicles';

export interface Step {
  readonly state: AllocationState;
  readonly commands: readonly SagaCommand[];
  readonly entries: readonly TimelineEntry[];
}

type Handlers = { readonly [Type in SagaEventType]: (draft: Draft, data: SagaEventData[Type]) => void };

/**
 * The saga on one screen: goods, vehicles and teams of one allocation.
 *
 * | asked | done | refused or late |
 * |---|---|---|
 * | reserve-stock | stock-reserved | stock-refused, stock-released: plan the line anew without that source; release-stock |
 * | renew-reservation | reservation-renewed | as above |
 * | assign-vehicles | vehicles-assigned | assignment-refused: own → contract → requisition → release all; release-vehicles |
 * | call-up | team-accepted | team-declined: teams asks the next; call-up-refused: the line stays unmet; stand-down |
 * | order-issue | stock-issued, trip-departed | the keeper is told; turn-back after departure |
 * | record-delivery | stock-delivered | what is missing stays in transit until difference-settled |
 * | – | handout-recorded, stock-returned, trip-completed, team-stood-down | closed when all is accounted for |
 */
const HANDLERS: Handlers = {
  submitted: onSubmitted,
  approved: onApproved,
  rejected: onRejected,
  cancelled: onCancelled,
  replanned: onReplanned,
  'deadline-passed': onDeadlinePassed,
  'stock-reserved': onStockReserved,
  'stock-refused': onStockRefused,
  'reservation-renewed': onReservationRenewed,
  'stock-released': onStockReleased,
  'stock-issued': onStockIssued,
  'stock-delivered': onStockDelivered,
  'difference-settled': onDifferenceSettled,
  'handout-recorded': onHandoutRecorded,
  'stock-returned': onStockReturned,
  'vehicles-assigned': onVehiclesAssigned,
  'assignment-refused': onAssignmentRefused,
  'vehicles-released': onVehiclesReleased,
  'trip-departed': onTripDeparted,
  'trip-delivered': onTripDelivered,
  'trip-turned-back': onTripTurnedBack,
  'trip-completed': onTripCompleted,
  'team-requested': onTeamRequested,
  'team-accepted': onTeamAccepted,
  'team-declined': onTeamDeclined,
  'call-up-refused': onCallUpRefused,
  'team-progressed': onTeamProgressed,
  'team-stood-down': onTeamStoodDown,
};

/**
 * One step of the saga: state and event in, state, commands and timeline entries out. Pure: ids come in through the
 * context, times with the events. An event that does not concern the present state changes nothing.
 * @throws DomainError GATEWAY_TRANSITION_FORBIDDEN when a person asks for a change the phase does not allow
 */
export function advance(state: AllocationState, event: SagaEvent, context: SagaContext): Step {
  const draft = new Draft(state, context);
  if (!hasEnded(state.phase) || isDecision(event)) {
    (HANDLERS[event.type] as (draft: Draft, data: SagaEvent['data']) => void)(draft, event.data);
  } else {
    returnLateGains(draft, event);
  }
  return { state: draft.state, commands: draft.commands, entries: draft.entries };
}

const isDecision = (event: SagaEvent): boolean =>
  ['submitted', 'approved', 'rejected', 'cancelled'].includes(event.type);

/** Something is promised to an allocation that has ended: give it back at once. */
function returnLateGains(draft: Draft, event: SagaEvent): void {
  if (event.type === 'stock-reserved') {
    const { allocationId, lineId, reservationId } = event.data;
    draft.send({
      send: 'release-stock',
      data: { allocationId, lineId, reservationId, reason: 'the allocation has ended' },
    });
  }
  if (event.type === 'vehicles-assigned') {
    const { allocationId, assignmentId } = event.data;
    draft.send({ send: 'release-vehicles', data: { allocationId, assignmentId, reason: 'the allocation has ended' } });
  }
  if (event.type === 'team-requested' || event.type === 'team-accepted') {
    const { allocationId, lineId, callUpId } = event.data;
    draft.send({
      send: 'stand-down',
      data: { allocationId, lineId, callUpId, reason: 'the allocation has ended' },
    });
  }
}
