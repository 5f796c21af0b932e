import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { PROBLEMS, type ProblemCode } from '@ledger/contracts';
import type { TestAnswer, TestCaller } from '@ledger/testing';
import { type Sample, startSample } from './support/sample';

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly instance: string;
  readonly correlationId: string;
  readonly errors?: readonly { pointer: string; reason: string }[];
}

const NOTES = '/api/v1/teams/notes';
const MANAGER: TestCaller = { roles: ['team-manager'] };
const GOOD = { text: 'sandbags are there', copies: 1 };

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.stop());

const write = (body: unknown): Promise<TestAnswer<Problem>> => sample.request('POST', NOTES, { as: MANAGER, body });
const read = (path: string): Promise<TestAnswer<Problem>> => sample.request('GET', path, { as: MANAGER });

/** Sends a body as it is, whatever it is. */
async function writeRaw(body: string | Buffer, contentType?: string): Promise<TestAnswer<Problem>> {
  const response = await fetch(sample.url + NOTES, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await sample.token(MANAGER)}`,
      'idempotency-key': randomUUID(),
      ...(contentType ? { 'content-type': contentType } : {}),
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Problem };
}

function expectProblem(answer: TestAnswer<Problem>, code: ProblemCode): void {
  expect({ code: answer.body.code, status: answer.status }).toEqual({ code, status: PROBLEMS[code].status });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    type: `urn:emergency-ledger:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: PROBLEMS[code].title,
    status: PROBLEMS[code].status,
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
  expect(answer.headers.get('x-correlation-id')).toBe(answer.body.correlationId);
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|SELECT|INSERT|FST_ERR/);
}

it('takes what has the right form', async () => {
  const answer = await write({ ...GOOD, tags: ['flood'], place: { latitude: 39.4 } });
  expect(answer).toMatchObject({ status: 201, body: { text: GOOD.text } });
});

describe('a body of another shape is refused by the place of its fault', () => {
  it.each<[string, unknown, string]>([
    ['an unknown field', { ...GOOD, admin: true }, '/admin'],
    ['an unknown field inside', { ...GOOD, place: { latitude: 1, altitude: 2 } }, '/place/altitude'],
    ['a missing field', { copies: 1 }, '/text'],
    ['a number for a text', { ...GOOD, text: 7 }, '/text'],
    ['a text for a number', { ...GOOD, copies: '1' }, '/copies'],
    ['a fraction for a whole number', { ...GOOD, copies: 1.5 }, '/copies'],
    ['a negative number', { ...GOOD, copies: -1 }, '/copies'],
    ['a huge number', { ...GOOD, copies: 1e308 }, '/copies'],
    ['null', { ...GOOD, text: null }, '/text'],
    ['an empty text', { ...GOOD, text: '' }, '/text'],
    ['a long text', { ...GOOD, text: 'x'.repeat(201) }, '/text'],
    ['a text for a list', { ...GOOD, tags: 'flood' }, '/tags'],
    ['a long list', { ...GOOD, tags: ['a', 'b', 'c', 'd'] }, '/tags'],
    ['a list of other things', { ...GOOD, tags: [{ a: 1 }] }, '/tags'],
    ['a text for an object', { ...GOOD, place: 'Hequ' }, '/place'],
    ['a list for an object', { ...GOOD, place: [{ latitude: 91 }] }, '/place/0/latitude'],
    ['no number for a number', { ...GOOD, place: { latitude: 'north' } }, '/place/latitude'],
    ['a text no database takes', { ...GOOD, text: 'a\u0000b' }, '/text'],
    ['half a character', { ...GOOD, tags: ['\ud83d'] }, '/tags/0'],
  ])('%s', async (_what, body, pointer) => {
    const answer = await write(body);
    expectProblem(answer, 'REQUEST_INVALID');
    expect(answer.body.errors?.map((fault) => fault.pointer)).toContain(pointer);
  });

  it.each<[string, unknown]>([
    ['a list', [GOOD]],
    ['an empty list', []],
    ['a text', 'sandbags'],
    ['a number', 7],
    ['true', true],
    ['null', null],
  ])('%s in place of an object', async (_what, body) => {
    expectProblem(await write(body), 'REQUEST_INVALID');
  });

  it('and the answer stays small, whatever the body says', async () => {
    const answer = await write({ ...GOOD, ['n'.repeat(100_000)]: 1 });
    expectProblem(answer, 'REQUEST_INVALID');
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
    const many = await write({ ...GOOD, ...Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n])) });
    expect(many.body.errors?.length).toBeLessThanOrEqual(50);
  });
});

