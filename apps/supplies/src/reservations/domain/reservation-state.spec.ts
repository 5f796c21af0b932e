import { RESERVATION_EVENTS, RESERVATION_STATES, isHeld, nextReservationState } from './reservation-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  //        hold-softly hold-firmly refuse     renew-softly renew-firmly release     expire      issue-last
  none: ['soft', 'firm', 'refused', undefined, undefined, 'released', undefined, undefined],
  soft: [undefined, undefined, undefined, 'soft', 'firm', 'released', 'released', undefined],
  firm: [undefined, undefined, undefined, 'firm', 'firm', 'released', 'released', 'issued'],
  issued: [undefined, undefined, undefined, 'issued', 'issued', 'issued', undefined, undefined],
  released: [undefined, undefined, undefined, undefined, undefined, 'released', undefined, undefined],
  refused: [undefined, undefined, undefined, undefined, undefined, 'refused', undefined, undefined],
};

describe.each(['none', ...RESERVATION_STATES] as const)('a reservation in state %s', (state) => {
  it.each(RESERVATION_EVENTS.map((event, index) => [event, EXPECTED[state][index] ?? 'forbidden'] as const))(
    '%s → %s',
    (event, next) => {
      expect(nextReservationState(state, event) ?? 'forbidden').toBe(next);
    },
  );

  it('can be released, and released again without a change', () => {
    const once = nextReservationState(state, 'release');
    expect(once).toBeDefined();
    expect(once && nextReservationState(once, 'release')).toBe(once);
  });
});

it('only soft and firm promises hold goods', () => {
  expect(RESERVATION_STATES.filter(isHeld)).toEqual(['soft', 'firm']);
});
