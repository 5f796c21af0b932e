import { damagedSiteAccount, siteAccount, transitAccount } from '@ledger/contracts';
import fc from 'fast-check';
import { totalBase } from '../../stock/domain/draw';
import { aHolding, uuid } from '../../stock/domain/testing/builders';
import { deliveryPostings, settlementPostings } from './plan-delivery';

const SITE = uuid(200);
const transit = transitAccount(uuid(400));
const onTheRoad = [
  aHolding({ account: transit, lotId: uuid(1), expiryDate: '2027-01-01', quantityBase: 50 }),
  aHolding({ account: transit, lotId: uuid(2), expiryDate: '2026-08-01', quantityBase: 10 }),
  aHolding({ account: transit, lotId: uuid(1), lineId: uuid(301), quantityBase: 5 }),
];
const exceeds = expect.objectContaining({ code: 'SUPPLIES_QUANTITY_EXCEEDS_BALANCE' }) as Error;

describe('deliveryPostings', () => {
  it('hand over the lot that expires first, then book damaged and lost pieces; missing ones stay on the road', () => {
    const line = { lineId: uuid(300), receivedBase: 55, damagedBase: 1, lostBase: 2, missingBase: 2 };
    const postings = deliveryPostings(SITE, [line], onTheRoad);
    expect(postings.map(({ to, lotId, quantityBase }) => [to, lotId, quantityBase])).toEqual([
      [siteAccount(SITE), uuid(2), 10],
      [siteAccount(SITE), uuid(1), 45],
      [damagedSiteAccount(SITE), uuid(1), 1],
      ['lost', uuid(1), 2],
    ]);
    expect(postings.every(({ from, lineId }) => from === transit && lineId === uuid(300))).toBe(true);
  });

  it('are empty when everything is missing', () => {
    const line = { lineId: uuid(300), receivedBase: 0, damagedBase: 0, lostBase: 0 };
    expect(deliveryPostings(SITE, [line], onTheRoad)).toEqual([]);
  });

  it('never give one line the goods of another', () => {
    const line = { lineId: uuid(301), receivedBase: 6, damagedBase: 0, lostBase: 0 };
    expect(() => deliveryPostings(SITE, [line], onTheRoad)).toThrow(exceeds);
  });

  it('never hand the same piece over twice when a line is named twice', () => {
    const line = { lineId: uuid(301), receivedBase: 3, damagedBase: 0, lostBase: 0 };
    expect(() => deliveryPostings(SITE, [line, line], onTheRoad)).toThrow(exceeds);
  });

  it('book what was reported, neither more nor less', () => {
    const counts = fc.record({ receivedBase: fc.nat(60), damagedBase: fc.nat(60), lostBase: fc.nat(60) });
    fc.assert(
      fc.property(counts, (count) => {
        fc.pre(count.receivedBase + count.damagedBase + count.lostBase <= 60);
        const postings = deliveryPostings(SITE, [{ lineId: uuid(300), ...count }], onTheRoad);
        const into = (to: string) => totalBase(postings.filter((posting) => posting.to === to));
        expect([into(siteAccount(SITE)), into(damagedSiteAccount(SITE)), into('lost')]).toEqual([
          count.receivedBase,
          count.damagedBase,
          count.lostBase,
        ]);
      }),
    );
  });
});

describe('settlementPostings', () => {
  it('bring found pieces to the site and write the others off', () => {
    const postings = settlementPostings(SITE, [{ lineId: uuid(301), foundBase: 2, lostBase: 3 }], onTheRoad);
    expect(postings.map(({ from, to, quantityBase }) => [from, to, quantityBase])).toEqual([
      [transit, siteAccount(SITE), 2],
      [transit, 'lost', 3],
    ]);
  });

  it('refuse more than is open', () => {
    const line = { lineId: uuid(301), foundBase: 3, lostBase: 3 };
    expect(() => settlementPostings(SITE, [line], onTheRoad)).toThrow(exceeds);
  });
});
