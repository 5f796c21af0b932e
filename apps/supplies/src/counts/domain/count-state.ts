export const COUNT_STATES = ['counting', 'recounting', 'submitted', 'closed', 'cancelled'] as const;
/**
 * counting: lines are recorded for the first time · recounting: some lines are counted again by another person ·
 * submitted: all lines are counted and their variances wait for approval · closed: the ledger agrees with what was
 * counted · cancelled: given up, nothing was posted.
 */
export type CountState = (typeof COUNT_STATES)[number];

export const COUNT_EVENTS = [
  'record',
  'demand-recount',
  'submit',
  'submit-without-variance',
  'approve',
  'reject',
  'overtake',
  'cancel',
  'expire',
] as const;
/** `overtake`: goods left between count and approval, so that the adjustment would take more than there is. */
export type CountEvent = (typeof COUNT_EVENTS)[number];

/** The life of a count. A count without any variance closes when it is submitted: there is nothing to approve. */
const TRANSITIONS: Readonly<Record<CountState, Readonly<Partial<Record<CountEvent, CountState>>>>> = {
  counting: {
    record: 'counting',
    'demand-recount': 'recounting',
    submit: 'submitted',
    'submit-without-variance': 'closed',
    cancel: 'cancelled',
    expire: 'cancelled',
  },
  recounting: {
    record: 'recounting',
    'demand-recount': 'recounting',
    submit: 'submitted',
    'submit-without-variance': 'closed',
    cancel: 'cancelled',
    expire: 'cancelled',
  },
  submitted: {
    approve: 'closed',
    reject: 'recounting',
    overtake: 'recounting',
    cancel: 'cancelled',
    expire: 'cancelled',
  },
  closed: {},
  cancelled: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export const nextCountState = (state: CountState, event: CountEvent): CountState | undefined =>
  TRANSITIONS[state][event];

/** True when nothing can happen to the count any more. */
export const isOver = (state: CountState): boolean => state === 'closed' || state === 'cancelled';
