import { randomUUID } from 'node:crypto';
import { DomainError, TeamRequested } from '@ledger/contracts';
import type { TestAnswer, TestCaller } from '@ledger/testing';
import type { Note } from './support/notes.controller';
import { type Sample, startSample } from './support/sample';

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterEach(() => sample.rehearsal.nothing());
afterAll(() => sample.stop());

type Answer = TestAnswer<Note & { code?: string; errors?: object[] }>;

const MANAGER: TestCaller = { userId: randomUUID(), roles: ['team-manager'] };

const write = (text: string, key: string | null, as: TestCaller = MANAGER): Promise<Answer> =>
  sample.request('POST', '/api/v1/teams/notes', { as, key, body: { text, copies: 1 } });

/** What a request has left: its notes and the events about them. */
async function traces(text: string): Promise<{ notes: number; events: number }> {
  const notes = await sample.database.query<Note>('SELECT id FROM notes WHERE text = $1', [text]);
  const ids = notes.map((note) => note.id);
  const events = (await sample.published(TeamRequested)).filter((event) => ids.includes(event.allocationId));
  return { notes: notes.length, events: events.length };
}

describe('a repeated request', () => {
  it('gets the first answer and takes effect once', async () => {
    const key = randomUUID();
    const first = await write('repeat', key);
    const second = await write('repeat', key);
    expect(first.status).toBe(201);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(await traces('repeat')).toEqual({ notes: 1, events: 1 });
  });

  it('gets it also when twenty come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => write('race', key)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1);
    expect(answers[0].status).toBe(201);
    expect(await traces('race')).toEqual({ notes: 1, events: 1 });
  });

  it('is the same request however its JSON is written', async () => {
    const key = randomUUID();
    const send = (body: string) =>
      sample.token(MANAGER).then((token) =>
        fetch(`${sample.url}/api/v1/teams/notes`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
          body,
        }),
      );
    const first = await send('{"text":"spaced","copies":1}');
    const second = await send('{ "copies": 1,\n  "text": "sp\\u0061ced" }');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
  });

  it('with other content is refused, and changes nothing', async () => {
    const key = randomUUID();
    await write('one thing', key);
    expect(await write('another thing', key)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await traces('another thing')).toEqual({ notes: 0, events: 0 });
  });

  it('is another one for another caller', async () => {
    const key = randomUUID();
    const first = await write('mine', key);
    const second = await write('mine', key, { ...MANAGER, userId: randomUUID() });
    expect(second.body.id).not.toBe(first.body.id);
  });
});

describe('a refused request', () => {
  it('leaves no trace, and its key stays free', async () => {
    const key = randomUUID();
    sample.rehearsal.always(() => {
      throw new DomainError('TEAMS_NO_TEAM_LEFT', { facts: { asked: 3 } });
    });
    const refused = await write('refused', key);
    expect(refused).toMatchObject({ status: 409, body: { code: 'TEAMS_NO_TEAM_LEFT', facts: { asked: 3 } } });
    expect(await traces('refused')).toEqual({ notes: 0, events: 0 });
    expect(await sample.database.query('SELECT 1 FROM idempotency_keys WHERE key = $1', [key])).toEqual([]);
    sample.rehearsal.nothing();
    expect((await write('refused', key)).status).toBe(201);
    expect((await write('refused', key)).status).toBe(201);
    expect(await traces('refused')).toEqual({ notes: 1, events: 1 });
  });

  it('by a fault of ours leaves no trace either, and tells nothing', async () => {
    const key = randomUUID();
    sample.rehearsal.always(async (tx) => {
      await tx.query('SELECT secret FROM nowhere');
    });
    const failed = await write('failed', key);
    expect(failed).toMatchObject({ status: 500, body: { code: 'INTERNAL_FAULT' } });
    expect(JSON.stringify(failed.body)).not.toMatch(/secret|nowhere|does not exist|\.ts/);
    sample.rehearsal.nothing();
    expect((await write('failed', key)).status).toBe(201);
  });
});

describe('a key', () => {
  it.each([
    ['none', null],
    ['a short one', '1234567'],
    ['a long one', 'k'.repeat(101)],
    ['one with a space', 'key with space'],
  ])('must be sent: %s is refused', async (_what, key) => {
    expect(await write('keyless', key)).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect(await traces('keyless')).toEqual({ notes: 0, events: 0 });
  });
});
