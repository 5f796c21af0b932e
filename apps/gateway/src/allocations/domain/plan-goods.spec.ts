import fc from 'fast-check';
import { callableBase, planGoods, type DepotStock, type GoodsDemand } from './plan-goods';

const site = {
  siteId: '0197f0c0-0000-7000-8000-000000000051',
  name: 'village',
  regionCode: '140930101200',
  latitude: 39.24,
  longitude: 111.34,
};

const aDepot = (overrides: Partial<DepotStock> = {}): DepotStock => ({
  depotId: 'a',
  name: 'depot',
  regionCode: '140930',
  latitude: 39.38,
  longitude: 111.14,
  floorBase: 0,
  lots: [{ expiryDate: null, availableBase: 100 }],
  ...overrides,
});

const aDemand = (overrides: Partial<GoodsDemand> = {}): GoodsDemand => ({
  site,
  demandBase: 50,
  usableUntil: '2026-07-08',
  excludedDepotIds: [],
  ...overrides,
});

describe('planning goods over depots', () => {
  it('takes the nearest depot of the county first', () => {
    const near = aDepot({ depotId: 'near', regionCode: '140930101', latitude: 39.25 });
    const far = aDepot({ depotId: 'far', latitude: 39.6 });
    expect(planGoods(aDemand(), [far, near]).sources).toMatchObject([{ depotId: 'near', quantityBase: 50 }]);
  });

  it('takes a depot of another county only after those of the own county, and marks it', () => {
    const own = aDepot({ depotId: 'own', latitude: 39.6 });
    const foreign = aDepot({ depotId: 'foreign', regionCode: '610822', latitude: 39.24 });
    expect(planGoods(aDemand({ demandBase: 130 }), [foreign, own]).sources).toMatchObject([
      { depotId: 'own', quantityBase: 100, foreign: false },
      { depotId: 'foreign', quantityBase: 30, foreign: true },
    ]);
  });

  it('leaves every depot its reserve standard and says what stays short', () => {
    const plan = planGoods(aDemand({ demandBase: 90 }), [aDepot({ floorBase: 40 })]);
    expect(plan.sources).toMatchObject([{ quantityBase: 60 }]);
    expect(plan.shortBase).toBe(30);
    expect(plan.sources[0].reason).toContain('60 callable above the floor of 40');
  });

  it('does not count lots that expire before they are needed', () => {
    const lots = [
      { expiryDate: '2026-07-07', availableBase: 80 },
      { expiryDate: '2026-07-08', availableBase: 5 },
    ];
    expect(planGoods(aDemand(), [aDepot({ lots })])).toMatchObject({ shortBase: 45 });
  });

  it('leaves out depots that refused before', () => {
    expect(planGoods(aDemand({ excludedDepotIds: ['a'] }), [aDepot()])).toEqual({ sources: [], shortBase: 50 });
  });

  it('covers the demand exactly or says what is short, never below a floor, whatever the depots hold', () => {
    const depots = fc.array(
      fc.record({
        floorBase: fc.nat(50),
        availableBase: fc.nat(100),
        latitude: fc.double({ min: 39, max: 40, noNaN: true }),
        foreign: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(depots, fc.integer({ min: 1, max: 500 }), (rows, demandBase) => {
        const stock = rows.map((row, index) =>
          aDepot({
            depotId: `depot-${index}`,
            regionCode: row.foreign ? '610822' : '140930',
            latitude: row.latitude,
            floorBase: row.floorBase,
            lots: [{ expiryDate: null, availableBase: row.availableBase }],
          }),
        );
        const plan = planGoods(aDemand({ demandBase }), stock);
        const planned = plan.sources.reduce((sum, source) => sum + source.quantityBase, 0);
        const callable = stock.reduce((sum, depot) => sum + callableBase(depot, '2026-07-08'), 0);
        expect(planned + plan.shortBase).toBe(demandBase);
        expect(planned).toBe(Math.min(demandBase, callable));
        for (const source of plan.sources) {
          const depot = stock.find((candidate) => candidate.depotId === source.depotId);
          expect(source.quantityBase).toBeLessThanOrEqual(depot ? callableBase(depot, '2026-07-08') : -1);
        }
      }),
    );
  });
});
