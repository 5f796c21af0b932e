import type { CheckResult } from './check-service';
import { type VerifyReport, countDifferences, describeReport } from './report';

function aCheck(changes: Partial<CheckResult> = {}): CheckResult {
  return { id: 'supplies.sum', title: 'postings of a lot sum to zero', differences: 0, rows: [], ...changes };
}

function aReport(...checks: CheckResult[]): VerifyReport {
  return {
    checkedAt: '2026-11-22T10:00:00.000Z',
    source: 'data folder /data',
    services: [{ service: 'supplies', checks }],
  };
}

describe('the verification report', () => {
  it('says that all rules hold', () => {
    const report = aReport(aCheck(), aCheck({ title: 'balances equal postings' }));
    expect(countDifferences(report)).toBe(0);
    expect(describeReport(report)).toContain('2 rules: all hold');
  });

  it('shows the rows that differ and how many are not shown', () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({ lot: index }));
    const text = describeReport(aReport(aCheck({ differences: 23, rows }), aCheck()));
    expect(text).toContain('23 differ');
    expect(text).toContain('{"lot":19}');
    expect(text).toContain('… and 3 more');
    expect(text).toContain('2 rules: 1 broken, 23 differences');
  });
});
