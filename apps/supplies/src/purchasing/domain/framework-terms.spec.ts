import { assertApplicable, assertWithinMaximum, type FrameworkItem, type FrameworkTerms } from './framework-terms';

const TODAY = '2026-07-01';
const anItem = (overrides: Partial<FrameworkItem> = {}): FrameworkItem => ({
  ...{ itemCode: 'LRS-015', packBase: 10, unitPriceFen: 100, minimumBase: 20, maximumBase: 100 },
  ...{ leadTimeDays: 5, calledBase: 60, ...overrides },
});
const aFramework = (overrides: Partial<FrameworkTerms> = {}): FrameworkTerms => ({
  ...{ frameworkId: 'f', documentNumber: 'HQ-1', supplierId: 's', supplierName: 'S', supplierState: 'active' },
  ...{ licenceValidUntil: null, validFrom: '2026-01-01', validUntil: TODAY, endedOn: null, tolerancePermille: 0 },
  ...{ regionCodes: ['140930'], items: [anItem()], ...overrides },
});
const order = (quantityBase = 20, itemCode = 'LRS-015', regionCode = '140930101') => ({
  regionCode,
  lines: [{ itemCode, quantityBase }],
});
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('an order under a framework agreement', () => {
  it('fits on the last day, in a region served, in whole packs, from the minimum on', () => {
    expect(() => assertApplicable(aFramework(), order(), TODAY)).not.toThrow();
  });

  it.each([
    ['a day too late', aFramework(), order(), '2026-07-02'],
    ['before it starts', aFramework(), order(), '2025-12-31'],
    ['after it was ended', aFramework({ endedOn: '2026-06-01' }), order(), TODAY],
    ['in a region it does not serve', aFramework(), order(20, 'LRS-015', '140931'), TODAY],
    ['of an item it does not sell', aFramework(), order(20, 'LIV-002'), TODAY],
    ['of broken packs', aFramework(), order(25), TODAY],
    ['of less than the minimum', aFramework(), order(10), TODAY],
  ])('does not fit %s', (_what, framework, wanted, today) => {
    expect(() => assertApplicable(framework, wanted, today)).toThrow(refused('SUPPLIES_FRAMEWORK_NOT_APPLICABLE'));
  });

  it('takes the rest of the maximum, and not one piece more, over all its lines', () => {
    const lines = [20, 20].map((quantityBase) => ({ itemCode: 'LRS-015', quantityBase }));
    expect(() => assertWithinMaximum(aFramework(), lines)).not.toThrow();
    expect(() => assertWithinMaximum(aFramework({ items: [anItem({ calledBase: 61 })] }), lines)).toThrow(
      refused('SUPPLIES_FRAMEWORK_EXHAUSTED'),
    );
    expect(() => assertWithinMaximum(aFramework({ items: [anItem({ maximumBase: null })] }), lines)).not.toThrow();
  });
});
