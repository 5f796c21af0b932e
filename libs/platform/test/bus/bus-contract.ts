import { randomBytes, randomUUID } from 'node:crypto';
import { waitFor } from '@ledger/testing';
import type { Bus, BusConsumer, MessageHandler, OutgoingMessage } from '../../src/bus/bus';
import type { BusHarness } from './bus-harness';
import { Journal } from './journal';

const TOPIC = 'contract.events.v1';
const PARTITIONS = 6;
const SETTINGS = [{ name: TOPIC, partitions: PARTITIONS, retentionMs: 3_600_000 }];
/** Generous: a group may have to wait for the session of a member that is gone. */
const SLOW = { timeoutMs: 60_000 };
const LIMIT_MS = 120_000;

const messageOf = (key: string, value: string): OutgoingMessage => ({ topic: TOPIC, key, value, headers: {} });

function numbered(keys: readonly string[], count: number): OutgoingMessage[] {
  return Array.from({ length: count }, (_, n) => messageOf(keys[n % keys.length], String(n)));
}

const keysNamed = (count: number): string[] => Array.from({ length: count }, (_, n) => `key-${n}`);

export interface ContractOptions {
  /** Starts the broker of the suite. */
  readonly start: () => Promise<BusHarness>;
  /** False for a broker that is not ours to kill; the cases that need it are then named as not run. */
  readonly canTakeAway: boolean;
}

