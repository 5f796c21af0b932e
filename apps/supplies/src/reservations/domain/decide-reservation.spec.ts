import fc from 'fast-check';
import { byExpiry, totalBase } from '../../stock/domain/draw';
import { whyNotIssuable } from '../../stock/domain/lot';
import { uuid } from '../../stock/domain/testing/builders';
import {
  decideReservation,
  postingsOfShares,
  type DepotStock,
  type FreeLot,
  type ReservationRequest,
} from './decide-reservation';

const TODAY = '2026-07-01';
const [DEPOT, OTHER] = [uuid(100), uuid(101)];

const aLot = (number: number, overrides: Partial<FreeLot> = {}): FreeLot => ({
  lotId: uuid(number),
  quantityBase: 10,
  expiryDate: null,
  quality: 'good',
  ...overrides,
});
const aDepot = (overrides: Partial<DepotStock> = {}): DepotStock => ({
  depotId: DEPOT,
  depotCode: 'D1',
  floorBase: 0,
  lots: [aLot(1)],
  ...overrides,
});
const aRequest = (overrides: Partial<ReservationRequest> = {}): ReservationRequest => ({
  itemCode: 'LRS-020',
  lineId: uuid(300),
  sources: [{ depotId: DEPOT, quantityBase: 10 }],
  usableUntil: '2026-07-08',
  mayBreakFloor: false,
  ...overrides,
});

describe('decideReservation', () => {
  it('takes the lot that expires first, undated lots last', () => {
    const lots = [aLot(1), aLot(2, { expiryDate: '2027-01-01' }), aLot(3, { expiryDate: '2026-12-01' })];
    const request = aRequest({ sources: [{ depotId: DEPOT, quantityBase: 22 }] });
    expect(decideReservation(request, [aDepot({ lots })], TODAY)).toEqual({
      kind: 'reserved',
      shares: [
        { depotId: DEPOT, lotId: uuid(3), expiryDate: '2026-12-01', quantityBase: 10 },
        { depotId: DEPOT, lotId: uuid(2), expiryDate: '2027-01-01', quantityBase: 10 },
        { depotId: DEPOT, lotId: uuid(1), expiryDate: null, quantityBase: 2 },
      ],
    });
  });

  it.each([
    ['past its date', { expiryDate: '2026-06-30' }],
    ['not usable until the day asked for', { expiryDate: '2026-07-07' }],
    ['held', { quality: 'held' }],
    ['recalled', { quality: 'recalled' }],
  ] as const)('never takes a lot that is %s', (_what, condition) => {
    const decision = decideReservation(aRequest(), [aDepot({ lots: [aLot(1, condition)] })], TODAY);
    expect(decision).toMatchObject({ kind: 'refused', code: 'SUPPLIES_DEMAND_NOT_COVERED', shortDepotIds: [DEPOT] });
  });

  it('asks for goods that are usable today even when the day asked for is past', () => {
    const depot = aDepot({ lots: [aLot(1, { expiryDate: '2026-06-30' })] });
    expect(decideReservation(aRequest({ usableUntil: '2026-06-01' }), [depot], TODAY).kind).toBe('refused');
  });

  it('takes a lot on its last day', () => {
    const depot = aDepot({ lots: [aLot(1, { expiryDate: '2026-07-08' })] });
    expect(decideReservation(aRequest(), [depot], TODAY).kind).toBe('reserved');
  });

  it('leaves a depot its reserve standard', () => {
    const decision = decideReservation(aRequest(), [aDepot({ floorBase: 1 })], TODAY);
    expect(decision).toMatchObject({
      kind: 'refused',
      code: 'SUPPLIES_FLOOR_REACHED',
      reason: 'depot D1 has 9 of 10 above its standard of 1',
      shortDepotIds: [DEPOT],
    });
  });

  it('breaks the standard when the order says so', () => {
    expect(decideReservation(aRequest({ mayBreakFloor: true }), [aDepot({ floorBase: 10 })], TODAY).kind).toBe(
      'reserved',
    );
  });

  it('does not count expired goods as reserve, but does count those that expire soon', () => {
    const expired = aDepot({ floorBase: 5, lots: [aLot(1), aLot(2, { expiryDate: '2026-06-30', quantityBase: 5 })] });
    const expiring = aDepot({ floorBase: 5, lots: [aLot(1), aLot(2, { expiryDate: '2026-07-02', quantityBase: 5 })] });
    expect(decideReservation(aRequest(), [expired], TODAY)).toMatchObject({ code: 'SUPPLIES_FLOOR_REACHED' });
    expect(decideReservation(aRequest(), [expiring], TODAY).kind).toBe('reserved');
  });

  it('promises all or nothing and names every depot that falls short', () => {
    const sources = [DEPOT, OTHER, uuid(102)].map((depotId) => ({ depotId, quantityBase: 10 }));
    const depots = [
      aDepot(),
      aDepot({ depotId: OTHER, depotCode: 'D2', lots: [] }),
      aDepot({ depotId: uuid(102), depotCode: 'D3', lots: [aLot(3, { quantityBase: 4 })] }),
    ];
    expect(decideReservation(aRequest({ sources }), depots, TODAY)).toEqual({
      kind: 'refused',
      code: 'SUPPLIES_DEMAND_NOT_COVERED',
      reason: 'depot D2 has 0 of 10; depot D3 has 4 of 10',
      shortDepotIds: [OTHER, uuid(102)],
    });
  });

  it('names depots it does not know before anything else', () => {
    const sources = [DEPOT, OTHER].map((depotId) => ({ depotId, quantityBase: 99 }));
    const decision = decideReservation(aRequest({ sources }), [aDepot()], TODAY);
    expect(decision).toMatchObject({ code: 'SUPPLIES_DEPOT_NOT_FOUND', shortDepotIds: [OTHER] });
  });

  it('asks a depot that is named twice once for the sum', () => {
    const sources = [6, 5].map((quantityBase) => ({ depotId: DEPOT, quantityBase }));
    expect(decideReservation(aRequest({ sources }), [aDepot()], TODAY)).toMatchObject({
      reason: 'depot D1 has 10 of 11',
    });
  });

  it('refuses a promise of more lots than one event can carry', () => {
    const lots = Array.from({ length: 501 }, (_, index) => aLot(index, { quantityBase: 1 }));
    const request = aRequest({ sources: [{ depotId: DEPOT, quantityBase: 501 }] });
    expect(decideReservation(request, [aDepot({ lots })], TODAY)).toMatchObject({
      kind: 'refused',
      code: 'SUPPLIES_DEMAND_NOT_COVERED',
      shortDepotIds: [],
    });
  });

  it('keeps its reason short enough for the event', () => {
    const sources = Array.from({ length: 200 }, (_, index) => ({ depotId: uuid(1_000 + index), quantityBase: 1 }));
    const decision = decideReservation(aRequest({ sources }), [], TODAY);
    expect(decision).toMatchObject({ shortDepotIds: sources.map(({ depotId }) => depotId) });
    expect('reason' in decision && decision.reason.length).toBeLessThanOrEqual(500);
  });
});

