import type { Caller } from '@ledger/contracts';
import { mayActAt, regionPattern } from './scope';
import { uuid } from './stock/domain/testing/builders';

const aCaller = (overrides: Partial<Caller> = {}): Caller => ({
  userId: uuid(1),
  username: 'keeper',
  displayName: 'Keeper',
  roles: ['keeper'],
  regionCode: '140930',
  organisationId: uuid(2),
  organisationKind: 'emergency',
  realm: 'real',
  ...overrides,
});
const depot = { regionCode: '140930101', organisationId: uuid(3) };

describe('regionPattern', () => {
  it.each(['14', '1409', '140930', '140930101', '140930101200'])('covers %s and below', (code) => {
    expect(regionPattern(code)).toBe(`${code}%`);
  });

  it.each(['', '1', '140', '%', '14_', '140930x', '1409301012001'])('matches nothing for %j', (code) => {
    expect(regionPattern(code)).toBe('');
  });
});

describe('mayActAt', () => {
  it.each([
    ['an emergency bureau above the depot', {}, true],
    ['the same bureau of a neighbour county', { regionCode: '140931' }, false],
    ['a village below the depot', { regionCode: '140930101200' }, false],
    ['another department of the county', { organisationKind: 'water' }, false],
    ['the department that owns the depot', { organisationKind: 'government', organisationId: uuid(3) }, true],
    [
      'the owner with a cut-off region',
      { organisationKind: 'government', organisationId: uuid(3), regionCode: '' },
      false,
    ],
  ] as const)('%s', (_who, overrides, allowed) => {
    expect(mayActAt(aCaller(overrides), depot)).toBe(allowed);
  });
});
