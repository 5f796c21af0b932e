import { randomUUID } from 'node:crypto';
import { type TestDatabase, createTestDatabase, waitFor } from '@ledger/testing';
import { BusDatabase } from '../../src/bus/embedded/bus-database';
import { EmbeddedBus } from '../../src/bus/embedded/embedded-bus';
import { GroupLease } from '../../src/bus/embedded/group-lease';
import { migrateEmbeddedBus } from '../../src/bus/embedded/migrate';
import { Journal } from './journal';
import { testLogger } from './test-logger';

const TOPIC = 'storage.v1';

describe('the tables of the embedded bus', () => {
  let store: TestDatabase;
  let app: BusDatabase;
  let superuser: BusDatabase;
  const buses: EmbeddedBus[] = [];

  beforeAll(async () => {
    store = await createTestDatabase('bus', migrateEmbeddedBus);
    app = new BusDatabase({ url: store.appUrl, clientId: 'test', logger: testLogger });
    superuser = new BusDatabase({ url: store.superuserUrl, clientId: 'test', logger: testLogger });
  });
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.stop())));
  afterAll(async () => {
    await Promise.all([app.close(), superuser.close()]);
    await store.drop();
  });

  async function openBus(topic: string, retentionMs = 3_600_000): Promise<EmbeddedBus> {
    const options = { url: store.appUrl, clientId: 'test', namespace: '', logger: testLogger, sweepEveryMs: 20 };
    const bus = new EmbeddedBus(options);
    buses.push(bus);
    await bus.start([{ name: topic, partitions: 2, retentionMs }]);
    return bus;
  }

  const messageOf = (topic: string, value: string) => ({ topic, key: 'one', value, headers: {} });
  const memberOf = (group: string, topic: string): GroupLease =>
    new GroupLease(app, { group, member: randomUUID(), topics: [topic] });

  it('are made once, even when two programs migrate at the same time', async () => {
    const versions = await Promise.all([migrateEmbeddedBus(store.ownerUrl), migrateEmbeddedBus(store.ownerUrl)]);
    expect(versions).toEqual([[], []]);
    expect(await superuser.query('SELECT version FROM bus_migrations')).toEqual([{ version: 1 }]);
  });

  it('keep a service from changing messages or tables', async () => {
    await expect(app.query("UPDATE messages SET key = 'x'")).rejects.toThrow('permission denied');
    await expect(app.query('DROP TABLE messages')).rejects.toThrow('must be owner');
  });

  it('give offsets without gaps in the order of the commits, over several publishers', async () => {
    const publishers = await Promise.all([openBus(TOPIC), openBus(TOPIC), openBus(TOPIC)]);
    const batch = Array.from({ length: 10 }, (_, n) => messageOf(TOPIC, String(n)));
    await Promise.all(publishers.flatMap((bus) => Array.from({ length: 10 }, () => bus.publish(batch))));
    const rows = await app.query<{ message_offset: string; value: Buffer }>(
      'SELECT message_offset, value FROM messages WHERE topic = $1 ORDER BY message_offset',
      [TOPIC],
    );
    expect(rows.map((row) => Number(row.message_offset))).toEqual(rows.map((_, n) => n));
    expect(rows).toHaveLength(300);
    const batches = rows.map((row) => Number(row.value.toString()) - (Number(row.message_offset) % 10));
    expect(new Set(batches)).toEqual(new Set([0]));
  });

  it('refuse the commit of a member whose lease ran out and was taken by another', async () => {
    await openBus('fenced.v1');
    const [sleeper, other] = [memberOf('fenced', 'fenced.v1'), memberOf('fenced', 'fenced.v1')];
    await sleeper.prepare();
    const { owned } = await sleeper.beat([], []);
    expect(owned.map((partition) => partition.partition)).toEqual([0, 1]);
    expect(await sleeper.commit(owned[0], 3n)).toBe(true);

    const longAgo = "clock_timestamp() - interval '1 second'";
    await superuser.query(`UPDATE group_partitions SET lease_until = ${longAgo} WHERE group_name = 'fenced'`);
    await superuser.query(`UPDATE group_members SET lease_until = ${longAgo} WHERE group_name = 'fenced'`);
    const taken = await other.beat([], []);
    expect(taken.owned.map(({ partition, committed }) => [partition, committed])).toEqual([
      [0, 3n],
      [1, 0n],
    ]);
    expect(await sleeper.commit(owned[0], 4n)).toBe(false);
    expect(await other.commit(taken.owned[0], 4n)).toBe(true);
  });

  it('leave a partition with its owner until the lease has run out', async () => {
    await openBus('held.v1');
    const [owner, newcomer] = [memberOf('held', 'held.v1'), memberOf('held', 'held.v1')];
    await owner.prepare();
    const { owned } = await owner.beat([], []);
    expect((await newcomer.beat([], [])).owned).toEqual([]);
    const standing = await owner.beat(owned, []);
    expect(standing.shares.get('held.v1')).toBe(1);
    await owner.release(standing.owned.slice(1));
    expect((await newcomer.beat([], [])).owned.map((partition) => partition.partition)).toEqual([1]);
  });

  it('forget messages after the retention of their topic; a group that was slower goes on behind them', async () => {
    const bus = await openBus('short.v1', 1);
    await openBus('long.v1');
    await bus.publish([messageOf('short.v1', 'old'), messageOf('long.v1', 'kept')]);
    const remaining = () => app.query("SELECT topic FROM messages WHERE topic IN ('short.v1', 'long.v1')");
    await waitFor('the sweeper', async () => (await remaining()).length === 1);
    expect(await remaining()).toEqual([{ topic: 'long.v1' }]);

    await bus.start([{ name: 'short.v1', partitions: 2, retentionMs: 3_600_000 }]);
    await bus.publish([messageOf('short.v1', 'new')]);
    const journal = new Journal();
    await bus.subscribe('slow', ['short.v1'], journal.handler('a'));
    await waitFor('the new message', () => journal.entries.length > 0);
    expect(journal.messages.map(({ offset, value }) => [offset, value?.toString()])).toEqual([['1', 'new']]);
  });

  it('survive the end of all connections while consumers and publishers use them', async () => {
    const bus = await openBus('cut.v1');
    const journal = new Journal();
    await bus.subscribe('cut', ['cut.v1'], journal.handler('a'));
    await bus.publish([messageOf('cut.v1', 'before')]);
    await waitFor('the first message', () => journal.entries.length === 1);
    await superuser.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = $2',
      [store.name, 'bus_app'],
    );
    await waitFor('a publish', () => bus.publish([messageOf('cut.v1', 'after')]).then(() => true));
    await waitFor('the message after it', () => journal.texts().includes('after'));
  });

  it('refuse topics that nobody created', async () => {
    const bus = await openBus('known.v1');
    await expect(bus.publish([messageOf('unknown.v1', 'x')])).rejects.toThrow('the bus has no topic unknown.v1');
    const consumer = await bus.subscribe('lost', ['unknown.v1'], () => Promise.resolve({ kind: 'done' }));
    await bus.start([{ name: 'unknown.v1', partitions: 1, retentionMs: 1_000_000 }]);
    await waitFor('the consumer to find the topic after all', () => consumer.state().consuming);
  });
});
