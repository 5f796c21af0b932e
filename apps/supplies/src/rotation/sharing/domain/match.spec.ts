import { arrivalFor, matchSharing, slotsOf, usableFor, type Demand, type DyingLot } from './match';

const today = '2026-08-01';
const at = (regionCode: string, longitude: number) => ({ regionCode, latitude: 39.4, longitude });
const aLot = (overrides: Partial<DyingLot> = {}): DyingLot => ({
  id: 'lot',
  depotId: 'A',
  depotCode: 'D-A',
  at: at('140930', 111.1),
  itemCode: 'LIV-002',
  batchNumber: 'B1',
  lifeEnd: '2026-10-31',
  quantityBase: 100,
  spareBase: 1_000,
  priceFen: 12_000,
  ...overrides,
});
const aDemand = (overrides: Partial<Demand> = {}): Demand => ({
  id: 'drill',
  depotId: 'B',
  depotCode: 'D-B',
  at: at('140931', 111.2),
  itemCode: 'LIV-002',
  purpose: 'drill',
  quantityBase: 60,
  from: '2026-09-10',
  until: '2026-09-12',
  ...overrides,
});
const pieces = (lots: DyingLot[], demands: Demand[]) =>
  matchSharing(lots, demands, today).map(({ lotKey, demandId, quantityBase }) => [lotKey, demandId, quantityBase]);

describe('a dying lot', () => {
  it('goes to a drill elsewhere, with what is not wasted and a sentence that says why', () => {
    const [proposal] = matchSharing([aLot()], [aDemand()], today);
    expect(proposal).toEqual({
      ...{ lotKey: 'lot', demandId: 'drill', quantityBase: 60, arrivesOn: '2026-08-03', lifeLeftDays: 89 },
      savedFen: 720_000,
      sentence:
        '60 of LIV-002, worth 7200.00 yuan, from D-A (batch B1, good until 2026-10-31) reach D-B on 2026-08-03 for drill ' +
        'from 2026-09-10 to 2026-09-12, with 89 days of life left; D-A stays at or above its standard.',
    });
  });

  it.each([
    ['other goods', {}, { itemCode: 'LRS-015' }],
    ['its own depot', {}, { depotId: 'A' }],
    ['a drill before it arrives', {}, { from: '2026-08-02', until: '2026-08-02' }],
    ['a use beyond its life', {}, { until: '2026-11-01' }],
    ['a drill beyond its life', { lifeEnd: '2026-09-11' }, {}],
  ])('does not go to %s', (_what, lot, demand) => {
    expect(pieces([aLot(lot)], [aDemand(demand)])).toEqual([]);
  });

  it('is good for a use that ends on its last day, and for one that begins on the day it arrives', () => {
    expect(pieces([aLot({ lifeEnd: '2026-09-12' })], [aDemand()])).toHaveLength(1);
    expect(pieces([aLot()], [aDemand({ from: '2026-08-03', until: '2026-08-03' })])).toHaveLength(1);
  });

  it('comes for relief that is needed now, as soon as it can', () => {
    const demand = aDemand({ purpose: 'relief', from: today, until: '2026-08-20' });
    expect(arrivalFor(aLot(), demand, slotsOf(demand)[0], today)).toBe('2026-08-03');
  });

  it('never takes its place below its floor, however many lots die there', () => {
    const lots = [aLot({ id: 'one', spareBase: 50 }), aLot({ id: 'two', spareBase: 50 })];
    const given = matchSharing(lots, [aDemand({ quantityBase: 500 })], today);
    expect(given.reduce((sum, { quantityBase }) => sum + quantityBase, 0)).toBe(50);
    expect(pieces([aLot({ spareBase: 0 })], [aDemand()])).toEqual([]);
    expect(pieces([aLot({ spareBase: -5 })], [aDemand()])).toEqual([]);
  });

  it('is one of several: what can wait makes room for what cannot', () => {
    const short = aLot({ id: 'short', lifeEnd: '2026-09-15', quantityBase: 60 });
    const long = aLot({ id: 'long', depotId: 'C', depotCode: 'D-C', lifeEnd: '2026-10-31', quantityBase: 60 });
    const early = aDemand();
    const late = aDemand({ id: 'late', from: '2026-10-10', until: '2026-10-12' });
    expect(pieces([long, short], [early, late]).sort()).toEqual([
      ['long', 'late', 60],
      ['short', 'drill', 60],
    ]);
  });

  it('goes to the nearer of two places', () => {
    const near = aDemand({ id: 'near' });
    const far = aDemand({ id: 'far', depotId: 'F', at: at('610822', 120) });
    expect(pieces([aLot({ quantityBase: 60 })], [far, near])).toEqual([['lot', 'near', 60]]);
  });

  it('puts no price on what nobody knows the price of', () => {
    const [proposal] = matchSharing([aLot({ priceFen: null })], [aDemand()], today);
    expect(proposal.savedFen).toBeNull();
    expect(proposal.sentence).not.toContain('yuan');
  });
});

describe('consumption', () => {
  const monthly = aDemand({ purpose: 'consumption', from: '2026-08-31', until: '2027-01-15', quantityBase: 52 });

  it('is cut into months, to the month end where it is shorter, and adds up', () => {
    const slots = slotsOf(monthly);
    expect(slots.map(({ from, until, quantityBase }) => [from, until, quantityBase])).toEqual([
      ['2026-08-31', '2026-09-29', 11],
      ['2026-09-30', '2026-10-30', 10],
      ['2026-10-31', '2026-11-29', 11],
      ['2026-11-30', '2026-12-30', 10],
      ['2026-12-31', '2027-01-15', 10],
    ]);
  });

  it('takes of a dying lot only what it uses up before the end', () => {
    expect(pieces([aLot({ lifeEnd: '2026-10-30' })], [monthly])).toEqual([['lot', 'drill', 21]]);
  });

  it('says how much of a lot it can use', () => {
    expect(usableFor(aLot({ lifeEnd: '2026-10-30' }), monthly, today)).toBe(21);
    expect(usableFor(aLot({ lifeEnd: '2026-09-01' }), monthly, today)).toBe(0);
    expect(usableFor(aLot(), aDemand(), today)).toBe(60);
  });

  it('of a single day is one part', () => {
    expect(slotsOf({ ...monthly, until: monthly.from })).toHaveLength(1);
  });
});
