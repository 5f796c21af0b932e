import { placeGaps } from './gap';
import { needsOfGaps } from './needs-of-gaps';
import { aFixedRule, aGapInput } from './testing/builders';

const places = placeGaps(
  aGapInput({
    regions: ['140930', '140930101', '140930101200', '610822'],
    rules: [
      aFixedRule({ amountBase: 100 }),
      aFixedRule({ tier: 'village', amountBase: 6 }),
      aFixedRule({ tier: 'township', target: 'capability:people-sheltered', amountBase: 17 }),
      aFixedRule({ regionCode: '61', amountBase: 9 }),
    ],
  }),
);
const depots = [
  { depotId: 'county', regionCode: '140930' },
  { depotId: 'county-2', regionCode: '140930' },
  { depotId: 'township', regionCode: '140930101' },
];

describe('what has to be bought', () => {
  const { needs, unplaced } = needsOfGaps(places, depots, new Map(), '2026-08-01');

  it('goes to a depot of the region, or to one of the nearest tier above', () => {
    expect(needs.map(({ depotId, itemCode, quantityBase }) => [depotId, itemCode, quantityBase])).toEqual([
      ['county', 'LRS-015', 100],
      ['township', 'LRS-015', 6],
    ]);
    expect(needs[0]).toMatchObject({ neededBy: '2026-08-01', reason: '140930: 100 short of 100 (rule test)' });
  });

  it('says what cannot be ordered and why', () => {
    expect(unplaced.map(({ regionCode, why }) => [regionCode, why])).toEqual([
      ['140930101', 'no-item'],
      ['610822', 'no-depot'],
    ]);
  });

  it('buys the item that was chosen for a capability, in whole pieces', () => {
    const choices = new Map([['capability:people-sheltered' as const, { itemCode: 'LRS-015', perUnit: 8 }]]);
    const chosen = needsOfGaps(places, depots, choices, null);
    expect(chosen.needs.find(({ depotId }) => depotId === 'township')).toMatchObject({ quantityBase: 3 + 6 });
  });
});
