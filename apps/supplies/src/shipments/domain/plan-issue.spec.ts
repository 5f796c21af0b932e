import { totalBase } from '../../stock/domain/draw';
import { uuid } from '../../stock/domain/testing/builders';
import { issuePostings, planIssue, type IssueLine, type OpenShare } from './plan-issue';

const rules = { today: '2026-07-01', overriddenLotIds: new Set<string>() };
const aLine = (overrides: Partial<IssueLine> = {}): IssueLine => ({
  lineId: uuid(300),
  reservationId: uuid(500),
  itemCode: 'LRS-020',
  quantityBase: 10,
  ...overrides,
});
const aShare = (number: number, overrides: Partial<OpenShare> = {}): OpenShare => ({
  reservationId: uuid(500),
  lotId: uuid(number),
  batchNumber: `B${number}`,
  quantityBase: 10,
  expiryDate: null,
  quality: 'good',
  ...overrides,
});

describe('planIssue', () => {
  it('lets the lot that expires first leave first', () => {
    const shares = [aShare(1), aShare(2, { expiryDate: '2026-08-01', quantityBase: 4 })];
    const parts = planIssue([aLine()], shares, rules);
    expect(parts.map(({ lotId, quantityBase }) => [lotId, quantityBase])).toEqual([
      [uuid(2), 4],
      [uuid(1), 6],
    ]);
  });

  it('gives each line only what is held for its own reservation', () => {
    const lines = [aLine(), aLine({ lineId: uuid(301), reservationId: uuid(501) })];
    const parts = planIssue(lines, [aShare(1), aShare(1, { reservationId: uuid(501) })], rules);
    expect(parts.map(({ lineId, reservationId }) => [lineId, reservationId])).toEqual([
      [uuid(300), uuid(500)],
      [uuid(301), uuid(501)],
    ]);
    expect(totalBase(parts)).toBe(20);
  });

  it('never gives the same piece to two lines of one reservation', () => {
    const lines = [aLine({ quantityBase: 6 }), aLine({ lineId: uuid(301), quantityBase: 5 })];
    expect(() => planIssue(lines, [aShare(1)], rules)).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' }) as Error,
    );
  });

  it.each([
    ['expired', { expiryDate: '2026-06-30' }],
    ['held', { quality: 'held' }],
    ['recalled', { quality: 'recalled' }],
  ] as const)('stops a lot that is %s, and lets it go under a use order', (why, condition) => {
    const shares = [aShare(1, condition)];
    expect(() => planIssue([aLine()], shares, rules)).toThrow(
      expect.objectContaining({
        code: 'SUPPLIES_LOT_NOT_ISSUABLE',
        details: expect.objectContaining({ facts: { lotId: uuid(1), batchNumber: 'B1', why } }) as object,
      }) as Error,
    );
    expect(planIssue([aLine()], shares, { ...rules, overriddenLotIds: new Set([uuid(1)]) })).toHaveLength(1);
  });
});

it('issuePostings put the parts on the road', () => {
  const parts = planIssue([aLine()], [aShare(1)], rules);
  expect(issuePostings({ depotId: uuid(100), shipmentId: uuid(400) }, parts)).toEqual([
    {
      lotId: uuid(1),
      itemCode: 'LRS-020',
      expiryDate: null,
      from: `depot:${uuid(100)}:reserved`,
      to: `transit:${uuid(400)}`,
      quantityBase: 10,
      lineId: uuid(300),
    },
  ]);
});
