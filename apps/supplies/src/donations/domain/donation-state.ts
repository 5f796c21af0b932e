export const DONATION_STATES = [
  'declared',
  'submitted',
  'accepted',
  'refused',
  'partly-received',
  'received',
  'withdrawn',
] as const;
/**
 * declared: somebody wants to give · submitted: looked at, waits for a second person · accepted: may come in · received:
 * every accepted line is in the store. A donation of money alone ends as accepted: money is recorded, not kept.
 */
export type DonationState = (typeof DONATION_STATES)[number];

export const DONATION_EVENTS = [
  'submit',
  'decline',
  'act-first',
  'approve',
  'reject',
  'receive-part',
  'receive-all',
  'undo-some',
  'undo-all',
  'withdraw',
  'sign-late',
  'refuse-late',
] as const;
export type DonationEvent = (typeof DONATION_EVENTS)[number];

/**
 * The life of a donation. `decline` is an inspection that takes nothing; `act-first` takes goods in at once and owes the
 * papers. Late papers never change what is in the store: a late refusal stops only what has not come. What is not in
 * the table is forbidden.
 */
const TRANSITIONS: Readonly<Record<DonationState, Readonly<Partial<Record<DonationEvent, DonationState>>>>> = {
  declared: { submit: 'submitted', decline: 'refused', 'act-first': 'accepted', withdraw: 'withdrawn' },
  submitted: { approve: 'accepted', reject: 'refused', withdraw: 'withdrawn' },
  accepted: {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    withdraw: 'withdrawn',
    'sign-late': 'accepted',
    'refuse-late': 'refused',
  },
  refused: {},
  'partly-received': {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    'undo-some': 'partly-received',
    'undo-all': 'accepted',
    'sign-late': 'partly-received',
    'refuse-late': 'partly-received',
  },
  received: {
    'undo-some': 'partly-received',
    'undo-all': 'accepted',
    'sign-late': 'received',
    'refuse-late': 'received',
  },
  withdrawn: { 'sign-late': 'withdrawn', 'refuse-late': 'withdrawn' },
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextDonationState(state: DonationState, event: DonationEvent): DonationState | undefined {
  return TRANSITIONS[state][event];
}
