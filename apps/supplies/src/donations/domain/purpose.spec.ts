import { PURPOSE_KINDS, UNDIRECTED, allows, purposeFault, type Destination, type Purpose } from './purpose';

const INCIDENT = '0197f0c0-0000-7000-8000-00000000c1d0';
const OTHER = '0197f0c0-0000-7000-8000-00000000c1d1';
const PURPOSES: readonly Purpose[] = [
  UNDIRECTED,
  { ...UNDIRECTED, kind: 'region', regionCode: '140930' },
  { ...UNDIRECTED, kind: 'incident', incidentId: INCIDENT },
  { ...UNDIRECTED, kind: 'group', group: 'children' },
];
const NOWHERE: Destination = { regionCode: null, incidentId: null, group: null };

/** One line per destination, one column per purpose: undirected, region, incident, group. */
it.each<[string, Partial<Destination>, string]>([
  ['a village of the county', { regionCode: '140930101200' }, 'yes yes no no'],
  ['the county itself', { regionCode: '140930' }, 'yes yes no no'],
  ['a neighbour county', { regionCode: '140931' }, 'yes no no no'],
  ['the city above', { regionCode: '1409' }, 'yes no no no'],
  ['the incident', { incidentId: INCIDENT }, 'yes no yes no'],
  ['another incident in the county', { incidentId: OTHER, regionCode: '140930101' }, 'yes yes no no'],
  ['the group', { group: 'children' }, 'yes no no yes'],
  ['another group', { group: 'elderly' }, 'yes no no no'],
  ['nobody knows where', {}, 'yes no no no'],
])('goods for %s', (_where, destination, expected) => {
  const found = PURPOSES.map((purpose) => (allows(purpose, { ...NOWHERE, ...destination }) ? 'yes' : 'no'));
  expect(found.join(' ')).toBe(expected);
});

it('a purpose names what its kind says, and nothing else', () => {
  expect(PURPOSES.map(({ kind }) => kind)).toEqual(PURPOSE_KINDS);
  for (const purpose of PURPOSES) {
    expect(purposeFault(purpose)).toBeUndefined();
    for (const kind of PURPOSE_KINDS.filter((each) => each !== purpose.kind)) {
      expect(purposeFault({ ...purpose, kind })).toEqual(expect.any(String));
    }
  }
});
