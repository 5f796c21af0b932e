import type { ConsumerState } from '../bus/bus';
import { HealthService } from './health.service';

let reachable: boolean;
let consumer: ConsumerState | undefined;
let readDatabase: () => Promise<number>;
let health: HealthService;

beforeEach(() => {
  jest.useFakeTimers();
  reachable = true;
  consumer = { consuming: true, since: new Date(), pausedPartitions: [] };
  readDatabase = () => Promise.resolve(0);
  health = new HealthService({
    bus: { kind: 'embedded', reachable: () => Promise.resolve(reachable) },
    relay: { state: async () => ({ unpublished: await readDatabase(), oldestSeconds: 0 }) },
    parking: { openCount: readDatabase },
  });
});
afterEach(() => jest.useRealTimers());

const begin = (): void => health.watch(() => consumer);
const stall = (): void => void (consumer = { consuming: false, since: new Date(), pausedPartitions: [] });

/** Lets time pass as a service sees it: with a report every five seconds. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await jest.advanceTimersByTimeAsync(5_000);
    await health.report();
  }
}

it('is starting until its consumer consumes, unless there is no bus to wait for', async () => {
  const starting = { status: 'not-ready', reasons: ['starting'] };
  expect(await health.report()).toMatchObject(starting);
  reachable = false;
  expect(await health.report()).toMatchObject({ status: 'degraded', reasons: ['bus unreachable'] });
  reachable = true;
  stall();
  begin();
  expect(await health.report()).toMatchObject(starting);
  consumer = { consuming: true, since: new Date(), pausedPartitions: [] };
  expect(await health.report()).toMatchObject({ status: 'ready', reasons: [], bus: { consuming: true } });
});

it('is ready at once where there is nothing to consume', async () => {
  consumer = undefined;
  begin();
  expect((await health.report()).status).toBe('ready');
});

it('is not ready without its database, whether it refuses or does not answer', async () => {
  begin();
  readDatabase = () => Promise.reject(new Error('refused'));
  expect(await health.report()).toMatchObject({ status: 'not-ready', database: 'down', outbox: null });
  readDatabase = () => new Promise(() => undefined);
  const report = health.report();
  await jest.advanceTimersByTimeAsync(2_500);
  expect(await report).toMatchObject({ status: 'not-ready', reasons: ['database unreachable'] });
});

it('is not ready when it has not consumed for thirty seconds although the bus answers', async () => {
  begin();
  await health.report();
  stall();
  await health.report();
  await pass(30);
  expect((await health.report()).status).toBe('ready');
  await pass(5);
  expect(await health.report()).toMatchObject({ status: 'not-ready', reasons: ['not consuming'] });
  consumer = { consuming: true, since: new Date(), pausedPartitions: [] };
  expect((await health.report()).status).toBe('ready');
  expect(health.stalledMilliseconds()).toBe(0);
});

it('does not hold the length of an outage against the consumer: its time begins with the return of the bus', async () => {
  begin();
  await health.report();
  reachable = false;
  stall();
  await pass(300);
  expect(health.stalledMilliseconds()).toBe(0);
  reachable = true;
  expect((await health.report()).status).toBe('ready');
  await pass(20);
  expect(health.stalledMilliseconds()).toBe(20_000);
});

it('is not ready while it drains, whatever else is well', async () => {
  begin();
  health.drain();
  expect(await health.report()).toMatchObject({ status: 'not-ready', database: 'up', reasons: ['draining'] });
});
