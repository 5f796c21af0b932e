import { OPENING_STATES } from './depot-entry';
import { DEPOT_WORK, assertAtWork, assertTransition } from './opening-state';

const pairs = OPENING_STATES.flatMap((from) => OPENING_STATES.map((to) => [from, to] as const));

describe('the opening state of a depot', () => {
  const allowed = ['open suspended', 'open closed', 'suspended open', 'suspended closed', 'closed open'];

  it.each(pairs)('changes from %s to %s or refuses, by the table', (from, to) => {
    if (allowed.includes(`${from} ${to}`)) expect(() => assertTransition(from, to)).not.toThrow();
    else {
      expect(() => assertTransition(from, to)).toThrow(
        expect.objectContaining({ code: 'SUPPLIES_DEPOT_TRANSITION_FORBIDDEN' }),
      );
    }
  });

  const refused = ['suspended receive', 'closed receive', 'closed work'];
  const works = OPENING_STATES.flatMap((state) => DEPOT_WORK.map((work) => [state, work] as const));

  it.each(works)('%s lets people %s or refuses, by the table', (state, work) => {
    if (refused.includes(`${state} ${work}`)) {
      expect(() => assertAtWork(state, work)).toThrow(expect.objectContaining({ code: 'SUPPLIES_DEPOT_CLOSED' }));
    } else expect(() => assertAtWork(state, work)).not.toThrow();
  });
});
