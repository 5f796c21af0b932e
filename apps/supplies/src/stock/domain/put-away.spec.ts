import { damagedSiteAccount, depotAccount } from '@ledger/contracts';
import fc from 'fast-check';
import { totalBase } from './draw';
import { inspectedBase, putAwayPostings } from './put-away';
import { aHolding, uuid } from './testing/builders';

const DEPOT = uuid(100);
const TODAY = '2026-07-01';
const available = depotAccount(DEPOT, 'available');
const quarantine = depotAccount(DEPOT, 'quarantine');
const damagedAccount = damagedSiteAccount(uuid(200));

const flowOf = (postings: ReturnType<typeof putAwayPostings>) =>
  postings.map(({ from, to, lotId, quantityBase }) => [
    from === damagedAccount ? 'damaged' : 'intact',
    to,
    lotId,
    quantityBase,
  ]);

describe('putAwayPostings', () => {
  it('stores usable pieces, holds damaged ones and writes lost ones off', () => {
    const outstanding = { intact: [aHolding({ quantityBase: 10 })], damaged: [] };
    const postings = putAwayPostings(DEPOT, { usableBase: 6, damagedBase: 3, lostBase: 1 }, outstanding, TODAY);
    expect(flowOf(postings)).toEqual([
      ['intact', available, uuid(1), 6],
      ['intact', quarantine, uuid(1), 3],
      ['intact', 'lost', uuid(1), 1],
    ]);
  });

  it('takes damaged pieces from those that arrived damaged, lost ones from the intact', () => {
    const outstanding = {
      intact: [aHolding({ quantityBase: 5 })],
      damaged: [aHolding({ account: damagedAccount, quantityBase: 2 })],
    };
    const postings = putAwayPostings(DEPOT, { usableBase: 2, damagedBase: 1, lostBase: 4 }, outstanding, TODAY);
    expect(flowOf(postings)).toEqual([
      ['intact', available, uuid(1), 2],
      ['damaged', quarantine, uuid(1), 1],
      ['intact', 'lost', uuid(1), 3],
      ['damaged', 'lost', uuid(1), 1],
    ]);
  });

  it.each([
    ['expired', { expiryDate: '2026-06-30' }],
    ['held', { quality: 'held' }],
    ['recalled', { quality: 'recalled' }],
  ] as const)('holds usable pieces of a lot that is %s', (_what, condition) => {
    const outstanding = { intact: [aHolding(condition)], damaged: [] };
    const [posting] = putAwayPostings(DEPOT, { usableBase: 10, damagedBase: 0, lostBase: 0 }, outstanding, TODAY);
    expect(posting.to).toBe(quarantine);
  });

  it('refuses more than is outstanding, and damaged pieces as usable', () => {
    const damaged = [aHolding({ account: damagedAccount, quantityBase: 2 })];
    const tooMany = () =>
      putAwayPostings(DEPOT, { usableBase: 10, damagedBase: 2, lostBase: 1 }, { intact: [aHolding()], damaged }, TODAY);
    const repaired = () =>
      putAwayPostings(DEPOT, { usableBase: 1, damagedBase: 0, lostBase: 0 }, { intact: [], damaged }, TODAY);
    for (const attempt of [tooMany, repaired]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'SUPPLIES_RETURN_EXCEEDS_DELIVERY' }) as Error);
    }
  });

  it('moves exactly what was named, never more of a lot than there is', () => {
    const holding = fc.record({
      lotId: fc.integer({ min: 1, max: 5 }).map(uuid),
      quantityBase: fc.integer({ min: 1, max: 20 }),
    });
    const side = fc.uniqueArray(holding, { selector: ({ lotId }) => lotId, maxLength: 5 });
    const counts = fc.record({ usableBase: fc.nat(30), damagedBase: fc.nat(30), lostBase: fc.nat(30) });
    fc.assert(
      fc.property(side, side, counts, (intactLots, damagedLots, line) => {
        const intact = intactLots.map(aHolding);
        const damaged = damagedLots.map((lot) => aHolding({ ...lot, account: damagedAccount }));
        fc.pre(line.usableBase <= totalBase(intact));
        fc.pre(inspectedBase(line) <= totalBase(intact) + totalBase(damaged));
        const postings = putAwayPostings(DEPOT, line, { intact, damaged }, TODAY);
        const into = (to: string) => totalBase(postings.filter((posting) => posting.to === to));
        expect([into(available), into(quarantine), into('lost')]).toEqual([
          line.usableBase,
          line.damagedBase,
          line.lostBase,
        ]);
        for (const source of [...intact, ...damaged]) {
          const taken = postings.filter(({ from, lotId }) => from === source.account && lotId === source.lotId);
          expect(totalBase(taken)).toBeLessThanOrEqual(source.quantityBase);
        }
      }),
    );
  });
});
