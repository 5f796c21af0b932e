import { LOAN_EVENTS, LOAN_STATES, nextLoanState } from './loan-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  requested: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  approved: { dispatch: 'on-the-road', refuse: 'refused', withdraw: 'withdrawn', lapse: 'lapsed' },
  'on-the-road': { receive: 'lent' },
  lent: { 'clear-part': 'lent', 'clear-all': 'closed' },
  closed: {},
  refused: {},
  withdrawn: {},
  lapsed: {},
};

const pairs = LOAN_STATES.flatMap((state) => LOAN_EVENTS.map((event) => [state, event] as const));

it.each(pairs)('a loan that is %s, on %s', (state, event) => {
  expect(nextLoanState(state, event) ?? 'forbidden').toBe(EXPECTED[state][event] ?? 'forbidden');
});

it('is never ended by time, refusal or withdrawal once the goods have left', () => {
  for (const state of ['on-the-road', 'lent'] as const) {
    for (const event of ['refuse', 'withdraw', 'lapse'] as const) expect(nextLoanState(state, event)).toBeUndefined();
  }
});
