import type { AllocationState } from '../allocation';
import type { Draft } from './draft';

/**
 * What still keeps an allocation open, in words: goods that are nowhere accounted for, trips that are not back, teams
 * that are not stood down, promises that are still held. Empty means that it can close.
 */
export function openPoints(state: AllocationState): string[] {
  const goods = state.goods.flatMap((line) => {
    const { inTransitBase, atSiteBase, damagedAtSiteBase } = line.account;
    const open = inTransitBase + atSiteBase + damagedAtSiteBase;
    const held = ['requested', 'held', 'confirming', 'firm', 'releasing'].includes(line.reservation);
    return [
      ...(open > 0
        ? [
            `${line.itemName}: ${inTransitBase} in transit, ${atSiteBase} at the site, ${damagedAtSiteBase} damaged there`,
          ]
        : []),
      ...(held ? [`${line.itemName}: promised and not issued`] : []),
    ];
  });
  const trips = state.trips
    .filter((trip) => trip.status !== 'cancelled' && (trip.status !== 'completed' || !trip.booked))
    .map((trip) => `${trip.plate}: ${trip.status}`);
  const teams = state.teams.flatMap((line) =>
    line.callUps
      .filter((callUp) => !['none', 'refused', 'stood-down'].includes(callUp.status))
      .map((callUp) => `${callUp.teamName ?? line.typeCode}: ${callUp.status}`),
  );
  return [...goods, ...trips, ...teams];
}

/** Closes an allocation whose every piece, trip and team is accounted for. */
export function progressClosing(draft: Draft): void {
  const { phase } = draft.state;
  const mayClose = phase === 'on-site' || phase === 'turning-back';
  if (!mayClose || openPoints(draft.state).length > 0) return;
  if (phase === 'on-site') draft.state.outcome = 'closed';
  draft.clearDeadline('release', draft.state.allocationId);
  draft.clearDeadline('closing', draft.state.allocationId);
  draft.enter(phase === 'on-site' ? 'closed' : 'cancelled', 'every piece, vehicle and team is accounted for');
}