/** What every bus adapter promises, run on each of them. */
export function describeBusContract({ start, canTakeAway }: ContractOptions): void {
  let harness: BusHarness;
  let namespace: string;
  let opened: Bus[];

  beforeAll(async () => {
    harness = await start();
  }, LIMIT_MS);
  afterAll(() => harness?.close(), LIMIT_MS);
  beforeEach(() => {
    namespace = `t${randomUUID().slice(0, 8)}`;
    opened = [];
  });
  afterEach(() => Promise.all(opened.map((bus) => bus.stop())), LIMIT_MS);

  /** A bus as one more process of the same installation opens it. */
  async function openBus(inNamespace = namespace): Promise<Bus> {
    const bus = harness.open(inNamespace);
    opened.push(bus);
    await bus.start(SETTINGS);
    return bus;
  }

  async function consume(bus: Bus, group: string, handler: MessageHandler): Promise<BusConsumer> {
    const consumer = await bus.subscribe(group, [TOPIC], handler);
    await waitFor('the consumer to join', () => consumer.state().consuming, SLOW);
    return consumer;
  }

  const eventually = (what: string, condition: () => boolean): Promise<boolean> => waitFor(what, condition, SLOW);

  it(
    'keeps the order of every key over 1,000 messages',
    async () => {
      const keys = keysNamed(9);
      const messages = numbered(keys, 1_000);
      const bus = await openBus();
      const journal = new Journal();
      await consume(bus, 'orders', journal.handler('a'));
      for (let from = 0; from < messages.length; from += 100) await bus.publish(messages.slice(from, from + 100));
      await eventually('all messages', () => journal.entries.length >= messages.length);
      for (const key of keys) {
        expect(journal.texts({ key })).toEqual(messages.filter((m) => m.key === key).map((m) => m.value));
        expect(new Set(journal.entries.filter((e) => e.key === key).map((e) => e.partition)).size).toBe(1);
      }
      expect(journal.mostAtOnce).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    'hands out what was published, with topic, key and headers',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      await bus.publish([{ topic: TOPIC, key: '曲', value: '帐篷', headers: { 'content-type': 'application/json' } }]);
      await consume(bus, 'readers', journal.handler('a'));
      await eventually('the message', () => journal.messages.length === 1);
      expect(journal.messages[0]).toEqual({
        topic: TOPIC,
        partition: expect.any(Number),
        offset: '0',
        key: '曲',
        value: Buffer.from('帐篷'),
        headers: { 'content-type': 'application/json' },
      });
    },
    LIMIT_MS,
  );

  it(
    'loses and repeats nothing when a consumer stops in the middle and another takes over',
    async () => {
      const messages = numbered(keysNamed(12), 300);
      const journal = new Journal();
      const bus = await openBus();
      await bus.publish(messages);
      const first = await consume(bus, 'workers', journal.handler('first'));
      await eventually('a part of the messages', () => journal.entries.length >= 50);
      await first.stop();
      await consume(await openBus(), 'workers', journal.handler('second'));
      await eventually('the rest', () => journal.entries.length >= messages.length);
      expect(
        journal
          .texts()
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual(messages.map((_, n) => n));
    },
    LIMIT_MS,
  );

  it(
    'gives a new group everything from the beginning',
    async () => {
      const bus = await openBus();
      const [early, late] = [new Journal(), new Journal()];
      await bus.publish(numbered(['only'], 10));
      await consume(bus, 'early', early.handler('a'));
      await eventually('the first group', () => early.entries.length === 10);
      await consume(bus, 'late', late.handler('a'));
      await eventually('the second group', () => late.entries.length === 10);
      expect(late.texts()).toEqual(early.texts());
    },
    LIMIT_MS,
  );

  it(
    'pauses one partition before the message that asks for it and lets the others go on',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      let refusals = 0;
      const handler = journal.handler('a', ({ text }) => {
        if (text !== 'stop here' || refusals === 2) return { kind: 'done' };
        refusals += 1;
        return { kind: 'pause', pauseMs: 300 };
      });
      const consumer = await consume(bus, 'pausing', handler);
      await bus.publish([
        messageOf('paused', 'before'),
        messageOf('paused', 'stop here'),
        messageOf('paused', 'after'),
      ]);
      await eventually('the pause', () => consumer.state().pausedPartitions.length === 1);
      const partition = journal.entries[0].partition;
      expect(consumer.state().pausedPartitions).toEqual([`${TOPIC}/${partition}`]);
      await bus.publish(numbered(keysNamed(20), 40));
      await eventually('all messages', () => journal.entries.length === 3 + refusals + 40 && refusals === 2);
      const ofPaused = journal.texts({ key: 'paused' });
      expect(ofPaused).toEqual(['before', 'stop here', 'stop here', 'stop here', 'after']);
      const lastRefusal = journal.texts().lastIndexOf('stop here');
      const others = journal.entries.slice(0, lastRefusal).filter((entry) => entry.partition !== partition);
      expect(others.length).toBeGreaterThan(0);
      await eventually('the end of the pause', () => consumer.state().pausedPartitions.length === 0);
    },
    LIMIT_MS,
  );

  it(
    'delivers a message again when its handler throws',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      const handler = journal.handler('a', ({ text }) => {
        if (text === '1' && journal.texts().filter((seen) => seen === '1').length === 1) throw new TypeError('a bug');
        return { kind: 'done' };
      });
      await consume(bus, 'throwing', handler);
      await bus.publish(numbered(['only'], 3));
      await eventually('all messages', () => journal.texts().includes('2'));
      expect(journal.texts()).toEqual(['0', '1', '1', '2']);
    },
    LIMIT_MS,
  );

  it(
    'shares the partitions between two consumers of a group, never one to both',
    async () => {
      const keys = keysNamed(60);
      const journal = new Journal();
      const publisher = await openBus();
      const first = await consume(await openBus(), 'shared', journal.handler('first'));
      await publisher.publish(numbered(keys, 120));
      await eventually('the first consumer', () => journal.partitionsOf('first').size === PARTITIONS);
      const second = await consume(await openBus(), 'shared', journal.handler('second'));
      await eventually('both consumers at work', () => {
        void publisher.publish(numbered(keys, 60)).catch(() => undefined);
        return journal.partitionsOf('second').size === PARTITIONS / 2;
      });
      expect(journal.mostAtOnce).toBe(1);
      const settled = new Journal();
      await Promise.all([first.stop(), second.stop()]);
      await consume(await openBus(), 'shared', settled.handler('third'));
      await publisher.publish(numbered(keys, 60));
      await eventually('all partitions back with one', () => settled.partitionsOf('third').size === PARTITIONS);
    },
    LIMIT_MS,
  );

  it(
    'finishes the message in hand before it stops, and does not repeat it',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      let letGo!: () => void;
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      let aborted = false;
      const handler = journal.handler('slow', async (_entry, delivery) => {
        delivery.signal.addEventListener('abort', () => (aborted = true));
        await delivery.heartbeat();
        await gate;
        return { kind: 'done' };
      });
      const consumer = await consume(bus, 'stopping', handler);
      await bus.publish(numbered(['only'], 2));
      await eventually('the message in hand', () => journal.entries.length === 1);
      let stopped = false;
      const stopping = consumer.stop().then(() => (stopped = true));
      await eventually('the signal to leave retries', () => aborted);
      expect(stopped).toBe(false);
      letGo();
      await stopping;
      await consumer.stop();
      expect(consumer.state().consuming).toBe(false);
      await consume(bus, 'stopping', journal.handler('next'));
      await eventually('the second message', () => journal.texts({ consumer: 'next' }).length > 0);
      expect(journal.texts()).toEqual(['0', '1']);
    },
    LIMIT_MS,
  );

  it(
    'hands out tombstones, broken bytes and large values as they are',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      const broken = Buffer.from([0xff, 0x00, 0xfe, 0x7b]);
      const large = randomBytes(500_000).toString('hex').slice(0, 999_999);
      await harness.inject(`${namespace}.${TOPIC}`, { key: 'a', value: null });
      await harness.inject(`${namespace}.${TOPIC}`, { key: null, value: broken });
      await bus.publish([messageOf('c', large), messageOf('c', large), messageOf('c', '')]);
      await consume(bus, 'strange', journal.handler('a'));
      await eventually('all messages', () => journal.messages.length === 5);
      const values = journal.messages.map(({ key, value }) => ({ key, value }));
      expect(values).toContainEqual({ key: 'a', value: null });
      expect(values).toContainEqual({ key: null, value: broken });
      const ofLarge = values.filter(({ key }) => key === 'c').map(({ value }) => value?.toString() === large);
      expect(ofLarge).toEqual([true, true, false]);
      expect(values).toContainEqual({ key: 'c', value: Buffer.alloc(0) });
    },
    LIMIT_MS,
  );

  it(
    'refuses a batch with a value over the limit and stores nothing of it',
    async () => {
      const bus = await openBus();
      const journal = new Journal();
      const refused = bus.publish([messageOf('a', 'fits'), messageOf('a', 'x'.repeat(1_000_001))]);
      await expect(refused).rejects.toThrow(RangeError);
      await bus.publish([messageOf('a', 'later')]);
      await consume(bus, 'limits', journal.handler('a'));
      await eventually('the later message', () => journal.entries.length > 0);
      expect(journal.texts()).toEqual(['later']);
    },
    LIMIT_MS,
  );

  it(
    'keeps namespaces apart',
    async () => {
      const mine = await openBus();
      const other = await openBus(`${namespace}x`);
      const journal = new Journal();
      await other.publish([messageOf('a', 'of the other')]);
      await mine.publish([messageOf('a', 'mine')]);
      await consume(mine, 'apart', journal.handler('mine'));
      await consume(other, 'apart', journal.handler('other'));
      await eventually('both messages', () => journal.entries.length === 2);
      expect(journal.texts({ consumer: 'mine' })).toEqual(['mine']);
      expect(journal.texts({ consumer: 'other' })).toEqual(['of the other']);
    },
    LIMIT_MS,
  );

  if (canTakeAway) describe('when the broker goes away', describeAbsence);
  else describe.skip('when the broker goes away — not run: the broker of KAFKA_BROKERS is not ours', describeAbsence);

  function describeAbsence(): void {
    it(
      'keeps what was acknowledged when the broker is killed',
      async () => {
        const bus = await openBus();
        await bus.publish(numbered(keysNamed(5), 50));
        await harness.takeAway();
        await harness.bringBack();
        const journal = new Journal();
        await consume(await openBus(), 'after-the-kill', journal.handler('a'));
        await eventually('all messages', () => journal.entries.length >= 50);
        expect(new Set(journal.texts()).size).toBe(50);
      },
      LIMIT_MS,
    );

    it(
      'refuses to publish while the broker is away, and both sides come back by themselves',
      async () => {
        const bus = await openBus();
        const journal = new Journal();
        const consumer = await consume(bus, 'outage', journal.handler('a'));
        await bus.publish([messageOf('a', 'before')]);
        await eventually('the first message', () => journal.entries.length === 1);
        expect(await bus.reachable()).toBe(true);

        await harness.takeAway();
        await expect(bus.publish([messageOf('a', 'lost on the way')])).rejects.toThrow();
        expect(await bus.reachable()).toBe(false);
        await expect(bus.start(SETTINGS)).rejects.toThrow();
        await eventually('the consumer to notice', () => !consumer.state().consuming);

        await harness.bringBack();
        await waitFor('the broker to answer', () => bus.reachable(), SLOW);
        await waitFor('a publish to succeed', () => bus.publish([messageOf('a', 'after')]).then(() => true), SLOW);
        await eventually('the consumer to go on', () => journal.texts().includes('after'));
        expect(consumer.state().consuming).toBe(true);
        expect(journal.texts().at(0)).toBe('before');
      },
      LIMIT_MS,
    );
  }
}
