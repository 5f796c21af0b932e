import type { RegionTier } from '@ledger/contracts';
import { REFERENCE_DATE, addMonths } from './calendar';
import type { Holding } from './holdings';
import { splitIntoLots } from './lots';
import type { CatalogueItem } from './reference';

const aHolding = (overrides: { quantityBase?: number; tier?: RegionTier } = {}): Holding => ({
  depot: {
    code: 'D999999',
    tier: overrides.tier ?? 'county',
    organisationCode: '999999-emergency',
    remote: false,
    place: {
      region: { code: '999999', name: '', shortName: '', tier: 'county', parentCode: '9999', kind: '县' },
      latitude: 39,
      longitude: 111,
      basis: 'synthetic',
    },
  },
  itemCode: 'LIV-003',
  quantityBase: overrides.quantityBase ?? 600,
  floorBase: 0,
});

const anItem = (expiresAfterMonths: number | undefined): CatalogueItem => ({
  code: 'LIV-003',
  category: 'livelihood',
  rotationRule: 'FEFO',
  expiresAfterMonths,
  reserveLifeMonths: expiresAfterMonths ?? 60,
});

const QUANTITIES = [1, 2, 12, 13, 14, 100, 99_999];

describe('splitIntoLots', () => {
  it.each(QUANTITIES)('splits %i into lots that sum to it', (quantityBase) => {
    for (const tier of ['county', 'township', 'village'] as const) {
      const lots = splitIntoLots(aHolding({ quantityBase, tier }), anItem(9));
      expect(lots.reduce((sum, lot) => sum + lot.quantityBase, 0)).toBe(quantityBase);
      expect(lots.every((lot) => Number.isInteger(lot.quantityBase) && lot.quantityBase > 0)).toBe(true);
    }
  });

  it('gives depots three lots, townships two, villages and small holdings one', () => {
    const count = (holding: Holding): number => splitIntoLots(holding, anItem(9)).length;
    expect(count(aHolding({ tier: 'county' }))).toBe(3);
    expect(count(aHolding({ tier: 'township' }))).toBe(2);
    expect(count(aHolding({ tier: 'village' }))).toBe(1);
    expect(count(aHolding({ tier: 'county', quantityBase: 12 }))).toBe(1);
  });

  it('dates goods that expire from production and shelf life, oldest first', () => {
    const lots = splitIntoLots(aHolding(), anItem(9));
    for (const lot of lots) {
      expect(lot.expiryDate).toBe(addMonths(lot.productionDate, 9));
      expect(lot.productionDate < REFERENCE_DATE).toBe(true);
    }
    const dates = lots.map((lot) => lot.productionDate);
    expect(dates).toEqual([...dates].sort());
  });

  it('gives goods that do not expire no expiry date', () => {
    expect(splitIntoLots(aHolding(), anItem(undefined)).map((lot) => lot.expiryDate)).toEqual(['', '', '']);
  });
});
