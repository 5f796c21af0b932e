import type { Day } from '../../../stock/domain/calendar';
import { addDays, addMonths } from '../../domain/months';

/** What is done to equipment in store. A cylinder is tested on its own date, whatever the check of its set found. */
export const TEST_KINDS = ['run-test', 'cylinder-test', 'set-check', 'calibrate', 'inspect', 'vehicle-check'] as const;
export type TestKind = (typeof TEST_KINDS)[number];

export const TEST_RESULTS = ['passed', 'remarks', 'failed'] as const;
/** remarks: passed, with something to look after. */
export type TestResult = (typeof TEST_RESULTS)[number];

/** What is known of the last time that a lot in a depot was tested. */
export interface TestClock {
  /** The last time it passed here. */
  readonly passedHereOn: Day | null;
  /** The last time it passed elsewhere before it came here: a journey does not make equipment any younger. */
  readonly passedBeforeArrivalOn: Day | null;
  /** The day on which the lot came into the ledger. */
  readonly receivedOn: Day;
}

/** When a test is to be done. */
export interface TestRule {
  /** Integer ≥ 1. */
  readonly intervalMonths: number;
  /** Days before the due day from which an order stands open. */
  readonly noticeDays: number;
  /** Days after the due day in which the equipment may still be used. */
  readonly graceDays: number;
}

export interface TestDue {
  readonly dueOn: Day;
  /** From this day on an order stands open. */
  readonly opensOn: Day;
  /** From this day on equipment that was not tested is held. */
  readonly holdOn: Day;
}

/**
 * When the next test of a lot in a depot is due: an interval after the last time it passed, or after it was received.
 * Source: plan 004 §22 (rotation; gear kept ready).
 */
export function testDue(clock: TestClock, rule: TestRule): TestDue {
  const since = clock.passedHereOn ?? clock.passedBeforeArrivalOn ?? clock.receivedOn;
  const dueOn = addMonths(since, rule.intervalMonths);
  return { dueOn, opensOn: addDays(dueOn, -rule.noticeDays), holdOn: addDays(dueOn, rule.graceDays + 1) };
}

/** The next due day after a test, or null after a failed one: it has to pass first. */
export function nextDueAfter(result: TestResult, testedOn: Day, intervalMonths: number): Day | null {
  return result === 'failed' ? null : addMonths(testedOn, intervalMonths);
}
