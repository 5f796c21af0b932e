import { PHASES } from './allocation';
import { ENDED_PHASES, PHASE_TRANSITIONS, hasEnded, requireTransition } from './phase-transitions';

const pairs = PHASES.flatMap((from) => PHASES.map((to) => [from, to] as const));

describe('the phases of an allocation', () => {
  it.each(pairs)('%s → %s is as the table says', (from, to) => {
    const attempt = (): void => requireTransition(from, to);
    if (PHASE_TRANSITIONS[from].includes(to)) expect(attempt).not.toThrow();
    else expect(attempt).toThrow('GATEWAY_TRANSITION_FORBIDDEN');
  });

  it('has an end that can be reached from every phase', () => {
    for (const phase of PHASES) {
      const seen = new Set([phase]);
      for (const reached of seen) for (const next of PHASE_TRANSITIONS[reached]) seen.add(next);
      expect([...seen].some(hasEnded)).toBe(true);
    }
  });

  it('ends in exactly the five ways an allocation can end', () => {
    expect([...ENDED_PHASES].sort()).toEqual(['cancelled', 'closed', 'failed', 'lapsed', 'rejected']);
  });
});
