import type { Draft } from './draft';
import { releaseReservation, standDownTeams } from './release';

/** After departure an end means: what is out comes back by movements of its own, what has not left is freed. */
export function turnBack(draft: Draft, why: string): void {
  draft.enter('turning-back', why);
  draft.state.outcome = 'cancelled';
  draft.clearDeadline('departure', draft.state.allocationId);
  draft.clearDeadline('renewal', draft.state.allocationId);
  callHome(draft, why);
}

/** Asks for the return of all that is out; asking again is harmless. */
export function callHome(draft: Draft, why: string): void {
  const { state } = draft;
  for (const line of state.goods) {
    if (line.reservation === 'issued') continue;
    releaseReservation(draft, line, why);
  }
  for (const trip of state.trips.filter(({ status }) => status === 'assigned' || status === 'departed')) {
    draft.send({ send: 'turn-back', data: { allocationId: state.allocationId, tripId: trip.tripId, reason: why } });
  }
  standDownTeams(draft, why);
  draft.awaitAnswer('release', state.allocationId, 'dispatcher');
}
