import fc from 'fast-check';
import {
  ACCOUNT_PATTERN,
  DEPOT_STATES,
  OUTSIDE_ACCOUNTS,
  damagedSiteAccount,
  depotAccount,
  isInside,
  parseDepotAccount,
  siteAccount,
  transitAccount,
} from './accounts';

const ids = fc.uuid();
const states = fc.constantFrom(...DEPOT_STATES);
const NO_DEPOTS = ['', 'depot', 'depot:', 'depot::available', 'depot:a:elsewhere', 'transit:a', 'depot:a:available:b'];

describe('accounts', () => {
  it('inside and outside ones fit the pattern that the database checks', () => {
    fc.assert(
      fc.property(ids, states, (id, state) => {
        const inside = [depotAccount(id, state), transitAccount(id), siteAccount(id), damagedSiteAccount(id)];
        for (const account of inside) expect([ACCOUNT_PATTERN.test(account), isInside(account)]).toEqual([true, true]);
      }),
    );
    for (const account of OUTSIDE_ACCOUNTS) {
      expect([ACCOUNT_PATTERN.test(account), isInside(account)]).toEqual([true, false]);
    }
  });

  it.each([...NO_DEPOTS, 'supplier ', ' lost', 'site:1', 'depot:0197F0C0-0000-7000-8000-000000000001:available'])(
    'the pattern refuses "%s"',
    (text) => {
      expect(ACCOUNT_PATTERN.test(text)).toBe(false);
    },
  );

  it('a depot account gives back its depot and state', () => {
    fc.assert(
      fc.property(ids, states, (depotId, state) => {
        expect(parseDepotAccount(depotAccount(depotId, state))).toEqual({ depotId, state });
      }),
    );
  });

  it.each([...NO_DEPOTS, ...OUTSIDE_ACCOUNTS])('"%s" is no depot account', (account) => {
    expect(parseDepotAccount(account)).toBeUndefined();
  });
});
