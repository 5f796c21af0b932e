export const RESERVATION_STATES = ['soft', 'firm', 'issued', 'released', 'refused'] as const;
/**
 * soft: held for a plan that is not approved · firm: held for an approved use order · issued: nothing is held any more,
 * the last piece has left · released: ended by a release or by its deadline · refused: never held anything.
 */
export type ReservationState = (typeof RESERVATION_STATES)[number];

export const RESERVATION_EVENTS = [
  'hold-softly',
  'hold-firmly',
  'refuse',
  'renew-softly',
  'renew-firmly',
  'release',
  'expire',
  'issue-last',
] as const;
export type ReservationEvent = (typeof RESERVATION_EVENTS)[number];

/**
 * The life of a promise. `none` is an id nobody has seen: releasing it leaves a tombstone, so that its reserve, should
 * it come later, is refused. A firm promise never gets softer. Releasing what is over changes nothing and may be
 * repeated for ever. What is not in the table is forbidden.
 */
const TRANSITIONS: Readonly<
  Record<ReservationState | 'none', Readonly<Partial<Record<ReservationEvent, ReservationState>>>>
> = {
  none: { 'hold-softly': 'soft', 'hold-firmly': 'firm', refuse: 'refused', release: 'released' },
  soft: { 'renew-softly': 'soft', 'renew-firmly': 'firm', release: 'released', expire: 'released' },
  firm: {
    'renew-softly': 'firm',
    'renew-firmly': 'firm',
    release: 'released',
    expire: 'released',
    'issue-last': 'issued',
  },
  issued: { 'renew-softly': 'issued', 'renew-firmly': 'issued', release: 'issued' },
  released: { release: 'released' },
  refused: { release: 'refused' },
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextReservationState(
  state: ReservationState | 'none',
  event: ReservationEvent,
): ReservationState | undefined {
  return TRANSITIONS[state][event];
}

/** True while goods are held for the promise. */
export const isHeld = (state: ReservationState): boolean => state === 'soft' || state === 'firm';
