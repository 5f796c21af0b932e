import { RESERVE_MODES } from '@ledger/contracts';
import { termsFaults, type AgreedTerms } from './contract-terms';

const PLANT = { ratePerDay: 200, startUpHours: 24, outputEveryHours: 24 };
const termsOf = (mode: AgreedTerms['mode'], overrides: Partial<AgreedTerms> = {}): AgreedTerms => ({
  mode,
  enterpriseOrganisationId: 'firm',
  serves: ['140930'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  quantityBase: 500,
  minimumBase: 0,
  ratePerDay: null,
  startUpHours: null,
  outputEveryHours: null,
  ...(mode === 'capacity' ? PLANT : {}),
  unitPriceFen: 50_000,
  confirmEveryDays: 30,
  graceDays: 3,
  ...overrides,
});
const pointers = (terms: AgreedTerms): string[] => termsFaults(terms).map(({ pointer }) => pointer);

describe('the terms of a contract', () => {
  it.each(RESERVE_MODES)('hold together for %s reserve', (mode) => {
    expect(termsFaults(termsOf(mode))).toEqual([]);
  });

  it('may last one day, and need no enterprise with an account, price or schedule for an agreement', () => {
    const bare = { enterpriseOrganisationId: null, unitPriceFen: null, confirmEveryDays: null, graceDays: 0 };
    expect(termsFaults(termsOf('agreement', { ...bare, validTo: '2026-01-01' }))).toEqual([]);
  });

  it.each([
    [
      'an enterprise that nobody can ask',
      termsOf('enterprise', { enterpriseOrganisationId: null }),
      '/enterpriseOrganisationId',
    ],
    [
      'a plant that nobody can ask',
      termsOf('capacity', { enterpriseOrganisationId: null }),
      '/enterpriseOrganisationId',
    ],
    ['a region named twice', termsOf('agreement', { serves: ['1409', '1409'] }), '/serves'],
    ['an end before the beginning', termsOf('agreement', { validTo: '2025-12-31' }), '/validTo'],
    ['a minimum of a supplier', termsOf('agreement', { minimumBase: 1 }), '/minimumBase'],
    ['a plant without a rate', termsOf('capacity', { ratePerDay: null }), '/ratePerDay'],
    ['a plant without a start-up time', termsOf('capacity', { startUpHours: null }), '/startUpHours'],
    ['a rate of a store', termsOf('enterprise', { ratePerDay: 1 }), '/ratePerDay'],
    ['more money than can be counted', termsOf('agreement', { quantityBase: 1e9, unitPriceFen: 1e8 }), '/unitPriceFen'],
    [
      'an enterprise without a schedule',
      termsOf('enterprise', { confirmEveryDays: null, graceDays: 0 }),
      '/confirmEveryDays',
    ],
    ['grace without a schedule', termsOf('social', { confirmEveryDays: null }), '/graceDays'],
  ])('refuse %s', (_what, terms, pointer) => {
    expect(pointers(terms)).toEqual([pointer]);
  });
});
