import { amendTerms } from './amend-terms';
import { aContract } from './testing/builders';

const TODAY = '2026-07-01';
const amend = (overrides: Parameters<typeof aContract>[0], changes: Parameters<typeof amendTerms>[1]) =>
  amendTerms(aContract(overrides), changes, { renewed: false, today: TODAY });
const renew = (overrides: Parameters<typeof aContract>[0], changes: Parameters<typeof amendTerms>[1]) =>
  amendTerms(aContract(overrides), changes, { renewed: true, today: TODAY });

describe('an amendment', () => {
  it('changes what it names and leaves the rest', () => {
    const terms = amend({ documentNumber: 'XY-1' }, { quantityBase: 600, responseHours: undefined });
    expect(terms).toMatchObject({ documentNumber: 'XY-1', quantityBase: 600, responseHours: 24 });
  });

  it('may go down to what is called and drawn, and no further', () => {
    const spoken = { calledBase: 200, drawnBase: 100 };
    expect(amend(spoken, { quantityBase: 300 }).quantityBase).toBe(300);
    expect(() => amend(spoken, { quantityBase: 299 })).toThrow('SUPPLIES_RESERVE_QUANTITY_CALLED');
  });

  it.each([
    ['of an ended contract', { state: 'ended' }, {}, 'SUPPLIES_RESERVE_STATE_FORBIDDEN'],
    ['that ends before it begins', {}, { validTo: '2025-12-31' }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['that gives a supplier a minimum', {}, { minimumBase: 5 }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
  ] as const)('%s is refused', (_what, contract, changes, code) => {
    expect(() => amend(contract, changes)).toThrow(code);
  });
});

describe('a renewal', () => {
  it('makes room for what was drawn in the old term, not for what is still called', () => {
    expect(renew({ drawnBase: 500 }, { validTo: '2027-12-31' }).quantityBase).toBe(500);
    expect(() => renew({ calledBase: 400 }, { validTo: '2027-12-31', quantityBase: 399 })).toThrow(
      'SUPPLIES_RESERVE_QUANTITY_CALLED',
    );
  });

  it.each([
    ['that is no longer than before', {}, { validTo: '2026-12-31' }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['into the past', { validTo: '2026-01-31' }, { validTo: '2026-06-30' }, 'SUPPLIES_RESERVE_TERMS_INVALID'],
    ['of a draft', { state: 'draft' }, { validTo: '2027-12-31' }, 'SUPPLIES_RESERVE_STATE_FORBIDDEN'],
  ] as const)('%s is refused', (_what, contract, changes, code) => {
    expect(() => renew(contract, changes)).toThrow(code);
  });

  it('to the very day is long enough', () => {
    expect(renew({ validTo: '2026-01-31' }, { validTo: TODAY }).validTo).toBe(TODAY);
  });
});
