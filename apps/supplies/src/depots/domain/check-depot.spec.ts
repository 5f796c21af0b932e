import { depotFaults, type DepotFacts } from './check-depot';

const aDepot = (overrides: Partial<DepotFacts> = {}): DepotFacts => ({
  regionCode: '140930',
  tier: 'county',
  kind: 'warehouse',
  ownerName: null,
  ownerKind: null,
  positionBasis: 'surveyed',
  synthetic: false,
  capacityRule: 'soft',
  capacityCubicCentimetres: null,
  capacityGrams: null,
  shelterPlaces: null,
  ...overrides,
});

const pointers = (depot: DepotFacts): string[] => depotFaults(depot).map(({ pointer }) => pointer);

describe('the entry of a depot', () => {
  it.each([
    ['14', 'province'],
    ['1409', 'city'],
    ['140930', 'county'],
    ['140930101', 'township'],
    ['140930101200', 'village'],
  ] as const)('in region %s is one of a %s and of no other tier', (regionCode, tier) => {
    expect(depotFaults(aDepot({ regionCode, tier }))).toEqual([]);
    for (const other of ['province', 'city', 'county', 'township', 'village'] as const) {
      if (other !== tier) expect(pointers(aDepot({ regionCode, tier: other }))).toEqual(['/tier']);
    }
  });

  it.each([
    ['an owner without a kind', { ownerName: '某企业' }, '/ownerKind'],
    ['a kind of owner without a name', { ownerKind: 'enterprise' }, '/ownerName'],
    ['an invented position of a real depot', { positionBasis: 'synthetic' }, '/positionBasis'],
    ['a hard capacity that nobody measured', { capacityRule: 'hard' }, '/capacityRule'],
    ['a shelter without places', { kind: 'shelter' }, '/shelterPlaces'],
    ['a warehouse with places', { shelterPlaces: 10 }, '/shelterPlaces'],
  ] as const)('with %s contradicts itself', (_what, overrides, pointer) => {
    expect(pointers(aDepot(overrides))).toEqual([pointer]);
  });

  it.each([
    ['a leased hall of an enterprise', { kind: 'leased', ownerName: '某企业', ownerKind: 'enterprise' }],
    ['an invented depot', { synthetic: true, positionBasis: 'synthetic' }],
    ['a hard limit of weight', { capacityRule: 'hard', capacityGrams: 1 }],
    ['a shelter', { kind: 'shelter', shelterPlaces: 200 }],
  ] as const)('may be %s', (_what, overrides) => expect(depotFaults(aDepot(overrides))).toEqual([]));
});
