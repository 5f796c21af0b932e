import { openPoints } from './closing';
import type { Draft } from './draft';
import { confirmReservation, sendReservation } from './goods';
import { orderIssue } from './mobilisation';
import { sendDelivery } from './movement';
import { sendReleases, startRelease } from './release';
import type { DeadlineKind, DecisionEvents } from './saga-events';
import { sendCallUp } from './teams';
import { callHome } from './turn-back';
import { RETRIES_BEFORE_ATTENTION, TIMINGS } from './timings';
import { sendAssignment } from './vehicle-requests';

type DeadlineRule = (draft: Draft, subjectId: string) => void;

/**
 * What happens when a step is late. A missing answer means "not known", not "failed": the same question is asked again
 * with the same ids; after some tries a named owner is told as well.
 */
const RULES: Readonly<Record<DeadlineKind, DeadlineRule>> = {
  approval: (draft) => {
    if (draft.state.phase === 'awaiting-approval') startRelease(draft, 'lapsed', 'nobody decided in time');
  },
  renewal: (draft) => {
    if (!['mobilising', 'ready', 'under-way'].includes(draft.state.phase)) return;
    for (const line of draft.state.goods) if (line.reservation === 'firm') confirmReservation(draft, line);
    draft.setDeadline('renewal', draft.state.allocationId, { seconds: TIMINGS.renewalSeconds, owner: 'gateway' });
  },
  release: (draft, subjectId) => {
    const { phase } = draft.state;
    if (phase !== 'releasing' && phase !== 'turning-back') return;
    countRetry(draft, subjectId, 'dispatcher', 'something is still held');
    if (phase === 'releasing') sendReleases(draft, 'asked again');
    else callHome(draft, 'asked again');
  },
  departure: (draft) => {
    if (!['ready', 'under-way'].includes(draft.state.phase)) return;
    draft.state.attention = { owner: 'keeper', reason: 'goods or vehicles stand ready and have not left' };
    draft.note('deadline', 'not everything has left', 'the keeper is told');
    for (const shipment of draft.state.shipments) orderIssue(draft, shipment);
    draft.setDeadline('departure', draft.state.allocationId, { seconds: TIMINGS.departureSeconds, owner: 'keeper' });
  },
  reservation: (draft, subjectId) => {
    const line = draft.state.goods.find((candidate) => candidate.reservationId === subjectId);
    if (!line) return;
    if (line.reservation === 'requested') {
      countRetry(draft, subjectId, 'supplies', 'no answer to a promise of goods');
      sendReservation(draft, line);
    } else if (line.reservation === 'confirming' || line.reservation === 'firm') {
      countRetry(draft, subjectId, 'supplies', 'no answer to a confirmation of goods');
      confirmReservation(draft, line);
    }
  },
  assignment: (draft, subjectId) => {
    const { assignment } = draft.state;
    if (assignment?.assignmentId !== subjectId || assignment.status !== 'requested') return;
    countRetry(draft, subjectId, 'transport', 'no answer to a booking of vehicles');
    sendAssignment(draft, assignment);
  },
  'call-up': (draft, subjectId) => {
    const found = draft.callUp(subjectId);
    if (found?.callUp.status !== 'requested') return;
    countRetry(draft, subjectId, 'teams', 'no answer to a call-up');
    sendCallUp(draft, found.line, found.callUp);
  },
  arrival: (draft, subjectId) => {
    const trip = draft.trip(subjectId);
    if (trip?.status !== 'departed') return;
    draft.state.attention = { owner: 'driver', reason: `${trip.plate} is late` };
    draft.note('deadline', `${trip.plate} is late`, 'the driver is to be asked');
    draft.setDeadline('arrival', subjectId, { seconds: TIMINGS.lateSeconds, owner: 'driver' });
  },
  closing: (draft, subjectId) => {
    if (draft.state.phase !== 'on-site') return;
    const open = openPoints(draft.state).join('; ');
    draft.state.attention = { owner: 'keeper', reason: `still open: ${open}` };
    draft.note('deadline', 'not everything is back', open);
    draft.setDeadline('closing', subjectId, { seconds: TIMINGS.closingSeconds, owner: 'keeper' });
  },
  'delivery-booking': (draft, subjectId) => {
    const trip = draft.trip(subjectId);
    if (!trip || trip.booked) return;
    countRetry(draft, subjectId, 'stock-manager', `the delivery of ${trip.plate} is not in the ledger`);
    sendDelivery(draft, trip);
  },
};

export function onDeadlinePassed(draft: Draft, data: DecisionEvents['deadline-passed']): void {
  RULES[data.kind](draft, data.subjectId);
}

function countRetry(draft: Draft, subjectId: string, owner: string, reason: string): void {
  const retries = (draft.state.retries[subjectId] ?? 0) + 1;
  draft.state.retries[subjectId] = retries;
  draft.note('deadline', reason, `asked again, try ${retries + 1}`);
  if (retries >= RETRIES_BEFORE_ATTENTION) draft.state.attention = { owner, reason };
}
