import { DomainError } from '@ledger/contracts';
import { TRIP_STATES, TRIP_STEPS, departure, isWaiting, nextTripState } from './trip-state';

/** Written down a second time, from the requirement: the only pairs that may succeed. */
const ALLOWED = new Map([
  ['assigned load', 'loaded'],
  ['assigned depart', 'departed'],
  ['assigned cancel', 'cancelled'],
  ['loaded depart', 'departed'],
  ['loaded cancel', 'cancelled'],
  ['departed deliver', 'delivered'],
  ['departed turn-back', 'turned-back'],
  ['delivered return', 'completed'],
  ['turned-back return', 'completed'],
]);

const PAIRS = TRIP_STATES.flatMap((state) => TRIP_STEPS.map((step) => ({ state, step })));

describe('the life of a trip', () => {
  it.each(PAIRS)('$state, $step', ({ state, step }) => {
    const expected = ALLOWED.get(`${state} ${step}`);
    if (expected) expect(nextTripState(state, step)).toBe(expected);
    else expect(() => nextTripState(state, step)).toThrow(DomainError);
  });

  it('can be cancelled only before it departs', () => {
    expect(TRIP_STATES.filter(isWaiting)).toEqual(['assigned', 'loaded']);
  });
});

describe('departure', () => {
  it('waits for the goods, if there are any', () => {
    const early = (): unknown => departure({ state: 'assigned', hasGoods: true });
    expect(early).toThrow(expect.objectContaining({ code: 'TRANSPORT_GOODS_NOT_LOADED' }));
    expect(departure({ state: 'loaded', hasGoods: true })).toBe('departed');
    expect(departure({ state: 'assigned', hasGoods: false })).toBe('departed');
  });

  it('happens once', () => {
    const twice = (): unknown => departure({ state: 'departed', hasGoods: true });
    expect(twice).toThrow(expect.objectContaining({ code: 'TRANSPORT_TRANSITION_FORBIDDEN' }));
  });
});
