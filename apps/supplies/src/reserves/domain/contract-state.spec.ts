import { RESERVE_STATES } from '@ledger/contracts';
import { CONTRACT_EVENTS, nextContractState } from './contract-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  //          activate     suspend      resume       end
  draft: ['active', 'forbidden', 'forbidden', 'ended'],
  active: ['forbidden', 'suspended', 'forbidden', 'ended'],
  suspended: ['forbidden', 'forbidden', 'active', 'ended'],
  ended: ['forbidden', 'forbidden', 'forbidden', 'forbidden'],
};

describe.each(RESERVE_STATES)('a contract in state %s', (state) => {
  it.each(CONTRACT_EVENTS.map((event, index) => [event, EXPECTED[state][index]] as const))('%s → %s', (event, next) => {
    expect(nextContractState(state, event) ?? 'forbidden').toBe(next);
  });
});
