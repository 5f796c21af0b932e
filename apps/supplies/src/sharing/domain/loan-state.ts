export const LOAN_STATES = [
  'requested',
  'approved',
  'on-the-road',
  'lent',
  'closed',
  'refused',
  'withdrawn',
  'lapsed',
] as const;
/**
 * requested: holds the pieces it asks for · approved: the lender's commander agreed · on-the-road: the goods left and
 * are owed · lent: the borrower counted what came · closed: nothing is owed any more · lapsed: nobody acted in time.
 */
export type LoanState = (typeof LOAN_STATES)[number];

export const LOAN_EVENTS = [
  'approve',
  'refuse',
  'withdraw',
  'lapse',
  'dispatch',
  'receive',
  'clear-part',
  'clear-all',
] as const;
export type LoanEvent = (typeof LOAN_EVENTS)[number];

/** The life of a loan. Only giving back, replacing or paying clears it. What is not in the table is forbidden. */
const TRANSITIONS: Readonly<Record<LoanState, Readonly<Partial<Record<LoanEvent, LoanState>>>>> = {
  requested: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  approved: { dispatch: 'on-the-road', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  'on-the-road': { receive: 'lent' },
  lent: { 'clear-part': 'lent', 'clear-all': 'closed' },
  closed: {},
  refused: {},
  withdrawn: {},
  lapsed: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextLoanState(state: LoanState, event: LoanEvent): LoanState | undefined {
  return TRANSITIONS[state][event];
}
