export const AGREEMENT_STATES = ['draft', 'offered', 'in-force', 'suspended', 'declined', 'ended'] as const;
/**
 * draft: written by one side · offered: signed by the side that wrote it · in-force: signed by both · suspended: gives
 * nothing for now; what is lent stays owed.
 */
export type AgreementState = (typeof AGREEMENT_STATES)[number];

export const AGREEMENT_EVENTS = ['offer', 'accept', 'decline', 'suspend', 'resume', 'end'] as const;
export type AgreementEvent = (typeof AGREEMENT_EVENTS)[number];

/** The life of a sharing agreement. What is not in the table is forbidden. */
const TRANSITIONS: Readonly<Record<AgreementState, Readonly<Partial<Record<AgreementEvent, AgreementState>>>>> = {
  draft: { offer: 'offered', end: 'ended' },
  offered: { accept: 'in-force', decline: 'declined', end: 'ended' },
  'in-force': { suspend: 'suspended', end: 'ended' },
  suspended: { resume: 'in-force', end: 'ended' },
  declined: {},
  ended: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextAgreementState(state: AgreementState, event: AgreementEvent): AgreementState | undefined {
  return TRANSITIONS[state][event];
}

/** Whose hand an event needs: the side that offers, the side that answers, or either. */
export function sideOf(event: AgreementEvent): 'offering' | 'answering' | 'either' {
  if (event === 'offer') return 'offering';
  return event === 'accept' || event === 'decline' ? 'answering' : 'either';
}
