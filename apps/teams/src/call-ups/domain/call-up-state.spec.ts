import { DomainError } from '@ledger/contracts';
import { CALL_UP_STATES, CALL_UP_STEPS, PROGRESS_STEP, isEnded, nextState } from './call-up-state';

/** Written down a second time, from the requirement: the only pairs that may succeed. */
const ALLOWED = new Map([
  ['requested accept', 'accepted'],
  ['requested decline', 'requested'],
  ['requested run-late', 'requested'],
  ['requested run-out', 'refused'],
  ['requested stand-down', 'cancelled'],
  ['accepted muster', 'mustering'],
  ['accepted stand-down', 'cancelled'],
  ['mustering set-out', 'en-route'],
  ['mustering stand-down', 'cancelled'],
  ['en-route arrive', 'on-scene'],
  ['en-route stand-down', 'cancelled'],
  ['on-scene release', 'released'],
  ['on-scene stand-down', 'stood-down'],
  ['released stand-down', 'stood-down'],
]);

const PAIRS = CALL_UP_STATES.flatMap((state) => CALL_UP_STEPS.map((step) => ({ state, step })));

describe('the life of a call-up', () => {
  it.each(PAIRS)('$state, $step', ({ state, step }) => {
    const expected = ALLOWED.get(`${state} ${step}`);
    if (expected) expect(nextState(state, step)).toBe(expected);
    else expect(() => nextState(state, step)).toThrow(DomainError);
  });

  it('names the state and the step in a refusal', () => {
    expect(() => nextState('refused', 'arrive')).toThrow(
      expect.objectContaining({
        code: 'TEAMS_TRANSITION_FORBIDDEN',
        details: expect.objectContaining({ facts: { state: 'refused', step: 'arrive' } }),
      }),
    );
  });

  it('ends in exactly three states', () => {
    expect(CALL_UP_STATES.filter(isEnded)).toEqual(['stood-down', 'refused', 'cancelled']);
  });

  it.each(Object.entries(PROGRESS_STEP))('reaches %s by %s and by no other step', (state, step) => {
    const ways = PAIRS.filter((pair) => ALLOWED.get(`${pair.state} ${pair.step}`) === state);
    expect(ways.map((way) => way.step)).toEqual([step]);
  });
});
