import { ORDER_EVENTS, ORDER_STATES, eventOfGoods, isEnded, nextOrderState } from './order-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //              plan           act            exhaust                   refill         close     cancel
  open: ['planned', 'in-progress', 'awaiting-replenishment', undefined, 'closed', 'cancelled'],
  planned: ['planned', 'in-progress', 'awaiting-replenishment', undefined, 'closed', 'cancelled'],
  'in-progress': ['in-progress', 'in-progress', 'awaiting-replenishment', undefined, 'closed', undefined],
  'awaiting-replenishment': [undefined, undefined, undefined, 'in-progress', 'closed', undefined],
  closed: [undefined, undefined, undefined, undefined, undefined, undefined],
  cancelled: [undefined, undefined, undefined, undefined, undefined, undefined],
};

describe.each(ORDER_STATES)('a rotation order in state %s', (state) => {
  it.each(ORDER_EVENTS.map((event, index) => [event, EXPECTED[state][index] ?? 'forbidden'] as const))(
    '%s → %s',
    (event, next) => {
      expect(nextOrderState(state, event) ?? 'forbidden').toBe(next);
    },
  );
});

it('ends closed or cancelled', () => {
  expect(ORDER_STATES.filter(isEnded)).toEqual(['closed', 'cancelled']);
});

describe('the goods of an order', () => {
  it.each([
    ['open', 0, 'exhaust'],
    ['open', 5, undefined],
    ['in-progress', 0, 'exhaust'],
    ['awaiting-replenishment', 0, undefined],
    ['awaiting-replenishment', 5, 'refill'],
    ['closed', 5, undefined],
    ['cancelled', 0, undefined],
  ] as const)('of an order that is %s with %i left ask for %s', (state, leftBase, event) => {
    expect(eventOfGoods(state, leftBase)).toBe(event);
  });
});
