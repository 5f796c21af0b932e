import fc from 'fast-check';
import type { PurchaseNeed } from '../../standards/domain/purchase-need';
import { chooseAgreements, type AgreementOffer } from './choose-agreements';

const TODAY = '2026-07-01';
const NO_RECORD = {
  completed: 0,
  late: 0,
  latePermille: null,
  medianDays: null,
  medianPromisedDays: null,
  longestDays: null,
};

const aNeed = (overrides: Partial<PurchaseNeed> = {}): PurchaseNeed => ({
  itemCode: 'LRS-015',
  quantityBase: 100,
  depotId: 'depot',
  neededBy: null,
  reason: 'below its standard',
  ...overrides,
});
const anOffer = (documentNumber: string, overrides: Partial<AgreementOffer> = {}): AgreementOffer => ({
  ...{ agreementId: documentNumber, documentNumber, supplierId: documentNumber, supplierName: '供应商' },
  ...{ itemCode: 'LRS-015', unitPriceFen: 100, packBase: 1, minimumBase: 0, remainingBase: null },
  ...{ leadTimeDays: 5, tolerancePermille: 0, record: NO_RECORD, ...overrides },
});
const choose = (offers: AgreementOffer[], needs: PurchaseNeed[] = [aNeed()]) =>
  chooseAgreements(needs, () => offers, TODAY);
const shares = (...args: Parameters<typeof choose>) =>
  choose(...args).shares.map(({ offer, quantityBase }) => [offer.documentNumber, quantityBase]);

describe('a need', () => {
  it('is covered by the cheapest agreement in time', () => {
    const offers = [
      anOffer('dear', { unitPriceFen: 101 }),
      anOffer('cheap'),
      anOffer('late', { unitPriceFen: 1, leadTimeDays: 30 }),
    ];
    expect(shares(offers, [aNeed({ neededBy: '2026-07-10' })])).toEqual([['cheap', 100]]);
  });

  it('compares prices by the piece, whatever the pack', () => {
    const offers = [anOffer('piece', { unitPriceFen: 34 }), anOffer('pack', { unitPriceFen: 100, packBase: 3 })];
    expect(shares(offers, [aNeed({ quantityBase: 99 })])).toEqual([['pack', 99]]);
  });

  it('goes at equal prices to whoever is late less often, then to the faster', () => {
    const often = anOffer('a-often-late', { record: { ...NO_RECORD, latePermille: 400 } });
    const seldom = anOffer('b-seldom-late', { record: { ...NO_RECORD, latePermille: 100 }, leadTimeDays: 9 });
    expect(shares([often, seldom])).toEqual([['b-seldom-late', 100]]);
    expect(shares([anOffer('slow', { leadTimeDays: 6 }), anOffer('zfast')])).toEqual([['zfast', 100]]);
  });

  it('does not believe a promise that the record belies', () => {
    const boaster = anOffer('boaster', {
      unitPriceFen: 1,
      leadTimeDays: 2,
      record: { ...NO_RECORD, latePermille: 900, medianDays: 20 },
    });
    expect(shares([boaster, anOffer('honest')], [aNeed({ neededBy: '2026-07-06' })])).toEqual([['honest', 100]]);
  });

  it('is split where a maximum is reached, and the maximum is shared by all needs', () => {
    const offers = [anOffer('first', { remainingBase: 150 }), anOffer('second', { unitPriceFen: 200 })];
    expect(shares(offers, [aNeed(), aNeed()])).toEqual([
      ['first', 100],
      ['first', 50],
      ['second', 50],
    ]);
  });

  it('is rounded up to packs and to the least order, and says so', () => {
    const [pack] = choose([anOffer('packs', { packBase: 24 })]).shares;
    expect([pack.quantityBase, pack.amountFen]).toEqual([120, 500]);
    expect(pack.reasoning).toContain('20 more than needed');
    expect(shares([anOffer('least', { minimumBase: 500 })])).toEqual([['least', 500]]);
    expect(choose([anOffer('least', { minimumBase: 500, remainingBase: 400 })]).unmet).toMatchObject([
      { why: 'no-capacity', quantityBase: 100 },
    ]);
  });

  it.each([
    ['no agreement', [], 'no-framework', 100],
    ['agreements that are too late', [anOffer('late', { leadTimeDays: 30 })], 'too-late', 100],
    ['agreements that are at their maximum', [anOffer('full', { remainingBase: 0 })], 'no-capacity', 100],
    [
      'a rest that only a late one could give',
      [anOffer('part', { remainingBase: 60 }), anOffer('late', { leadTimeDays: 30 })],
      'too-late',
      40,
    ],
  ])('with %s is reported', (_what, offers, why, quantityBase) => {
    const { unmet } = choose(offers, [aNeed({ neededBy: '2026-07-10' })]);
    expect(unmet).toMatchObject([{ why, quantityBase }]);
    expect(unmet[0].reasoning).toContain(`${quantityBase} of LRS-015 are not covered`);
  });

  it('says why this one was chosen', () => {
    const [share] = choose([
      anOffer('HQ-2026-01', { record: { ...NO_RECORD, latePermille: 125, medianDays: 6 } }),
    ]).shares;
    expect(share.reasoning).toBe(
      'HQ-2026-01 of 供应商 gives 100 of LRS-015 in 6 days at 1.00 yuan; the only agreement that delivers in time; usually 6 days, late in 12.5 % of deliveries.',
    );
  });
});

it('any choice covers each need or reports the rest, in whole packs, above minima and below maxima', () => {
  const offer = fc
    .record({
      unitPriceFen: fc.integer({ min: 1, max: 50 }),
      packBase: fc.integer({ min: 1, max: 12 }),
      minimumBase: fc.nat({ max: 60 }),
      remainingBase: fc.option(fc.nat({ max: 200 })),
      leadTimeDays: fc.nat({ max: 20 }),
    })
    .map((fields) => fields);
  const need = fc.record({
    quantityBase: fc.integer({ min: 1, max: 150 }),
    neededBy: fc.constantFrom(null, '2026-07-08', '2026-07-15'),
  });
  fc.assert(
    fc.property(fc.array(offer, { maxLength: 5 }), fc.array(need, { minLength: 1, maxLength: 4 }), (fields, wanted) => {
      const offers = fields.map((each, index) => anOffer(`A${index}`, each));
      const needs = wanted.map((each) => aNeed(each));
      const { shares: found, unmet } = choose(offers, needs);
      for (const each of needs) {
        const covered = found
          .filter((share) => share.need === each)
          .reduce((sum, share) => sum + share.quantityBase, 0);
        const open = unmet.find((rest) => rest.need === each)?.quantityBase ?? 0;
        expect(open).toBe(Math.max(0, each.quantityBase - covered));
      }
      for (const { offer: source, quantityBase } of found) {
        expect([quantityBase > 0, quantityBase % source.packBase]).toEqual([true, 0]);
        expect(quantityBase).toBeGreaterThanOrEqual(source.minimumBase);
      }
      for (const source of offers) {
        const sum = found
          .filter((share) => share.offer === source)
          .reduce((total, share) => total + share.quantityBase, 0);
        expect(sum).toBeLessThanOrEqual(source.remainingBase ?? Number.MAX_SAFE_INTEGER);
      }
    }),
  );
});
