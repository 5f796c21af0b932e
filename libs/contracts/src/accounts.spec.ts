import fc from 'fast-check';
import {
  DEPOT_STATES,
  JOURNEY_ACCOUNT_PATTERN,
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
        const onTheWay = [transitAccount(id), siteAccount(id), damagedSiteAccount(id)];
        expect(onTheWay.filter((account) => JOURNEY_ACCOUNT_PATTERN.test(account))).toEqual(onTheWay);
        expect(JOURNEY_ACCOUNT_PATTERN.test(depotAccount(id, state))).toBe(false);
        expect([depotAccount(id, state), ...onTheWay].every(isInside)).toBe(true);
      }),
    );
    for (const account of OUTSIDE_ACCOUNTS) {
      expect([JOURNEY_ACCOUNT_PATTERN.test(account), isInside(account)]).toEqual([false, false]);
    }
  });

  it.each([...NO_DEPOTS, 'supplier ', ' lost', 'site:1', 'depot:0197F0C0-0000-7000-8000-000000000001:available'])(
    'the pattern refuses "%s"',
    (text) => {
      expect(JOURNEY_ACCOUNT_PATTERN.test(text)).toBe(false);
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
