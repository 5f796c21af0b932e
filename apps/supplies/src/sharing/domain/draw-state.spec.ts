import { DRAW_EVENTS, DRAW_STATES, nextDrawState } from './draw-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  requested: { sign: 'on-the-road', refuse: 'refused', lapse: 'lapsed' },
  'on-the-road': { receive: 'received' },
  received: {},
  refused: {},
  lapsed: {},
};

const pairs = DRAW_STATES.flatMap((state) => DRAW_EVENTS.map((event) => [state, event] as const));

it.each(pairs)('a draw that is %s, on %s', (state, event) => {
  expect(nextDrawState(state, event) ?? 'forbidden').toBe(EXPECTED[state][event] ?? 'forbidden');
});