describe('any promise', () => {
  const lot = fc.record({
    quantityBase: fc.integer({ min: 1, max: 50 }),
    expiryDate: fc.constantFrom(null, '2026-06-30', '2026-07-05', '2026-07-09', '2027-01-01'),
    quality: fc.constantFrom('good' as const, 'held' as const, 'recalled' as const),
  });
  const depots = fc
    .array(fc.record({ floorBase: fc.nat(40), lots: fc.array(lot, { maxLength: 6 }) }), { minLength: 1, maxLength: 4 })
    .map((list) =>
      list.map(({ floorBase, lots }, index) => ({
        depotId: uuid(100 + index),
        depotCode: `D${index}`,
        floorBase,
        lots: lots.map((each, position) => ({ ...each, lotId: uuid(10 * index + position) })),
      })),
    );
  const quantities = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 4, maxLength: 4 });

  it('covers each source exactly, from good lots, earliest expiry first, above the floor', () => {
    fc.assert(
      fc.property(depots, quantities, fc.boolean(), (list, asked, mayBreakFloor) => {
        const sources = list.map(({ depotId }, index) => ({ depotId, quantityBase: asked[index] }));
        const decision = decideReservation(aRequest({ sources, mayBreakFloor }), list, TODAY);
        if (decision.kind === 'refused') return;
        for (const [index, depot] of list.entries()) {
          const shares = decision.shares.filter(({ depotId }) => depotId === depot.depotId);
          const stock = new Map(depot.lots.map((each) => [each.lotId, each]));
          expect(totalBase(shares)).toBe(asked[index]);
          for (const share of shares) {
            const source = stock.get(share.lotId) as FreeLot;
            expect(share.quantityBase).toBeLessThanOrEqual(source.quantityBase);
            expect(whyNotIssuable(source, '2026-07-08')).toBeUndefined();
          }
          const drained = shares.slice(0, -1);
          expect(drained.every(({ lotId, quantityBase }) => stock.get(lotId)?.quantityBase === quantityBase)).toBe(
            true,
          );
          expect([...shares].sort(byExpiry)).toEqual(shares);
          const left = totalBase(depot.lots.filter((each) => !whyNotIssuable(each, TODAY))) - totalBase(shares);
          if (!mayBreakFloor) expect(left).toBeGreaterThanOrEqual(depot.floorBase);
        }
      }),
    );
  });

  it('is refused only when some depot truly cannot give its part', () => {
    fc.assert(
      fc.property(depots, quantities, (list, asked) => {
        const sources = list.map(({ depotId }, index) => ({ depotId, quantityBase: asked[index] }));
        const decision = decideReservation(aRequest({ sources, mayBreakFloor: true }), list, TODAY);
        const short = list.filter(
          ({ lots }, index) => totalBase(lots.filter((each) => !whyNotIssuable(each, '2026-07-08'))) < asked[index],
        );
        const named = decision.kind === 'refused' ? decision.shortDepotIds : [];
        expect(named).toEqual(short.map(({ depotId }) => depotId));
      }),
    );
  });

  it('is posted from free to reserved stock of the same depot', () => {
    const shares = [{ depotId: DEPOT, lotId: uuid(1), expiryDate: null, quantityBase: 3 }];
    expect(postingsOfShares(aRequest(), shares)).toEqual([
      {
        lotId: uuid(1),
        itemCode: 'LRS-020',
        expiryDate: null,
        from: `depot:${DEPOT}:available`,
        to: `depot:${DEPOT}:reserved`,
        quantityBase: 3,
        lineId: uuid(300),
      },
    ]);
  });
});
