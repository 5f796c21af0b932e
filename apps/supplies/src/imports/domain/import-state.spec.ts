import { IMPORT_EVENTS, IMPORT_STATES, WORKING_STATES, isOver, nextState } from './import-state';

const EXPECTED: Readonly<Record<string, string>> = {
  'uploaded inspect': 'inspected',
  'uploaded recognise': 'mapped',
  'uploaded fail': 'failed',
  'uploaded cancel': 'cancelled',
  'inspected map': 'mapped',
  'inspected cancel': 'cancelled',
  'mapped map': 'mapped',
  'mapped decide': 'mapped',
  'mapped check': 'checking',
  'mapped cancel': 'cancelled',
  'checking finish-check': 'checked',
  'checking fail': 'failed',
  'checking cancel': 'cancelled',
  'checked map': 'mapped',
  'checked decide': 'mapped',
  'checked check': 'checking',
  'checked commit': 'committing',
  'checked cancel': 'cancelled',
  'committing finish-commit': 'committed',
  'committing fail': 'failed',
};

const PAIRS = IMPORT_STATES.flatMap((state) => IMPORT_EVENTS.map((event) => [state, event] as const));

it.each(PAIRS)('%s and %s', (state, event) => {
  const expected = EXPECTED[`${state} ${event}`];
  if (expected) expect(nextState(state, event)).toBe(expected);
  else expect(() => nextState(state, event)).toThrow('SUPPLIES_IMPORT_STATE');
});

it('nothing is posted that was not checked as it is now', () => {
  expect(PAIRS.filter(([state, event]) => EXPECTED[`${state} ${event}`] === 'committing')).toEqual([
    ['checked', 'commit'],
  ]);
});

it('what has begun to be posted is not called off half-way', () => {
  expect(() => nextState('committing', 'cancel')).toThrow('SUPPLIES_IMPORT_STATE');
});

it('an import is over when nothing can happen to it', () => {
  expect(IMPORT_STATES.filter(isOver)).toEqual(['committed', 'failed', 'cancelled']);
  expect(WORKING_STATES.filter(isOver)).toEqual([]);
});
