import type { Bus } from '../../src/bus/bus';
import { EmbeddedBus } from '../../src/bus/embedded/embedded-bus';
import { KafkaBus } from '../../src/bus/kafka/kafka-bus';
import { type SilentServer, startSilentServer } from './silent-server';
import { testLogger } from './test-logger';

const SETTINGS = [{ name: 'silent.v1', partitions: 1, retentionMs: 1_000_000 }];
const MESSAGE = { topic: 'silent.v1', key: 'k', value: 'v', headers: {} };
/** The bounds are promises of the adapters; the rest is for a busy machine. */
const SLACK_MS = 3_000;

const common = { clientId: 'silence', namespace: '', logger: testLogger };
const ADAPTERS = [
  { name: 'Kafka', open: (port: number): Bus => new KafkaBus({ ...common, brokers: [`127.0.0.1:${port}`] }) },
  {
    name: 'embedded',
    open: (port: number): Bus => new EmbeddedBus({ ...common, url: `postgres://bus_app:x@127.0.0.1:${port}/bus` }),
  },
];

/** Resolves with how long a promise took to be settled. */
async function timeOf(promise: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await promise.catch(() => undefined);
  return performance.now() - start;
}

describe.each(ADAPTERS)('a silent broker behind the $name bus', ({ open }) => {
  let server: SilentServer;
  let bus: Bus;

  beforeEach(async () => {
    server = await startSilentServer();
    bus = open(server.port);
  });
  afterEach(async () => {
    await bus.stop();
    await server.close();
  });

  it('is not waited for longer than promised, and not when stopping', async () => {
    const consumer = await bus.subscribe('group', ['silent.v1'], () => Promise.resolve({ kind: 'done' }));
    const publishing = bus.publish([MESSAGE]);
    const starting = bus.start(SETTINGS);
    const asking = bus.reachable();
    const times = await Promise.all([timeOf(publishing), timeOf(starting), timeOf(asking)]);
    await expect(publishing).rejects.toThrow();
    await expect(starting).rejects.toThrow();
    await expect(asking).resolves.toBe(false);
    expect(times[0]).toBeLessThan(8_000 + SLACK_MS);
    expect(times[1]).toBeLessThan(8_000 + SLACK_MS);
    expect(times[2]).toBeLessThan(2_000 + SLACK_MS);
    expect(consumer.state().consuming).toBe(false);
    expect(await timeOf(consumer.stop())).toBeLessThan(8_000 + SLACK_MS);
    expect(await timeOf(bus.stop())).toBeLessThan(8_000 + SLACK_MS);
  });
});
