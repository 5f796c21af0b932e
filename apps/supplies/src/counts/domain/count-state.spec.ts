import { COUNT_EVENTS, COUNT_STATES, isOver, nextCountState } from './count-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //           record        demand-recount submit       …without-variance approve    reject        overtake      cancel       expire
  counting: [
    'counting',
    'recounting',
    'submitted',
    'closed',
    undefined,
    undefined,
    undefined,
    'cancelled',
    'cancelled',
  ],
  recounting: [
    'recounting',
    'recounting',
    'submitted',
    'closed',
    undefined,
    undefined,
    undefined,
    'cancelled',
    'cancelled',
  ],
  submitted: [
    undefined,
    undefined,
    undefined,
    undefined,
    'closed',
    'recounting',
    'recounting',
    'cancelled',
    'cancelled',
  ],
  closed: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
  cancelled: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
};

describe.each(COUNT_STATES)('a count in state %s', (state) => {
  it.each(COUNT_EVENTS.map((event, index) => [event, EXPECTED[state][index] ?? 'forbidden'] as const))(
    '%s → %s',
    (event, next) => {
      expect(nextCountState(state, event) ?? 'forbidden').toBe(next);
    },
  );

  it('is over exactly when nothing can happen to it any more', () => {
    expect(isOver(state)).toBe(COUNT_EVENTS.every((event) => nextCountState(state, event) === undefined));
  });
});
