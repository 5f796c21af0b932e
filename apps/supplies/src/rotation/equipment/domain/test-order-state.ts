import type { TestResult } from './test-due';

export const TEST_ORDER_STATES = ['open', 'held', 'repair', 'done', 'void'] as const;
/**
 * open: a test is due soon or now · held: not tested in time, out of the free stock · repair: failed, out of the free
 * stock until it passes · done: passed · void: the lot has left the depot.
 */
export type TestOrderState = (typeof TEST_ORDER_STATES)[number];

export const TEST_ORDER_EVENTS = ['pass', 'fail', 'overdue', 'leave'] as const;
export type TestOrderEvent = (typeof TEST_ORDER_EVENTS)[number];

/** What is not in the table is forbidden. */
const TRANSITIONS: Readonly<Record<TestOrderState, Readonly<Partial<Record<TestOrderEvent, TestOrderState>>>>> = {
  open: { pass: 'done', fail: 'repair', overdue: 'held', leave: 'void' },
  held: { pass: 'done', fail: 'repair', leave: 'void' },
  repair: { pass: 'done', fail: 'repair', leave: 'void' },
  done: {},
  void: {},
};

/** The state after an event, or undefined when the event is forbidden in this state. */
export function nextTestOrderState(state: TestOrderState, event: TestOrderEvent): TestOrderState | undefined {
  return TRANSITIONS[state][event];
}

/** True while the equipment may not be issued. */
export const isHolding = (state: TestOrderState): boolean => state === 'held' || state === 'repair';

export const eventOfResult = (result: TestResult): 'pass' | 'fail' => (result === 'failed' ? 'fail' : 'pass');
