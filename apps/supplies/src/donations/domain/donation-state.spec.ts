import { DONATION_EVENTS, DONATION_STATES, nextDonationState } from './donation-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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

const pairs = DONATION_STATES.flatMap((state) => DONATION_EVENTS.map((event) => [state, event] as const));

it.each(pairs)('a donation that is %s, on %s', (state, event) => {
  expect(nextDonationState(state, event) ?? 'forbidden').toBe(EXPECTED[state][event] ?? 'forbidden');
});

it('is taken in only after it was accepted', () => {
  const taking = pairs.filter(([state, event]) => event.startsWith('receive') && nextDonationState(state, event));
  expect(new Set(taking.map(([state]) => state))).toEqual(new Set(['accepted', 'partly-received']));
});
