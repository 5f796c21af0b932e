import { CallUp, MAX_EVENT_BYTES, TOPICS } from '@ledger/contracts';
import fc from 'fast-check';
import type { IncomingMessage } from '../bus/bus';
import { parseMessage } from './parse-message';

const KEY = CallUp.example.allocationId;
const ID = '0197f0c0-0000-7000-8000-0000000000e1';
const envelope = {
  specversion: '1.0',
  id: ID,
  source: '/gateway',
  type: CallUp.type,
  time: '2026-07-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  subject: KEY,
  partitionkey: KEY,
  sequence: 3,
  correlationid: KEY,
  causationid: ID,
  realm: 'real',
  data: CallUp.example,
};

const message = (value: Buffer | string | null, topic: string = TOPICS.dispatchCommands): IncomingMessage => ({
  topic,
  partition: 0,
  offset: '7',
  key: 'key of the bus',
  value: typeof value === 'string' ? Buffer.from(value) : value,
  headers: {},
});
const changed = (change: object): IncomingMessage => message(JSON.stringify({ ...envelope, ...change }));

const UNREADABLE = { partitionKey: 'key of the bus', eventId: null, type: null };
const KNOWN = { partitionKey: KEY, eventId: ID, type: CallUp.type };

function refusalOf(incoming: IncomingMessage) {
  const parsed = parseMessage(incoming);
  if (!('refusal' in parsed)) throw new Error('the message was taken');
  return { code: parsed.refusal.code, detail: parsed.refusal.details.detail, identity: parsed.identity };
}

it('takes a good event as it is', () => {
  expect(parseMessage(changed({}))).toEqual({ event: envelope });
});

it('drops from the data what their definition does not know', () => {
  expect(parseMessage(changed({ data: { ...CallUp.example, admin: true } }))).toEqual({ event: envelope });
});

it.each<[string, IncomingMessage, string]>([
  ['a tombstone', message(null), 'a tombstone carries no event'],
  ['nothing', message(''), 'not JSON'],
  ['broken JSON', message('{"id":'), 'not JSON'],
  ['bytes that are no text', message(Buffer.from([0xff, 0xfe, 0x00])), 'not JSON'],
  ['JSON of another kind', message('[1,2]'), 'envelope (root): Invalid input: expected object, received array'],
  ['ten thousand levels', message('['.repeat(10_000) + ']'.repeat(10_000)), 'envelope (root)'],
  ['more than a message may be', message('x'.repeat(MAX_EVENT_BYTES + 1)), 'larger than allowed'],
  ['a bad envelope', changed({ sequence: -1 }), 'envelope sequence'],
  ['an event of another topic', message(JSON.stringify(envelope), TOPICS.teamsEvents), 'does not belong on teams'],
])('refuses %s, and knows of it only the key', (_what, incoming, detail) => {
  expect(refusalOf(incoming)).toEqual({
    code: 'EVENT_MALFORMED',
    detail: expect.stringContaining(detail) as string,
    identity: UNREADABLE,
  });
});

it('refuses data of another shape by the place of the fault, and keeps its place in the aggregate', () => {
  const refusal = refusalOf(changed({ data: { ...CallUp.example, site: { siteId: 1 } } }));
  expect(refusal).toMatchObject({ code: 'EVENT_MALFORMED', identity: KNOWN });
  expect(refusal.detail).toMatch(/^data site\/siteId: /);
});

it('refuses an unknown type, and keeps its place for the release that knows it', () => {
  const refusal = refusalOf(changed({ type: 'teams.call-up.v2' }));
  expect(refusal).toEqual({
    code: 'EVENT_TYPE_UNKNOWN',
    detail: 'type teams.call-up.v2',
    identity: { ...KNOWN, type: 'teams.call-up.v2' },
  });
});

it('says little about endless nonsense', () => {
  const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, 'x'.repeat(100)]));
  expect(refusalOf(changed({ data: names })).detail?.length).toBeLessThanOrEqual(400);
});

it('never throws, whatever the bytes are', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  const parts = fc.record({ data: fc.jsonValue(), sequence: fc.anything(), type: fc.string(), id: fc.anything() });
  const texts = parts.map((part) => Buffer.from(JSON.stringify({ ...envelope, ...part }, bigIntAsText) ?? ''));
  fc.assert(
    fc.property(fc.oneof(bytes, texts), (value) => {
      expect(Object.keys(parseMessage(message(value)))).toContain('refusal');
    }),
  );
});

const bigIntAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
