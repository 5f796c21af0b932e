import { randomUUID } from 'node:crypto';
import { CallUp, DomainError, TOPICS, type Role } from '@ledger/contracts';
import { Parking } from '@ledger/platform';
import { type TestAnswer, waitFor } from '@ledger/testing';
import {
  type ParkedRow,
  type Sample,
  aCallUp,
  effectsOf,
  loseConnection,
  parkedRows,
  startSample,
} from './support/sample';

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterEach(() => sample.rehearsal.nothing());
afterAll(() => sample.stop());

const refuse = (): never => {
  throw new DomainError('TEAMS_TEAM_ALREADY_CALLED');
};

const parkedOf = async (key: string): Promise<ParkedRow[]> =>
  (await parkedRows(sample)).filter((row) => row.partition_key === key);

const replay = (id: string, role: Role = 'system-administrator'): Promise<TestAnswer<{ code?: string }>> =>
  sample.request('POST', `/api/v1/teams/parked-events/${id}/replay`, { as: { roles: [role], username: 'root.hequ' } });

const metrics = async (): Promise<string> => (await fetch(`${sample.url}/metrics`)).text();

/** Publishes one event that is refused and two behind it, and waits until all are parked. */
async function threeParked(): Promise<{ allocationId: string; parked: ParkedRow[] }> {
  const { allocationId } = aCallUp();
  sample.rehearsal.always(refuse);
  await sample.publish(CallUp, aCallUp(allocationId));
  await sample.settled();
  sample.rehearsal.nothing();
  await sample.publish(CallUp, aCallUp(allocationId));
  await sample.publish(CallUp, aCallUp(allocationId));
  await sample.settled();
  return { allocationId, parked: await parkedOf(allocationId) };
}

describe('a message that is no event', () => {
  const envelope = (change: object): string =>
    JSON.stringify({
      specversion: '1.0',
      id: randomUUID(),
      source: '/gateway',
      type: CallUp.type,
      time: '2026-07-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      subject: 'a',
      partitionkey: 'a',
      sequence: 1,
      correlationid: 'a',
      causationid: 'a',
      realm: 'real',
      data: aCallUp(),
      ...change,
    });

  it.each([
    ['broken JSON', '{"specversion":', 'EVENT_MALFORMED', 'not JSON'],
    ['a text', '"hello"', 'EVENT_MALFORMED', 'envelope (root)'],
    ['null', 'null', 'EVENT_MALFORMED', 'envelope (root)'],
    ['an event without an id', envelope({ id: undefined }), 'EVENT_MALFORMED', 'envelope id'],
    ['an unknown type', envelope({ type: 'teams.surprise.v9' }), 'EVENT_TYPE_UNKNOWN', 'teams.surprise.v9'],
    ['another topic’s event', envelope({ type: 'supplies.stock-reserved.v1' }), 'EVENT_MALFORMED', 'does not belong'],
    ['data of another shape', envelope({ data: { allocationId: 7 } }), 'EVENT_MALFORMED', 'data allocationId'],
  ])('is parked with its reason, and its partition goes on: %s', async (_what, value, code, reason) => {
    const { allocationId } = aCallUp();
    await sample.publishRaw(TOPICS.dispatchCommands, allocationId, value);
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    const last = (await parkedRows(sample)).at(-1);
    expect(last).toMatchObject({ code, state: 'open' });
    expect(last?.reason).toContain(reason);
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
  });

  it('is parked once, however often the bus delivers it', async () => {
    const parking = sample.running.app.get(Parking);
    const message = { topic: 't', partition: 0, offset: '1', key: 'twice', value: Buffer.from('x'), headers: {} };
    const unknown = { partitionKey: message.key, eventId: null, type: null };
    for (let delivery = 0; delivery < 2; delivery++) await parking.park(message, unknown, new Error('unreadable'));
    expect(await parkedOf('twice')).toHaveLength(1);
  });

  it('is parked even when its key is endless and its reason holds what no database takes', async () => {
    const parking = sample.running.app.get(Parking);
    const key = `\0${Array.from({ length: 800 }, () => randomUUID()).join('')}`;
    const message = { topic: 't', partition: 0, offset: '2', key, value: null, headers: {} };
    await parking.park(message, { partitionKey: key, eventId: null, type: null }, new Error('no \0 please'));
    expect((await parkedRows(sample)).at(-1)).toMatchObject({ reason: 'no \uFFFD please' });
  });
});

