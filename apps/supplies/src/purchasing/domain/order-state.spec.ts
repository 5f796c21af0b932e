import { CALLING_STATES, ORDER_EVENTS, ORDER_STATES, isExpectingGoods, nextOrderState } from './order-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  draft: { revise: 'draft', submit: 'submitted', 'act-first': 'sent', cancel: 'cancelled' },
  submitted: { approve: 'approved', reject: 'rejected', cancel: 'cancelled' },
  approved: { send: 'sent', cancel: 'cancelled' },
  rejected: { revise: 'draft', cancel: 'cancelled' },
  sent: {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    cancel: 'cancelled',
    'sign-late': 'sent',
    'refuse-late': 'cancelled',
  },
  'partly-received': {
    'receive-part': 'partly-received',
    'receive-all': 'received',
    'undo-some': 'partly-received',
    'undo-all': 'sent',
    close: 'closed',
    'sign-late': 'partly-received',
    'refuse-late': 'closed',
  },
  received: {
    'undo-some': 'partly-received',
    'undo-all': 'sent',
    close: 'closed',
    'sign-late': 'received',
    'refuse-late': 'received',
  },
  closed: { 'undo-some': 'closed', 'undo-all': 'closed', 'sign-late': 'closed', 'refuse-late': 'closed' },
  cancelled: { 'sign-late': 'cancelled', 'refuse-late': 'cancelled' },
};

const pairs = ORDER_STATES.flatMap((state) => ORDER_EVENTS.map((event) => [state, event] as const));

it.each(pairs)('a purchase order that is %s, on %s', (state, event) => {
  expect(nextOrderState(state, event) ?? 'forbidden').toBe(EXPECTED[state][event] ?? 'forbidden');
});

it('takes goods in only between sending and the last piece', () => {
  expect(ORDER_STATES.filter(isExpectingGoods)).toEqual(['sent', 'partly-received']);
});

it('reaches the supplier only over a signature, or first with the papers owed', () => {
  const before = pairs.filter(([state, event]) => nextOrderState(state, event) === 'sent' && !isExpectingGoods(state));
  expect(before).toEqual([
    ['draft', 'act-first'],
    ['approved', 'send'],
    ['received', 'undo-all'],
  ]);
});

it('takes from the agreement from its submission on, until it is rejected or cancelled', () => {
  expect(ORDER_STATES.filter((state) => !CALLING_STATES.includes(state))).toEqual(['draft', 'rejected', 'cancelled']);
});
