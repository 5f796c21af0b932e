import { placeGaps } from './gap';
import { needsOfGaps, withoutOrdered } from './needs-of-gaps';
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

const plan = { depots, choices: new Map(), contributions: [], neededBy: null };

describe('what has to be bought', () => {
  const { needs, unplaced } = needsOfGaps(places, { ...plan, neededBy: '2026-08-01' });

  it('goes to a depot of the region, or to one of the nearest tier above', () => {
    expect(needs.map(({ depotId, itemCode, quantityBase }) => [depotId, itemCode, quantityBase])).toEqual([
      ['county', 'LRS-015', 100],
      ['township', 'LRS-015', 6],
    ]);
    expect(needs[0]).toMatchObject({ neededBy: '2026-08-01', reason: '140930: 100 short of 100 (rule test)' });
  });

  it('says what cannot be ordered and why', () => {
    expect(unplaced.map(({ regionCode, why }) => [regionCode, why])).toEqual([
      ['610822', 'no-depot'],
      ['140930101', 'no-item'],
    ]);
  });

  it('buys the item that was chosen for a capability, in whole pieces', () => {
    const choices = new Map([['capability:people-sheltered' as const, { itemCode: 'LRS-015', perUnit: 8 }]]);
    const chosen = needsOfGaps(places, { ...plan, choices });
    expect(chosen.needs.find(({ depotId }) => depotId === 'township')).toMatchObject({ quantityBase: 3 + 6 });
  });

  it('leaves out what is ordered already', () => {
    const ordered = [
      { depotId: 'county', itemCode: 'LRS-015', openBase: 30 },
      { depotId: 'township', itemCode: 'LRS-015', openBase: 6 },
      { depotId: 'township', itemCode: 'LIV-002', openBase: 6 },
    ];
    expect(withoutOrdered(needs, ordered).map(({ depotId, quantityBase }) => [depotId, quantityBase])).toEqual([
      ['county', 70],
    ]);
  });

  it('buys no piece once for itself and once more for its category', () => {
    const category = 'category:living_relief' as const;
    const contributions = [{ itemCode: 'LRS-015', target: category, perUnit: 1 }];
    const rules = [aFixedRule({ amountBase: 30 }), aFixedRule({ target: category, amountBase: 40 })];
    const choices = new Map([[category, { itemCode: 'LRS-015', perUnit: 1 }]]);
    const both = needsOfGaps(placeGaps(aGapInput({ rules, contributions })), { ...plan, choices, contributions });
    expect(both.needs).toMatchObject([{ itemCode: 'LRS-015', quantityBase: 40 }]);
  });
});
