import {
  INSPECTION_STATES,
  assertMayInspect,
  eventOfFinding,
  nextInspectionState,
  type InspectionEvent,
  type InspectionState,
} from './inspection';

const EVENTS: readonly InspectionEvent[] = ['accept-all', 'reject-all', 'accept-some', 'withdraw'];
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('an inspection', () => {
  it('ends once: every pair of state and event', () => {
    const ENDS: Partial<Record<InspectionEvent, InspectionState>> = {
      'accept-all': 'passed',
      'reject-all': 'failed',
      'accept-some': 'partly',
      withdraw: 'withdrawn',
    };
    for (const state of INSPECTION_STATES) {
      for (const event of EVENTS) {
        const expected = state === 'open' ? ENDS[event] : 'SUPPLIES_INSPECTION_CLOSED';
        expect([state, event, codeOf(() => nextInspectionState(state, event))]).toEqual([state, event, expected]);
      }
    }
  });

  it.each([
    [{ acceptedBase: 10, rejectedBase: 0 }, 'accept-all'],
    [{ acceptedBase: 0, rejectedBase: 10, rejectionReason: 'torn' }, 'reject-all'],
    [{ acceptedBase: 7, rejectedBase: 3, rejectionReason: 'torn' }, 'accept-some'],
    [{ acceptedBase: 7, rejectedBase: 2, rejectionReason: 'torn' }, 'SUPPLIES_INSPECTION_INCOMPLETE'],
    [{ acceptedBase: 11, rejectedBase: 0 }, 'SUPPLIES_INSPECTION_INCOMPLETE'],
    [{ acceptedBase: 7, rejectedBase: 3 }, 'REQUEST_INVALID'],
    [{ acceptedBase: 10, rejectedBase: 0, rejectionReason: 'torn' }, 'REQUEST_INVALID'],
  ])('of ten pieces, with %j, is %s', (finding, expected) => {
    expect(codeOf(() => eventOfFinding(10, finding))).toBe(expected);
  });

  it.each([
    [false, 'keeper', undefined],
    [true, 'keeper', 'SUPPLIES_INSPECTION_BY_RECEIVER'],
    [true, 'somebody else', undefined],
  ])('with two people asked for: %s, by the %s', (twoPeople, inspector, expected) => {
    expect(codeOf(() => assertMayInspect({ twoPeople, withinHours: 72 }, 'keeper', inspector))).toBe(expected);
  });
});
