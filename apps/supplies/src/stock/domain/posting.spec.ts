import { depotAccount, transitAccount, type Account } from '@ledger/contracts';
import fc from 'fast-check';
import { depotOfPosting, netChanges, reversedPostings, type Posting } from './posting';
import { aPosting, uuid } from './testing/builders';

const ACCOUNTS: Account[] = [
  'supplier',
  'consumed',
  'lost',
  depotAccount(uuid(100), 'available'),
  depotAccount(uuid(100), 'reserved'),
  transitAccount(uuid(400)),
];

const postings: fc.Arbitrary<Posting[]> = fc.array(
  fc
    .record({
      lotId: fc.constantFrom(uuid(1), uuid(2), uuid(3)),
      from: fc.constantFrom(...ACCOUNTS),
      to: fc.constantFrom(...ACCOUNTS),
      quantityBase: fc.integer({ min: 1, max: 1_000_000 }),
    })
    .filter(({ from, to }) => from !== to)
    .map(aPosting),
  { maxLength: 30 },
);

describe('netChanges', () => {
  it('sum to zero per lot', () => {
    fc.assert(
      fc.property(postings, (list) => {
        const sums = new Map<string, number>();
        for (const { lotId, changeBase } of netChanges(list)) sums.set(lotId, (sums.get(lotId) ?? 0) + changeBase);
        expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
      }),
    );
  });

  it('name each account and lot once, and only where something changes', () => {
    fc.assert(
      fc.property(postings, (list) => {
        const changes = netChanges(list);
        const keys = changes.map(({ account, lotId }) => `${account} ${lotId}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(changes.every(({ changeBase }) => changeBase !== 0)).toBe(true);
      }),
    );
  });

  it('are undone by the reversed postings', () => {
    fc.assert(
      fc.property(postings, (list) => {
        expect(netChanges([...list, ...reversedPostings(list)])).toEqual([]);
      }),
    );
  });

  it.each([
    ['nothing', { quantityBase: 0 }],
    ['less than nothing', { quantityBase: -1 }],
    ['half a piece', { quantityBase: 0.5 }],
    ['more than can be counted', { quantityBase: Number.MAX_SAFE_INTEGER + 2 }],
    ['an account to itself', { from: 'lost', to: 'lost' }],
    ['one depot to another', { from: depotAccount(uuid(100), 'available'), to: depotAccount(uuid(101), 'available') }],
  ] as const)('refuse a posting of %s', (_what, overrides) => {
    expect(() => netChanges([aPosting(overrides)])).toThrow(
      expect.objectContaining({ code: 'SUPPLIES_LEDGER_CORRUPT' }) as Error,
    );
  });
});

describe('depotOfPosting', () => {
  it.each([
    ['supplier', depotAccount(uuid(100), 'available'), uuid(100)],
    [depotAccount(uuid(100), 'reserved'), transitAccount(uuid(400)), uuid(100)],
    [transitAccount(uuid(400)), 'lost', null],
  ] as const)('of %s → %s', (from, to, depotId) => {
    expect(depotOfPosting({ from, to })).toBe(depotId);
  });
});