describe('a body that is no body', () => {
  it.each<[string, string, ProblemCode]>([
    ['broken JSON', '{"text":', 'REQUEST_INVALID'],
    ['nothing', '', 'REQUEST_INVALID'],
    ['JSON nested a hundred thousand times', '['.repeat(100_000) + ']'.repeat(100_000), 'REQUEST_INVALID'],
    ['objects nested deep', '{"text":'.repeat(5_000) + '1' + '}'.repeat(5_000), 'REQUEST_INVALID'],
    ['__proto__', '{"text":"a","copies":1,"__proto__":{"admin":true}}', 'REQUEST_INVALID'],
    ['a poisoned constructor', '{"text":"a","copies":1,"constructor":{"prototype":{"admin":true}}}', 'REQUEST_INVALID'],
    ['a megabyte', JSON.stringify({ ...GOOD, text: 'x'.repeat(1_000_000) }), 'REQUEST_TOO_LARGE'],
  ])('%s', async (_what, body, code) => {
    expectProblem(await writeRaw(body, 'application/json'), code);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '%s is not spoken here',
    async (contentType) => {
      expectProblem(await writeRaw('text=a&copies=1', contentType), 'REQUEST_MEDIA_TYPE_UNSUPPORTED');
    },
  );

  it('a body without a content type is not guessed at', async () => {
    expectProblem(await writeRaw(Buffer.from(JSON.stringify(GOOD))), 'REQUEST_MEDIA_TYPE_UNSUPPORTED');
  });

  it('a megabyte that announces no length is broken off', async () => {
    const token = await sample.token(MANAGER);
    const status = await new Promise<number | undefined>((resolve) => {
      const sending = httpRequest(sample.url + NOTES, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
      sending.on('response', (response) => resolve(response.statusCode));
      sending.on('error', () => undefined); // The server closes before everything is sent.
      sending.end(JSON.stringify({ ...GOOD, text: 'x'.repeat(1_000_000) }));
    });
    expect(status).toBe(413);
  });
});

describe('an address', () => {
  it('that is unknown', async () => {
    expectProblem(await read('/api/v1/teams/nothing'), 'ROUTE_NOT_FOUND');
  });

  it('with another method tells the right ones', async () => {
    const answer = await sample.request<Problem>('DELETE', NOTES, { as: MANAGER });
    expectProblem(answer, 'REQUEST_METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it.each([
    ['an id that is none', `${NOTES}/1`],
    ['an id with what no database takes', `${NOTES}/%00`],
    ['a part that is no text', `${NOTES}/%zz`],
    ['a part of endless length', `${NOTES}/${'1'.repeat(500)}`],
    ['a page too large', `${NOTES}?limit=201`],
    ['a page before the first', `${NOTES}?offset=-1`],
    ['a page that is no number', `${NOTES}?limit=ten`],
    ['an unknown question', `${NOTES}?sort=text`],
    ['a question asked twice', `${NOTES}?limit=1&limit=2`],
    ['a poisoned question', `${NOTES}?__proto__[admin]=1`],
  ])('with %s', async (_what, path) => {
    expectProblem(await read(path), 'REQUEST_INVALID');
  });

  it('of nothing there is', async () => {
    expectProblem(await read(`${NOTES}/${randomUUID()}`), 'TEAMS_TEAM_NOT_FOUND');
  });

  it('in a message that is no HTTP is answered as well, and the connection ends', async () => {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(sample.url).port), '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
      socket.on('data', (data) => (text += String(data)));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('"code":"REQUEST_INVALID"');
  });
});

describe('the correlation id', () => {
  it('of the caller is kept', async () => {
    const id = randomUUID();
    const answer = await sample.request<Problem>('GET', `${NOTES}/1`, {
      as: MANAGER,
      headers: { 'x-correlation-id': id },
    });
    expect([answer.headers.get('x-correlation-id'), answer.body.correlationId]).toEqual([id, id]);
  });

  it.each([
    ['a number', '1'],
    ['a script', '<script>'],
    ['an endless one', 'x'.repeat(500)],
  ])('is replaced where it is none: %s', async (_what, id) => {
    const answer = await sample.request<Problem>('GET', `${NOTES}/1`, {
      as: MANAGER,
      headers: { 'x-correlation-id': id },
    });
    expectProblem(answer, 'REQUEST_INVALID');
    expect(answer.body.correlationId).not.toBe(id);
  });
});
