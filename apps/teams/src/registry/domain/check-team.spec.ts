import { teamFaults, type TeamFacts } from './check-team';

const KNOWN = {
  typeCodes: new Set(['PRO-02']),
  specialties: new Set(['flood', 'diving']),
  highestLevels: new Map([
    ['drain-cubic-metres-per-hour', 0],
    ['rope-rescue', 3],
  ]),
};

const aTeam = (overrides: Partial<TeamFacts> = {}): TeamFacts => ({
  typeCode: 'PRO-02',
  specialties: ['flood', 'diving'],
  capabilities: [
    { code: 'drain-cubic-metres-per-hour', amount: 3000, level: 0 },
    { code: 'rope-rescue', amount: 8, level: 2 },
  ],
  contacts: [{ role: 'commander' }, { role: 'deputy' }, { role: 'deputy' }],
  ...overrides,
});

it('finds nothing wrong with a team that knows its codes', () => {
  expect(teamFaults(aTeam(), KNOWN)).toEqual([]);
});

it.each<[string, Partial<TeamFacts>, string]>([
  ['an unknown kind', { typeCode: 'PRO-99' }, '/typeCode'],
  ['an unknown specialty', { specialties: ['flood', 'magic'] }, '/specialties/1'],
  ['an unknown capability', { capabilities: [{ code: 'magic', amount: 1, level: 0 }] }, '/capabilities/0/code'],
  [
    'a level where there is none',
    { capabilities: [{ code: 'drain-cubic-metres-per-hour', amount: 1, level: 1 }] },
    '/capabilities/0/level',
  ],
  ['a level too high', { capabilities: [{ code: 'rope-rescue', amount: 1, level: 4 }] }, '/capabilities/0/level'],
  ['a missing level', { capabilities: [{ code: 'rope-rescue', amount: 1, level: 0 }] }, '/capabilities/0/level'],
  [
    'a capability stated twice',
    {
      capabilities: [
        { code: 'rope-rescue', amount: 1, level: 1 },
        { code: 'rope-rescue', amount: 2, level: 1 },
      ],
    },
    '/capabilities/1/code',
  ],
  ['two commanders', { contacts: [{ role: 'commander' }, { role: 'commander' }] }, '/contacts'],
])('names the place of %s', (_, overrides, pointer) => {
  expect(teamFaults(aTeam(overrides), KNOWN).map((fault) => fault.pointer)).toEqual([pointer]);
});
