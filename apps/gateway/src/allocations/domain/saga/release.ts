import type { GoodsLine, Outcome } from '../allocation';
import type { Draft } from './draft';

/** What is still held before a departure, and so has to be given back. */
const HELD_RESERVATIONS: readonly GoodsLine['reservation'][] = ['requested', 'held', 'confirming', 'firm', 'releasing'];
const HELD_ASSIGNMENTS: readonly string[] = ['requested', 'booked', 'releasing'];
const HELD_CALL_UPS: readonly string[] = ['requested', 'accepted', 'standing-down'];

/**
 * Before departure: gives everything back, wherever the allocation stopped. Every command may be repeated for ever, and
 * each one also stops a request that comes late.
 */
export function startRelease(draft: Draft, outcome: Outcome, why: string): void {
  draft.enter('releasing', why);
  draft.state.outcome = outcome;
  draft.clearDeadline('approval', draft.state.allocationId);
  draft.clearDeadline('departure', draft.state.allocationId);
  draft.clearDeadline('renewal', draft.state.allocationId);
  sendReleases(draft, why);
  progressRelease(draft);
}

/** Asks again for all that has not been confirmed as released. */
export function sendReleases(draft: Draft, why: string): void {
  const { state } = draft;
  const { allocationId } = state;
  for (const line of state.goods) releaseReservation(draft, line, why);
  if (state.assignment && HELD_ASSIGNMENTS.includes(state.assignment.status)) {
    state.assignment.status = 'releasing';
    draft.send({
      send: 'release-vehicles',
      data: { allocationId, assignmentId: state.assignment.assignmentId, reason: why },
    });
  }
  standDownTeams(draft, why);
  draft.awaitAnswer('release', allocationId, 'dispatcher');
}

export function releaseReservation(draft: Draft, line: GoodsLine, why: string): void {
  if (!line.reservationId || !HELD_RESERVATIONS.includes(line.reservation)) return;
  line.reservation = 'releasing';
  draft.clearDeadline('reservation', line.reservationId);
  draft.send({
    send: 'release-stock',
    data: {
      allocationId: draft.state.allocationId,
      lineId: line.lineId,
      reservationId: line.reservationId,
      reason: why,
    },
  });
}

export function standDownTeams(draft: Draft, why: string): void {
  for (const line of draft.state.teams) {
    for (const callUp of line.callUps.filter((candidate) => HELD_CALL_UPS.includes(candidate.status))) {
      callUp.status = 'standing-down';
      draft.clearDeadline('call-up', callUp.callUpId);
      draft.send({
        send: 'stand-down',
        data: { allocationId: draft.state.allocationId, lineId: line.lineId, callUpId: callUp.callUpId, reason: why },
      });
    }
  }
}

/** Ends a release once nothing is held any more. */
export function progressRelease(draft: Draft): void {
  const { state } = draft;
  if (state.phase !== 'releasing' || !state.outcome) return;
  const held =
    state.goods.some((line) => HELD_RESERVATIONS.includes(line.reservation)) ||
    (state.assignment !== null && HELD_ASSIGNMENTS.includes(state.assignment.status)) ||
    state.teams.some((line) => line.callUps.some((callUp) => HELD_CALL_UPS.includes(callUp.status)));
  if (held) return;
  draft.clearDeadline('release', state.allocationId);
  draft.enter(state.outcome, 'everything that was held is free again');
}
