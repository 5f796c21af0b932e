import { depotAccount } from '@ledger/contracts';
import { MAX_POSTINGS, assertPostings, reversedPostings } from './posting';
import { aPosting, uuid } from './testing/builders';

const corrupt = expect.objectContaining({ code: 'SUPPLIES_LEDGER_CORRUPT' }) as Error;

describe('a movement', () => {
  it.each([
    ['nothing', { quantityBase: 0 }],
    ['less than nothing', { quantityBase: -1 }],
    ['half a piece', { quantityBase: 0.5 }],
    ['more than can be counted', { quantityBase: Number.MAX_SAFE_INTEGER + 2 }],
    ['an account to itself', { from: 'lost', to: 'lost' }],
    ['one depot to another', { from: depotAccount(uuid(100), 'available'), to: depotAccount(uuid(101), 'available') }],
  ] as const)('with a posting of %s is none', (_what, overrides) => {
    expect(() => assertPostings([aPosting(), aPosting(overrides)])).toThrow(corrupt);
  });

  it('has at least one posting, and no more than an event carries', () => {
    expect(() => assertPostings([])).toThrow(corrupt);
    expect(() => assertPostings(Array.from({ length: MAX_POSTINGS + 1 }, () => aPosting()))).toThrow(corrupt);
    expect(() => assertPostings(Array.from({ length: MAX_POSTINGS }, () => aPosting()))).not.toThrow();
  });
});

it('reversed postings move the same quantities the other way round, in the same order', () => {
  const there = aPosting({ from: 'supplier', to: depotAccount(uuid(100), 'available'), quantityBase: 3 });
  const lost = aPosting({ from: depotAccount(uuid(100), 'available'), to: 'lost', quantityBase: 2 });
  expect(reversedPostings([there, lost])).toEqual([
    { ...there, from: there.to, to: there.from },
    { ...lost, from: lost.to, to: lost.from },
  ]);
});
