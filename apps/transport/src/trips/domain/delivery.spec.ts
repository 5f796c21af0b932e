import type { DomainError } from '@ledger/contracts';
import fc from 'fast-check';
import { settleDelivery, type ReportedLine } from './delivery';

const LOAD = [
  { lineId: 'tents', itemCode: 'LRS-020', quantityBase: 60 },
  { lineId: 'quilts', itemCode: 'LRS-001', quantityBase: 10 },
];

const aReport = (lineId: string, changes: Partial<ReportedLine> = {}): ReportedLine => ({
  lineId,
  receivedBase: 0,
  damagedBase: 0,
  lostBase: 0,
  ...changes,
});

function faultsOf(reported: ReportedLine[]): string[] {
  try {
    settleDelivery(LOAD, reported);
  } catch (error) {
    const { code, details } = error as DomainError;
    return [code, ...(details.errors ?? []).map((fault) => `${fault.pointer}: ${fault.reason}`)];
  }
  return [];
}

describe('settleDelivery', () => {
  it('counts what nobody reports as missing', () => {
    const tents = aReport('tents', { receivedBase: 55, damagedBase: 1, lostBase: 2 });
    expect(settleDelivery(LOAD, [aReport('quilts', { receivedBase: 10 }), tents])).toEqual([
      { lineId: 'tents', itemCode: 'LRS-020', receivedBase: 55, damagedBase: 1, lostBase: 2, missingBase: 2 },
      { lineId: 'quilts', itemCode: 'LRS-001', receivedBase: 10, damagedBase: 0, lostBase: 0, missingBase: 0 },
    ]);
  });

  it('accounts for every piece of every accepted report', () => {
    const share = fc.integer({ min: 0, max: 25 });
    const report = (lineId: string) =>
      fc.record({ lineId: fc.constant(lineId), receivedBase: share, damagedBase: share, lostBase: share });
    fc.assert(
      fc.property(report('tents'), report('quilts'), (tents, quilts) => {
        const sums = [tents, quilts].map((line) => line.receivedBase + line.damagedBase + line.lostBase);
        if (sums[0] > 60 || sums[1] > 10) {
          expect(faultsOf([tents, quilts])[0]).toBe('TRANSPORT_DELIVERY_MISMATCH');
          return;
        }
        const settled = settleDelivery(LOAD, [tents, quilts]);
        expect(settled.map((line, index) => sums[index] + line.missingBase)).toEqual([60, 10]);
        expect(settled.every((line) => line.missingBase >= 0)).toBe(true);
      }),
    );
  });

  it('names every line that does not match', () => {
    const reported = [
      aReport('tents', { receivedBase: 60, lostBase: 1 }),
      aReport('pumps'),
      aReport('tents', { receivedBase: 1 }),
    ];
    expect(faultsOf(reported)).toEqual([
      'TRANSPORT_DELIVERY_MISMATCH',
      '/lines/0: 61 pieces are reported, 60 were loaded',
      '/lines/1: the trip carries no such line',
      '/lines/2: the line is named twice',
      '/lines: line quilts of the load is left out',
    ]);
  });

  it('takes an empty report for a trip without goods', () => {
    expect(settleDelivery([], [])).toEqual([]);
  });
});
