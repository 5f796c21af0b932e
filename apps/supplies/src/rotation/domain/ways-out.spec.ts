import { uuid } from '../../stock/domain/testing/builders';
import { assertExtension, leavingPosting, type LeavingGoods } from './ways-out';

const today = '2026-07-01';
const throwing = (code: string): Error => expect.objectContaining({ code }) as Error;
const goods = (overrides: Partial<LeavingGoods> = {}, lot: Partial<LeavingGoods['lot']> = {}): LeavingGoods => ({
  way: 'use',
  depotId: uuid(100),
  fromState: 'available',
  lot: {
    lotId: uuid(1),
    itemCode: 'LIV-002',
    batchNumber: 'B1',
    expiryDate: '2026-07-01',
    quality: 'good',
    purposeBound: false,
    ...lot,
  },
  quantityBase: 7,
  ...overrides,
});

describe('goods leave', () => {
  it.each([
    ['use', 'use', 'consumed'],
    ['drill', 'use', 'consumed'],
    ['swap', 'rotate', 'rotated-out'],
    ['donate', 'rotate', 'rotated-out'],
    ['sell', 'rotate', 'rotated-out'],
    ['scrap', 'scrap', 'scrapped'],
  ] as const)('by %s with a movement of kind %s to %s', (way, kind, to) => {
    const leaving = leavingPosting(goods({ way }), today);
    expect(leaving.kind).toBe(kind);
    expect(leaving.posting).toMatchObject({ from: `depot:${uuid(100)}:available`, to, quantityBase: 7 });
  });

  it.each(['use', 'drill', 'donate', 'sell'] as const)('not by %s once they are past their date', (way) => {
    expect(() => leavingPosting(goods({ way }, { expiryDate: '2026-06-30' }), today)).toThrow(
      throwing('SUPPLIES_LOT_NOT_ISSUABLE'),
    );
    expect(() => leavingPosting(goods({ way }, { quality: 'recalled' }), today)).toThrow(
      throwing('SUPPLIES_LOT_NOT_ISSUABLE'),
    );
    expect(() => leavingPosting(goods({ way, fromState: 'quarantine' }), today)).toThrow(
      throwing('SUPPLIES_LOT_NOT_ISSUABLE'),
    );
  });

  it.each(['swap', 'scrap'] as const)('by %s also past their date and out of quarantine', (way) => {
    const leaving = leavingPosting(goods({ way, fromState: 'quarantine' }, { expiryDate: '2026-06-30' }), today);
    expect(leaving.posting.from).toBe(`depot:${uuid(100)}:quarantine`);
  });
});

describe('goods that were given for a purpose', () => {
  it.each(['use', 'drill', 'donate', 'sell', 'swap'] as const)('do not leave by %s', (way) => {
    expect(() => leavingPosting(goods({ way }, { purposeBound: true }), today)).toThrow(
      throwing('SUPPLIES_DONATION_PURPOSE_BREACH'),
    );
  });

  it('can be scrapped when they are past use', () => {
    expect(() => leavingPosting(goods({ way: 'scrap' }, { purposeBound: true }), today)).not.toThrow();
  });
});

describe('an appraisal', () => {
  const lot = { lifeEnd: '2026-08-01', itemCode: 'LRS-001', perishable: false, shelfLifeBasis: 'estimate' };

  it('extends goods that do not live by a printed date', () => {
    expect(() => assertExtension(lot, '2027-08-01', today)).not.toThrow();
    expect(() => assertExtension({ ...lot, lifeEnd: '2020-01-01' }, '2026-07-02', today)).not.toThrow();
    expect(() => assertExtension(lot, '2031-07-01', today)).not.toThrow();
  });

  it.each([{ perishable: true }, { shelfLifeBasis: 'label' }])('never makes food or medicine younger (%j)', (kind) => {
    expect(() => assertExtension({ ...lot, ...kind }, '2027-08-01', today)).toThrow(
      throwing('SUPPLIES_EXTENSION_FORBIDDEN'),
    );
  });

  it.each([
    ['the same date', lot, '2026-08-01'],
    ['a date that has passed', { ...lot, lifeEnd: '2020-01-01' }, '2026-07-01'],
    ['a mistyped year', lot, '2062-08-01'],
  ])('is refused for %s', (_what, ofLot, date) => {
    expect(() => assertExtension(ofLot, date, today)).toThrow(throwing('SUPPLIES_DATES_INVALID'));
  });
});
