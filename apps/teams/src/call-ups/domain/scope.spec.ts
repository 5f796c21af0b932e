import type { Caller, Role } from '@ledger/contracts';
import { isSiteDispatcher, mayAct, maySee } from './scope';

const WATER_BUREAU = '0197f0c0-0000-7000-8000-00000000aaaa';
const FIRE_BRIGADE = '0197f0c0-0000-7000-8000-00000000bbbb';

const aCaller = (regionCode: string, role: Role, changes: Partial<Caller> = {}): Caller => ({
  userId: '0197f0c0-0000-7000-8000-000000000001',
  username: 'somebody',
  displayName: 'somebody',
  roles: [role],
  regionCode,
  organisationId: '0197f0c0-0000-7000-8000-000000000002',
  organisationKind: 'emergency',
  realm: 'real',
  ...changes,
});

/** A site in Hequ; first a team of township 102 was asked, now one of Baode county is. */
const PARTIES = {
  siteRegionCode: '140930101200',
  teams: [
    { regionCode: '140930102', organisationId: FIRE_BRIGADE },
    { regionCode: '140931', organisationId: WATER_BUREAU },
  ],
};

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
  ])('region %s as %s of the emergency departments', (regionCode, role, expected) => {
    const caller = aCaller(regionCode, role);
    expect({
      see: maySee(caller, PARTIES),
      act: mayAct(caller, PARTIES),
      command: isSiteDispatcher(caller, PARTIES),
    }).toEqual(expected);
  });

  it.each([
    ['the organisation of the team', WATER_BUREAU, true],
    ['another organisation of its county', FIRE_BRIGADE, false],
  ])('lets %s act: %s', (_, organisationId, expected) => {
    const caller = aCaller('140931', 'team-manager', { organisationKind: 'water', organisationId });
    expect(mayAct(caller, PARTIES)).toBe(expected);
    expect(maySee(caller, PARTIES)).toBe(true);
  });

  it('shows a tombstone to nobody', () => {
    const tombstone = { siteRegionCode: null, teams: [] };
    expect(maySee(aCaller('14', 'dispatcher'), tombstone)).toBe(false);
    expect(mayAct(aCaller('14', 'dispatcher'), tombstone)).toBe(false);
  });
});
