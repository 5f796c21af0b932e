import { aHolding, uuid } from '../../stock/domain/testing/builders';
import { handoutPostings } from './plan-handout';
import { lineAtSite, type SiteLine } from './site-line';

const rules = { today: '2026-07-01', overriddenLotIds: new Set<string>() };
const aSiteLine = (overrides: Partial<SiteLine> = {}): SiteLine => ({
  lineId: uuid(300),
  itemCode: 'LIV-002',
  recoverable: false,
  receivedBase: 10,
  consumedBase: 0,
  inUseBase: 0,
  intact: [aHolding()],
  damaged: [],
  ...overrides,
});
const throwing = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('handoutPostings', () => {
  it('take consumed goods out of the books, the lot that expires first', () => {
    const intact = [aHolding(), aHolding({ lotId: uuid(2), expiryDate: '2026-07-01', quantityBase: 4 })];
    const postings = handoutPostings(aSiteLine({ intact, receivedBase: 14 }), 6, rules);
    expect(postings.map(({ to, lotId, quantityBase }) => [to, lotId, quantityBase])).toEqual([
      ['consumed', uuid(2), 4],
      ['consumed', uuid(1), 2],
    ]);
  });

  it('leave recoverable goods where they are', () => {
    expect(handoutPostings(aSiteLine({ recoverable: true, inUseBase: 4 }), 6, rules)).toEqual([]);
  });

  it.each([true, false])('refuse more than is at the site (recoverable: %s)', (recoverable) => {
    expect(() => handoutPostings(aSiteLine({ recoverable }), 11, rules)).toThrow(
      throwing('SUPPLIES_QUANTITY_EXCEEDS_BALANCE'),
    );
  });

  it('refuse recoverable goods that are in use already', () => {
    expect(() => handoutPostings(aSiteLine({ recoverable: true, inUseBase: 5 }), 6, rules)).toThrow(
      throwing('SUPPLIES_QUANTITY_EXCEEDS_BALANCE'),
    );
  });

  it.each([true, false])('never take expired goods, but for a use order (recoverable: %s)', (recoverable) => {
    const intact = [
      aHolding({ expiryDate: '2026-06-30', quantityBase: 6 }),
      aHolding({ lotId: uuid(2), quantityBase: 4 }),
    ];
    const line = aSiteLine({ intact, recoverable });
    expect(() => handoutPostings(line, 5, rules)).toThrow(throwing('SUPPLIES_LOT_NOT_ISSUABLE'));
    expect(() => handoutPostings(line, 4, rules)).not.toThrow();
    expect(() => handoutPostings(line, 5, { ...rules, overriddenLotIds: new Set([uuid(1)]) })).not.toThrow();
  });
});

describe('lineAtSite', () => {
  it('finds a line, and refuses one that the site never had', () => {
    const line = aSiteLine();
    const lines = new Map([[line.lineId, line]]);
    expect(lineAtSite(lines, line.lineId, 1)).toBe(line);
    expect(() => lineAtSite(lines, uuid(301), 1)).toThrow(throwing('SUPPLIES_QUANTITY_EXCEEDS_BALANCE'));
  });
});
