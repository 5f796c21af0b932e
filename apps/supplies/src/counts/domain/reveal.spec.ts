import { COUNT_STATES } from './count-state';
import { mayReveal } from './reveal';

describe('what the ledger expects', () => {
  it.each(COUNT_STATES)('is open to all in a count that is not blind (%s)', (state) => {
    expect([true, false].map((isCounter) => mayReveal({ blind: false, state }, isCounter))).toEqual([true, true]);
  });

  it.each([
    ['counting', false],
    ['recounting', false],
    ['submitted', true],
    ['closed', true],
    ['cancelled', true],
  ] as const)('in a blind count that is %s is shown to those who did not count: %s', (state, shown) => {
    expect(mayReveal({ blind: true, state }, false)).toBe(shown);
    expect(mayReveal({ blind: true, state }, true)).toBe(false);
  });
});
