import { AGREEMENT_EVENTS, AGREEMENT_STATES, nextAgreementState, sideOf } from './agreement-state';

/** Every pair of state and event, spelled out: a change of the table has to be made twice, on purpose. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  draft: { offer: 'offered', end: 'ended' },
  offered: { accept: 'in-force', decline: 'declined', end: 'ended' },
  'in-force': { suspend: 'suspended', end: 'ended' },
  suspended: { resume: 'in-force', end: 'ended' },
  declined: {},
  ended: {},
};

const pairs = AGREEMENT_STATES.flatMap((state) => AGREEMENT_EVENTS.map((event) => [state, event] as const));

it.each(pairs)('an agreement that is %s, on %s', (state, event) => {
  expect(nextAgreementState(state, event) ?? 'forbidden').toBe(EXPECTED[state][event] ?? 'forbidden');
});

it('comes into force only after both sides signed', () => {
  const starting = pairs.filter(([state, event]) => nextAgreementState(state, event) === 'in-force');
  expect(starting).toEqual([
    ['offered', 'accept'],
    ['suspended', 'resume'],
  ]);
  expect([sideOf('offer'), sideOf('accept'), sideOf('end')]).toEqual(['offering', 'answering', 'either']);
});
