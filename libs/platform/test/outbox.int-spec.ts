import { randomUUID } from 'node:crypto';
import { TeamRequested, TOPICS, type EventEnvelope } from '@ledger/contracts';
import { BUS, type Bus, type Cause, Database, Outbox, OutboxRelay, RunningService, newId } from '@ledger/platform';
import { aCause, waitFor } from '@ledger/testing';
import { type Sample, startCopy, startSample } from './support/sample';

let sample: Sample;
let outbox: Outbox;
let heard: EventEnvelope<TeamRequested>[];

beforeAll(async () => {
  sample = await startSample();
  outbox = sample.running.app.get(Outbox);
  heard = await listen();
});
afterAll(() => sample.stop());

/** Everything that is published on the topic of the sample, in the order in which the bus delivers it. */
async function listen(): Promise<EventEnvelope<TeamRequested>[]> {
  const events: EventEnvelope<TeamRequested>[] = [];
  await sample.running.app.get<Bus>(BUS).subscribe(`listener-${randomUUID()}`, [TOPICS.teamsEvents], (message) => {
    events.push(JSON.parse(String(message.value)) as EventEnvelope<TeamRequested>);
    return Promise.resolve({ kind: 'done' });
  });
  return events;
}

const heardOf = (key: string) => heard.filter((event) => event.partitionkey === key);
const aRequest = (allocationId: string): TeamRequested => ({ ...TeamRequested.example, allocationId });

const add = (allocationId: string, cause: Cause = aCause()): Promise<string> =>
  sample.database.transaction((tx) => outbox.add(tx, TeamRequested, aRequest(allocationId), cause));

const unpublished = async (): Promise<number> =>
  (await sample.database.query('SELECT 1 FROM outbox WHERE published_at IS NULL')).length;

describe('an event', () => {
  it('is published as a complete CloudEvent with what led to it', async () => {
    const key = randomUUID();
    const cause: Cause = { correlationId: randomUUID(), causationId: newId(), realm: 'drill' };
    const id = await add(key, cause);
    const event = await waitFor('the event', () => heardOf(key)[0]);
    expect(event).toEqual({
      specversion: '1.0',
      id,
      source: '/teams',
      type: TeamRequested.type,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      datacontenttype: 'application/json',
      subject: key,
      partitionkey: key,
      sequence: 1,
      correlationid: cause.correlationId,
      causationid: cause.causationId,
      realm: 'drill',
      data: aRequest(key),
    });
  });

  it('of a transaction that is rolled back is never published and takes no number', async () => {
    const key = randomUUID();
    const undone = sample.database.transaction(async (tx) => {
      await outbox.add(tx, TeamRequested, aRequest(key), aCause());
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await add(key);
    await waitFor('the next event', () => heardOf(key).length > 0);
    expect(heardOf(key).map((event) => event.sequence)).toEqual([1]);
  });

  it('that does not fit its definition is refused before anything is written', async () => {
    const key = randomUUID();
    const misfit = { ...aRequest(key), teamId: 'nobody' };
    await expect(sample.database.transaction((tx) => outbox.add(tx, TeamRequested, misfit, aCause()))).rejects.toThrow(
      'teamId',
    );
    expect(await sample.database.query('SELECT 1 FROM outbox WHERE partition_key = $1', [key])).toEqual([]);
  });
});

describe('the order of an aggregate', () => {
  it('has no gap and is the order of the commits, with fifty transactions at once', async () => {
    const keys = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all(Array.from({ length: 50 }, (_, index) => add(keys[index % keys.length])));
    await waitFor('all events', () => keys.every((key) => heardOf(key).length >= 16) && heard.length >= 50);
    await waitFor('the end of publishing', async () => (await unpublished()) === 0);
    for (const key of keys) {
      const sequences = heardOf(key).map((event) => event.sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    }
    expect(keys.map((key) => heardOf(key).length)).toEqual([17, 17, 16]);
  });

  it('loses no row of an older transaction that commits last', async () => {
    const [early, late] = [randomUUID(), randomUUID()];
    const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = sample.database.transaction(async (tx) => {
      await outbox.add(tx, TeamRequested, aRequest(early), aCause());
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    await add(late);
    await waitFor('the quick one', () => heardOf(late).length === 1);
    expect(heardOf(early)).toEqual([]);
    commit.resolve();
    await slow;
    await waitFor('the slow one', () => heardOf(early).length === 1);
  });
});

describe('the relay', () => {
  it('publishes what a service left behind that ended between commit and publishing', async () => {
    const key = randomUUID();
    const [loneOutbox, database] = [new Outbox('teams'), sample.database];
    await sample.running.app.get(OutboxRelay).stop();
    for (let count = 0; count < 3; count++) {
      await database.transaction((tx) => loneOutbox.add(tx, TeamRequested, aRequest(key), aCause()));
    }
    expect(await unpublished()).toBe(3);
    sample.running.app.get(OutboxRelay).start();
    await waitFor('what was left', () => heardOf(key).length === 3);
    expect(heardOf(key).map((event) => event.sequence)).toEqual([1, 2, 3]);
  });

  it('publishes again, in the same order, what was published but not marked', async () => {
    const key = randomUUID();
    for (let count = 0; count < 3; count++) await add(key);
    await waitFor('the events', () => heardOf(key).length === 3);
    await waitFor('their marks', async () => (await unpublished()) === 0);
    await sample.database.query('UPDATE outbox SET published_at = NULL WHERE partition_key = $1', [key]);
    await waitFor('the repetition', () => heardOf(key).length === 6);
    expect(heardOf(key).map((event) => event.sequence)).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('publishes every event once and in order where two copies of the service run', async () => {
    const copy: RunningService = await startCopy(sample);
    const copyOutbox = copy.app.get(Outbox);
    const copyDatabase = copy.app.get(Database);
    const keys = Array.from({ length: 4 }, () => randomUUID());
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const key = keys[index % keys.length];
        if (index % 2 === 0) return add(key);
        return copyDatabase.transaction((tx) => copyOutbox.add(tx, TeamRequested, aRequest(key), aCause()));
      }),
    );
    await waitFor('all events', () => keys.every((key) => heardOf(key).length >= 15));
    await waitFor('the end of publishing', async () => (await unpublished()) === 0);
    await copy.stop();
    const inOrder = Array.from({ length: 15 }, (_, index) => index + 1);
    expect(keys.map((key) => heardOf(key).map((event) => event.sequence))).toEqual(keys.map(() => inOrder));
  });
});
