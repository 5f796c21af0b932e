import { DomainError } from '@ledger/contracts';
import { assertSameDates, lotDateFaults, whyNotIssuable } from './lot';

describe('whyNotIssuable', () => {
  it.each([
    ['a lot without a date', { expiryDate: null, quality: 'good' }, undefined],
    ['a lot on its last day', { expiryDate: '2026-07-01', quality: 'good' }, undefined],
    ['a lot past its last day', { expiryDate: '2026-06-30', quality: 'good' }, 'expired'],
    ['a held lot', { expiryDate: null, quality: 'held' }, 'held'],
    ['a recalled lot that is past its date as well', { expiryDate: '2020-01-01', quality: 'recalled' }, 'recalled'],
  ] as const)('of %s', (_what, lot, why) => {
    expect(whyNotIssuable(lot, '2026-07-01')).toBe(why);
  });
});

describe('lotDateFaults', () => {
  const today = '2026-07-01';
  const pointersOf = (dates: { productionDate: string | null; expiryDate: string | null }, perishable = false) =>
    lotDateFaults(dates, { perishable }, today, '/lines/3').map(({ pointer }) => pointer);

  it.each([
    ['no dates at all', { productionDate: null, expiryDate: null }],
    ['made today', { productionDate: today, expiryDate: '2027-01-01' }],
    ['made and expired on one day', { productionDate: '2020-01-01', expiryDate: '2020-01-01' }],
    ['past its date', { productionDate: null, expiryDate: '2020-01-01' }],
  ])('takes goods with %s', (_what, dates) => {
    expect(pointersOf(dates)).toEqual([]);
  });

  it('names a production in the future', () => {
    expect(pointersOf({ productionDate: '2026-07-02', expiryDate: null })).toEqual(['/lines/3/productionDate']);
  });

  it('names an expiry before the production', () => {
    const dates = { productionDate: '2026-02-01', expiryDate: '2026-01-31' };
    expect(pointersOf(dates)).toEqual(['/lines/3/expiryDate']);
  });

  it('asks for the expiry of goods that age, and only of those', () => {
    const dates = { productionDate: '2026-02-01', expiryDate: null };
    expect(pointersOf(dates, true)).toEqual(['/lines/3/expiryDate']);
    expect(pointersOf(dates, false)).toEqual([]);
  });
});

describe('assertSameDates', () => {
  const known = { productionDate: '2026-01-01', expiryDate: '2027-01-01' };

  it('takes the same dates again', () => {
    expect(() => assertSameDates('B1', known, { ...known })).not.toThrow();
  });

  it.each([
    ['production date', { ...known, productionDate: '2026-01-02' }],
    ['expiry date', { ...known, expiryDate: null }],
  ])('refuses another %s', (_what, received) => {
    expect(() => assertSameDates('B1', known, received)).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_LOT_CONFLICT' }) as DomainError,
    );
  });
});
