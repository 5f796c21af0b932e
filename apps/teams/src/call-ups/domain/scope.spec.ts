import type { Caller, Role } from '@ledger/contracts';
import { isSiteDispatcher, mayAct, maySee } from './scope';

const aCaller = (regionCode: string, role: Role): Caller => ({
  userId: '0197f0c0-0000-7000-8000-000000000001',
  username: 'somebody',
  displayName: 'somebody',
  roles: [role],
  regionCode,
  organisationId: '0197f0c0-0000-7000-8000-000000000002',
  organisationKind: 'emergency',
  realm: 'real',
});

/** A site in Hequ; first a team of township 101 was asked, now one of Baode county is. */
const REGIONS = { siteRegionCode: '140930101200', teamRegionCodes: ['140930102', '140931'] };

describe('who may see and act on a call-up', () => {
  it.each<[string, Role, { see: boolean; act: boolean; command: boolean }]>([
    ['140930', 'dispatcher', { see: true, act: true, command: true }],
    ['140930101200', 'dispatcher', { see: true, act: true, command: true }],
    ['1409', 'dispatcher', { see: true, act: true, command: true }],
    ['140930', 'team-manager', { see: true, act: false, command: false }],
    ['140931', 'team-manager', { see: true, act: true, command: false }],
    ['140931', 'dispatcher', { see: true, act: true, command: false }],
    ['140930102', 'team-manager', { see: true, act: false, command: false }],
    ['140930103', 'team-manager', { see: false, act: false, command: false }],
    ['610822', 'dispatcher', { see: false, act: false, command: false }],
    ['', 'dispatcher', { see: false, act: false, command: false }],
  ])('region %s as %s', (regionCode, role, expected) => {
    const caller = aCaller(regionCode, role);
    expect({
      see: maySee(caller, REGIONS),
      act: mayAct(caller, REGIONS),
      command: isSiteDispatcher(caller, REGIONS),
    }).toEqual(expected);
  });

  it('shows a tombstone to nobody', () => {
    const tombstone = { siteRegionCode: null, teamRegionCodes: [] };
    expect(maySee(aCaller('14', 'dispatcher'), tombstone)).toBe(false);
    expect(mayAct(aCaller('14', 'dispatcher'), tombstone)).toBe(false);
  });
});
