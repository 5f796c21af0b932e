import { TEST_ORDER_EVENTS, TEST_ORDER_STATES, eventOfResult, isHolding, nextTestOrderState } from './test-order-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //       pass   fail      overdue    leave
  open: ['done', 'repair', 'held', 'void'],
  held: ['done', 'repair', undefined, 'void'],
  repair: ['done', 'repair', undefined, 'void'],
  done: [undefined, undefined, undefined, undefined],
  void: [undefined, undefined, undefined, undefined],
};

describe.each(TEST_ORDER_STATES)('a test order in state %s', (state) => {
  it.each(TEST_ORDER_EVENTS.map((event, index) => [event, EXPECTED[state][index] ?? 'forbidden'] as const))(
    '%s → %s',
    (event, next) => {
      expect(nextTestOrderState(state, event) ?? 'forbidden').toBe(next);
    },
  );
});

it('holds equipment that failed or was not tested in time', () => {
  expect(TEST_ORDER_STATES.filter(isHolding)).toEqual(['held', 'repair']);
});

it('takes a pass with remarks for a pass', () => {
  expect([eventOfResult('passed'), eventOfResult('remarks'), eventOfResult('failed')]).toEqual([
    'pass',
    'pass',
    'fail',
  ]);
});
