import { randomUUID } from 'node:crypto';
import { envelopeSchema } from './envelope';

const good = {
  specversion: '1.0',
  id: randomUUID(),
  source: '/teams',
  type: 'teams.team-accepted.v1',
  time: '2026-07-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  subject: 'a-1',
  partitionkey: 'a-1',
  sequence: 1,
  correlationid: 'a-1',
  causationid: 'c-1',
  realm: 'real',
  data: {},
};

it('takes a complete envelope, and drops what it does not know', () => {
  expect(envelopeSchema.parse({ ...good, traceparent: '00-…' })).toEqual(good);
});

it.each<[string, object]>([
  ['another version', { specversion: '0.3' }],
  ['an id that is none', { id: '1' }],
  ['a stranger', { source: '/somebody' }],
  ['a source with more behind it', { source: '/teams/../gateway' }],
  ['a type without a version', { type: 'teams.team-accepted' }],
  ['a type in capitals', { type: 'Teams.Accepted.v1' }],
  ['an endless type', { type: `teams.${'a'.repeat(100)}.v1` }],
  ['a time without a zone', { time: '2026-07-01T00:00:00' }],
  ['another content', { datacontenttype: 'application/xml' }],
  ['no key', { partitionkey: '' }],
  ['an endless key', { partitionkey: 'k'.repeat(201) }],
  ['a sequence of nothing', { sequence: 0 }],
  ['a broken sequence', { sequence: 1.5 }],
  ['a sequence beyond counting', { sequence: 2 ** 53 }],
  ['a sequence in words', { sequence: '1' }],
  ['another realm', { realm: 'dream' }],
])('refuses %s', (_what, change) => {
  expect(envelopeSchema.safeParse({ ...good, ...change }).success).toBe(false);
});

it.each(Object.keys(good).filter((field) => field !== 'data'))('refuses an envelope without %s', (field) => {
  expect(envelopeSchema.safeParse({ ...good, [field]: undefined }).success).toBe(false);
});
