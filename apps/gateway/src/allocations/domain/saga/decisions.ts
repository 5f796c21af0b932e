import type { AllocationState } from '../allocation';
import type { Draft } from './draft';
import { confirmReservation, requestReservation } from './goods';
import { progressMobilisation } from './mobilisation';
import { startRelease } from './release';
import type { DecisionEvents } from './saga-events';
import { requestCallUps } from './teams';
import { TIMINGS } from './timings';
import { turnBack } from './turn-back';

/** Holds the goods of a plan softly until somebody has decided. */
export function onSubmitted(draft: Draft, data: DecisionEvents['submitted']): void {
  draft.enter('awaiting-approval', `an approver of the ${data.approvalTier} signs`);
  for (const line of draft.state.goods) requestReservation(draft, line);
  draft.setDeadline('approval', draft.state.allocationId, { seconds: TIMINGS.approvalSeconds, owner: 'approver' });
}

/** Goods, vehicles and teams are asked for at the same time. */
export function onApproved(draft: Draft, data: DecisionEvents['approved']): void {
  const { state } = draft;
  draft.enter('mobilising', `use order ${data.useOrder}`);
  state.useOrder = data.useOrder;
  draft.clearDeadline('approval', state.allocationId);
  draft.setDeadline('renewal', state.allocationId, { seconds: TIMINGS.renewalSeconds, owner: 'gateway' });
  for (const line of state.goods) if (line.reservation === 'held') confirmReservation(draft, line);
  requestCallUps(draft);
  progressMobilisation(draft);
}

export function onRejected(draft: Draft, data: DecisionEvents['rejected']): void {
  draft.note('decision', 'rejected', data.reason);
  startRelease(draft, 'rejected', data.reason);
}

/** Before departure everything is given back; after it the goods, vehicles and teams are called home. */
export function onCancelled(draft: Draft, data: DecisionEvents['cancelled']): void {
  draft.note('decision', 'cancelled', data.reason);
  if (draft.state.phase === 'draft') {
    draft.state.outcome = 'cancelled';
    return draft.enter('cancelled', data.reason);
  }
  if (hasLeft(draft.state)) return turnBack(draft, data.reason);
  startRelease(draft, 'cancelled', data.reason);
}

/** Goods have left a depot or a vehicle is on the road: what is out has to come back by movements of its own. */
const hasLeft = (state: AllocationState): boolean =>
  state.shipments.some((shipment) => shipment.status === 'issued') ||
  state.trips.some((trip) => trip.status !== 'assigned');
