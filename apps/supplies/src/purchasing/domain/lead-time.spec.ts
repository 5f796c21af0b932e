import { dayAfter } from '@ledger/contracts';
import { leadTimeRecord } from './lead-time';

const aDelivery = (promised: number, taken: number | null) => ({
  orderedOn: '2026-06-01',
  promisedOn: dayAfter('2026-06-01', promised),
  receivedOn: taken === null ? null : dayAfter('2026-06-01', taken),
});

describe('the lead time record of a supplier', () => {
  it('is empty for one who never had an order', () => {
    expect(leadTimeRecord([], '2026-07-01')).toEqual({
      ...{ completed: 0, late: 0, latePermille: null },
      ...{ medianDays: null, medianPromisedDays: null, longestDays: null },
    });
  });

  it('sets what was promised beside what was taken', () => {
    const record = leadTimeRecord([aDelivery(5, 5), aDelivery(5, 9), aDelivery(10, 7)], '2026-07-01');
    expect(record).toEqual({
      ...{ completed: 3, late: 1, latePermille: 333 },
      ...{ medianDays: 7, medianPromisedDays: 5, longestDays: 9 },
    });
  });

  it('counts what is overdue and never came as late, and what is not due yet not at all', () => {
    const record = leadTimeRecord([aDelivery(5, 5), aDelivery(5, null), aDelivery(60, null)], '2026-07-01');
    expect(record).toMatchObject({ completed: 1, late: 1, latePermille: 500, medianDays: 5 });
  });

  it('is not late on the promised day itself', () => {
    expect(leadTimeRecord([aDelivery(30, null)], '2026-07-01')).toMatchObject({ late: 0, latePermille: null });
    expect(leadTimeRecord([aDelivery(30, null)], '2026-07-02')).toMatchObject({ late: 1, latePermille: 1_000 });
  });
});
