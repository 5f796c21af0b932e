import type { Role } from '@ledger/contracts';
import { SCRAP_DECISIONS, SCRAP_STATES, assertMayDecide, nextScrapState } from './scrap';

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('a proposal is decided once: every pair of state and decision', () => {
  for (const state of SCRAP_STATES) {
    for (const decision of SCRAP_DECISIONS) {
      const expected = decision === 'approve' ? 'approved' : 'rejected';
      const found = codeOf(() => nextScrapState(state, decision));
      expect(found).toBe(state === 'proposed' ? expected : 'SUPPLIES_SCRAP_DECIDED');
    }
  }
});

describe('whoever decides', () => {
  const decide = (
    value: { residualValueFen: number; bookValueFen: number | null },
    userId: string,
    roles: Role[],
    decision: 'approve' | 'reject' = 'approve',
  ) => codeOf(() => assertMayDecide({ ...value, proposedById: 'keeper' }, { userId, roles }, decision, 1_000));

  it.each([
    [
      'is not the proposer',
      { residualValueFen: 1, bookValueFen: null },
      'keeper',
      ['approver'],
      'SUPPLIES_SCRAP_BY_PROPOSER',
    ],
    [
      'may be a stock manager below the threshold',
      { residualValueFen: 999, bookValueFen: null },
      'm',
      ['stock-manager'],
      undefined,
    ],
    [
      'is an approver from the threshold on',
      { residualValueFen: 1_000, bookValueFen: null },
      'm',
      ['stock-manager'],
      'SUPPLIES_SCRAP_APPROVER_REQUIRED',
    ],
    [
      'is an approver for goods that were worth that much',
      { residualValueFen: 0, bookValueFen: 5_000 },
      'm',
      ['stock-manager'],
      'SUPPLIES_SCRAP_APPROVER_REQUIRED',
    ],
    ['is content when it is one', { residualValueFen: 5_000, bookValueFen: null }, 'a', ['approver'], undefined],
  ] as const)('%s', (_what, value, userId, roles, expected) => {
    expect(decide(value, userId, [...roles])).toBe(expected);
  });

  it('needs no approver to say no', () => {
    expect(decide({ residualValueFen: 9_999, bookValueFen: null }, 'm', ['stock-manager'], 'reject')).toBeUndefined();
  });
});
