import { randomUUID } from 'node:crypto';
import { CallUp, CallUpRefused, DomainError, StandDown, TOPICS, type EventEnvelope } from '@ledger/contracts';
import { Inbox, newId } from '@ledger/platform';
import { type Sample, aCallUp, aStandDown, effectsOf, parkedRows, startSample } from './support/sample';

let sample: Sample;

beforeAll(async () => {
  sample = await startSample();
});
afterEach(() => sample.rehearsal.nothing());
afterAll(() => sample.stop());

const codesOfParked = async (key: string): Promise<string[]> =>
  (await parkedRows(sample)).filter((row) => row.partition_key === key).map((row) => row.code);

function anEvent(allocationId: string, sequence: number): EventEnvelope<unknown> {
  return {
    specversion: '1.0',
    id: newId(),
    source: '/gateway',
    type: CallUp.type,
    time: '2026-07-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    subject: allocationId,
    partitionkey: allocationId,
    sequence,
    correlationid: allocationId,
    causationid: newId(),
    realm: 'real',
    data: aCallUp(allocationId),
  };
}

describe('an event', () => {
  it('takes effect once, however often the bus delivers it', async () => {
    const { allocationId } = aCallUp();
    const event = await sample.publish(CallUp, aCallUp(allocationId));
    for (let repeats = 0; repeats < 9; repeats++) await sample.publishAgain(event);
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
    expect(await codesOfParked(allocationId)).toEqual([]);
  });

  it('takes effect once when ten copies of the service get it at the same time', async () => {
    const inbox = sample.running.app.get(Inbox);
    const event = anEvent(randomUUID(), 1);
    let effects = 0;
    const take = (): Promise<void> =>
      inbox.once(event, async (tx) => {
        effects++;
        await tx.query('SELECT pg_sleep(0.05)');
      });
    await Promise.all(Array.from({ length: 10 }, take));
    expect(effects).toBe(1);
  });

  it('leaves nothing when its effect fails, and may come again', async () => {
    const inbox = sample.running.app.get(Inbox);
    const event = anEvent(randomUUID(), 1);
    const faulty = inbox.once(event, () => Promise.reject(new TypeError('a bug')));
    await expect(faulty).rejects.toThrow('a bug');
    const rows = () => sample.database.query('SELECT 1 FROM inbox WHERE event_id = $1', [event.id]);
    expect(await rows()).toHaveLength(0);
    await inbox.once(event, () => Promise.resolve());
    expect(await rows()).toHaveLength(1);
  });

  it('that nobody handles is counted all the same, so that the next one of its aggregate is no gap', async () => {
    const inbox = sample.running.app.get(Inbox);
    const key = randomUUID();
    await inbox.pass(anEvent(key, 1));
    await inbox.once(anEvent(key, 2), () => Promise.resolve());
    await expect(inbox.pass(anEvent(key, 4))).rejects.toMatchObject({ code: 'EVENT_OUT_OF_SEQUENCE' });
  });
});

describe('a refusal', () => {
  it('undoes the effect and is answered in one transaction with the inbox row', async () => {
    sample.rehearsal.always(() => {
      throw new DomainError('TEAMS_NO_TEAM_LEFT');
    });
    const { allocationId } = aStandDown();
    const event = await sample.publish(StandDown, aStandDown(allocationId));
    await sample.publishAgain(event);
    await sample.settled();
    const answers = await sample.published(CallUpRefused);
    const answered = answers.filter((answer) => answer.allocationId === allocationId);
    expect(answered).toMatchObject([{ code: 'TEAMS_NO_TEAM_LEFT' }]);
    expect(await effectsOf(sample, allocationId)).toEqual([]);
    expect(await codesOfParked(allocationId)).toEqual([]);
  });

  it('without an answer parks the event', async () => {
    sample.rehearsal.always(() => {
      throw new DomainError('TEAMS_TEAM_ALREADY_CALLED', { detail: 'it is on its way elsewhere' });
    });
    const { allocationId } = aCallUp();
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.settled();
    const [parked] = (await parkedRows(sample)).filter((row) => row.partition_key === allocationId);
    expect(parked).toMatchObject({ code: 'TEAMS_TEAM_ALREADY_CALLED', type: CallUp.type, stack: null, state: 'open' });
    expect(parked.reason).toContain('it is on its way elsewhere');
  });
});

describe('the order of an aggregate', () => {
  it('lets nothing past a gap', async () => {
    const { allocationId } = aCallUp();
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.publish(CallUp, aCallUp(allocationId), { sequence: 3 });
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1]);
    expect(await codesOfParked(allocationId)).toEqual(['EVENT_OUT_OF_SEQUENCE']);
  });

  it.each([
    ['the number of the one before', 2],
    ['a number of long ago', 1],
  ])('refuses another event with %s', async (_what, sequence) => {
    const { allocationId } = aCallUp();
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.publish(CallUp, aCallUp(allocationId));
    await sample.publish(CallUp, aCallUp(allocationId), { sequence });
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([1, 2]);
    expect(await codesOfParked(allocationId)).toEqual(['EVENT_OUT_OF_SEQUENCE']);
  });

  it('begins with the first event that is seen: the bus keeps the older ones for a week only', async () => {
    const { allocationId } = aCallUp();
    await sample.publish(CallUp, aCallUp(allocationId), { sequence: 41 });
    await sample.publish(CallUp, aCallUp(allocationId), { sequence: 42 });
    await sample.settled();
    expect(await effectsOf(sample, allocationId)).toEqual([41, 42]);
  });

  it('is kept per sender and topic: an allocation has commands and events of its own', async () => {
    const inbox = sample.running.app.get(Inbox);
    const key = randomUUID();
    await inbox.pass(anEvent(key, 7));
    await inbox.pass({ ...anEvent(key, 1), type: 'dispatch.allocation-changed.v1' });
    await inbox.pass({ ...anEvent(key, 1), source: '/supplies' });
    const rows = await sample.database.query<{ topic: string }>(
      'SELECT topic FROM inbox_sequences WHERE partition_key = $1 ORDER BY topic, source',
      [key],
    );
    expect(rows.map((row) => row.topic)).toEqual([
      TOPICS.dispatchCommands,
      TOPICS.dispatchCommands,
      TOPICS.dispatchEvents,
    ]);
  });
});