describe('a fault of a handler', () => {
  it('that is a bug parks the event with the stack, for us and not for the caller', async () => {
    sample.rehearsal.always(() => {
      throw new TypeError('undefined is not a team');
    });
    const { allocationId } = aCallUp();
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    const [parked] = await parkedOf(allocationId);
    expect(parked).toMatchObject({ code: 'EVENT_HANDLER_FAULT', reason: 'undefined is not a team' });
    expect(parked.stack).toContain('call-ups.consumer');
    const list = await sample.request<{ items: object[] }>('GET', '/api/v1/teams/parked-events?limit=1', {
      as: { roles: ['auditor'] },
    });
    expect(list.body.items).toEqual([
      {
        id: parked.id,
        topic: TOPICS.dispatchCommands,
        partitionKey: allocationId,
        eventId: parked.event_id,
        type: CallUp.type,
        code: 'EVENT_HANDLER_FAULT',
        reason: 'undefined is not a team',
        state: 'open',
        parkedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      },
    ]);
  });

  it('that passes is overcome without parking', async () => {
    const { allocationId } = aCallUp();
    let faults = 2;
    sample.rehearsal.always(async (tx) => {
      if (faults-- > 0) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
    expect(await parkedOf(allocationId)).toEqual([]);
  });

  it('that comes between two statements is overcome as well', async () => {
    const { allocationId } = aCallUp();
    let faults = 1;
    sample.rehearsal.always(async (tx) => {
      if (faults-- > 0) await loseConnection(sample, tx);
    });
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
    expect(await parkedOf(allocationId)).toEqual([]);
  });

  it('that lasts pauses the partition: nothing is parked, nothing skipped, and it goes on afterwards', async () => {
    const { allocationId } = aCallUp();
    sample.rehearsal.always(async (tx) => {
      await tx.query(`SET LOCAL statement_timeout = 1`);
      await tx.query('SELECT pg_sleep(1)');
    });
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.publish(CallUp, aCallUp(allocationId));
    await waitFor('a pause', async () => /outcome="paused".* [1-9]/.test(await metrics()));
    expect(await parkedOf(allocationId)).toEqual([]);
    sample.rehearsal.nothing();
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1, 2]);
  });
});

describe('events behind a parked one', () => {
  it('are parked behind it, while other aggregates go on', async () => {
    const { allocationId, parked } = await threeParked();
    expect(parked.map((row) => row.code)).toEqual([
      'TEAMS_TEAM_ALREADY_CALLED',
      'EVENT_BEHIND_PARKED',
      'EVENT_BEHIND_PARKED',
    ]);
    expect(await effectsOf(sample, allocationId)).toEqual([]);
    const other = await sample.publish(CallUp, aCallUp());
    await sample.settled();
    expect(await effectsOf(sample, other.partitionkey)).toEqual([1]);
  });

  it('are replayed in order only, each once', async () => {
    const { allocationId, parked } = await threeParked();
    const [first, second, third] = parked;
    expect(await replay(second.id)).toMatchObject({ status: 409, body: { code: 'EVENT_BEHIND_PARKED' } });
    for (const { id } of [first, second, third]) expect((await replay(id)).status).toBe(200);
    expect(await effectsOf(sample, allocationId)).toEqual([1, 2, 3]);
    expect(await replay(first.id)).toMatchObject({ status: 404, body: { code: 'PARKED_EVENT_NOT_FOUND' } });
    const settled = await sample.database.query(
      'SELECT state, settled_by FROM parked_events WHERE partition_key = $1 AND settled_at IS NOT NULL',
      [allocationId],
    );
    expect(settled).toEqual(Array.from({ length: 3 }, () => ({ state: 'replayed', settled_by: 'root.hequ' })));
  });

  it('wait as well behind one that could not be read, until a release can read it', async () => {
    const { allocationId } = aCallUp();
    const later = { ...aCallUp(allocationId), answerSeconds: 'soon' };
    const unread = await sample.publish(CallUp, aCallUp(allocationId), { data: later });
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    const [first, second] = await parkedOf(allocationId);
    expect([first.code, second.code]).toEqual(['EVENT_MALFORMED', 'EVENT_BEHIND_PARKED']);
    expect(await replay(first.id)).toMatchObject({ status: 422, body: { code: 'EVENT_MALFORMED' } });
    const readable = Buffer.from(JSON.stringify({ ...unread, data: aCallUp(allocationId) }));
    await sample.database.query('UPDATE parked_events SET value = $2 WHERE id = $1', [first.id, readable]);
    expect((await replay(first.id)).status).toBe(200);
    expect((await replay(second.id)).status).toBe(200);
    expect(await effectsOf(sample, allocationId)).toEqual([1, 2]);
  });

  it('stay parked when the replay fails again, with the handler’s own reason as the answer', async () => {
    const { parked } = await threeParked();
    sample.rehearsal.always(refuse);
    expect(await replay(parked[0].id)).toMatchObject({ status: 409, body: { code: 'TEAMS_TEAM_ALREADY_CALLED' } });
    expect((await parkedOf(parked[0].partition_key ?? '')).map((row) => row.state)).toEqual(['open', 'open', 'open']);
  });
});

describe('a replay', () => {
  it('of one event by two people at once takes effect once', async () => {
    const { allocationId, parked } = await threeParked();
    const answers = await Promise.all([replay(parked[0].id), replay(parked[0].id)]);
    expect(answers.map((answer) => answer.status)).toContain(200);
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
  });

  it('needs an Idempotency-Key and does nothing without', async () => {
    const { parked } = await threeParked();
    const path = `/api/v1/teams/parked-events/${parked[0].id}/replay`;
    const answer = await sample.request('POST', path, { as: { roles: ['system-administrator'] }, key: null });
    expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    expect((await parkedOf(parked[0].partition_key ?? ''))[0].state).toBe('open');
  });

  it.each<[Role, number]>([
    ['auditor', 403],
    ['dispatcher', 403],
  ])('is not for a person who is %s', async (role, status) => {
    expect((await replay(randomUUID(), role)).status).toBe(status);
  });

  it.each([
    ['an event nobody parked', randomUUID(), 404, 'PARKED_EVENT_NOT_FOUND'],
    ['what is no id', '1', 400, 'REQUEST_INVALID'],
  ])('of %s is refused', async (_what, id, status, code) => {
    expect(await replay(id)).toMatchObject({ status, body: { code } });
  });
});
