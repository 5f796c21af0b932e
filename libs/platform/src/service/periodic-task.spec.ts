import { PeriodicTask } from './periodic-task';

const EVERY_MS = 1_000;

class Recorder {
  readonly warnings: string[] = [];
  warn = (line: string): void => void this.warnings.push(line);
  log = this.warn;
  error = this.warn;
}

/** Work that ends when it is told to, and counts how much of it runs at once. */
class Work {
  runs = 0;
  atOnce = 0;
  most = 0;
  private readonly open: PromiseWithResolvers<void>[] = [];

  readonly run = async (): Promise<void> => {
    this.runs++;
    this.most = Math.max(this.most, ++this.atOnce);
    const end = Promise.withResolvers<void>();
    this.open.push(end);
    await end.promise.finally(() => this.atOnce--);
  };

  async succeed(): Promise<void> {
    this.open.shift()?.resolve();
    await jest.advanceTimersByTimeAsync(0);
  }

  async fail(): Promise<void> {
    this.open.shift()?.reject(new Error('no database'));
    await jest.advanceTimersByTimeAsync(0);
  }
}

let work: Work;
let recorder: Recorder;
let task: PeriodicTask;

beforeEach(() => {
  jest.useFakeTimers();
  work = new Work();
  recorder = new Recorder();
  task = new PeriodicTask('relay', EVERY_MS, work.run, recorder);
});
afterEach(() => jest.useRealTimers());

it('works at once when it starts, and again when its time has come', async () => {
  task.start();
  expect(work.runs).toBe(1);
  await work.succeed();
  await jest.advanceTimersByTimeAsync(EVERY_MS - 1);
  expect(work.runs).toBe(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(work.runs).toBe(2);
});

it('works at once when it is woken, and only then counts the time anew', async () => {
  task.start();
  await work.succeed();
  await jest.advanceTimersByTimeAsync(EVERY_MS / 2);
  task.wake();
  expect(work.runs).toBe(2);
  await work.succeed();
  await jest.advanceTimersByTimeAsync(EVERY_MS - 1);
  expect(work.runs).toBe(2);
});

it('never works twice at once: woken while it works, it works once more afterwards', async () => {
  task.start();
  for (let hint = 0; hint < 5; hint++) task.wake();
  await jest.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(work.runs).toBe(1);
  await work.succeed();
  expect(work.runs).toBe(2);
  await work.succeed();
  expect([work.runs, work.most]).toEqual([2, 1]);
});

it('pauses longer after every fault, ten seconds at most, and says so', async () => {
  task.start();
  const pauses: number[] = [];
  for (let fault = 0; fault < 8; fault++) {
    const [runs, failedAt] = [work.runs, Date.now()];
    await work.fail();
    while (work.runs === runs) await jest.advanceTimersByTimeAsync(100);
    pauses.push(Date.now() - failedAt);
  }
  expect(pauses).toEqual([400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  expect(recorder.warnings[1]).toBe('relay failed 2 time(s) in a row: no database');
});

it('does not let hints cut a pause short, and is its old self after a success', async () => {
  task.start();
  await work.fail();
  task.wake();
  await jest.advanceTimersByTimeAsync(399);
  expect(work.runs).toBe(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(work.runs).toBe(2);
  await work.succeed();
  task.wake();
  expect(work.runs).toBe(3);
});

it('finishes the work in hand when it stops, and begins none again', async () => {
  task.start();
  let stopped = false;
  const stop = task.stop().then(() => (stopped = true));
  task.wake();
  await jest.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect([stopped, task.stopping]).toEqual([false, true]);
  await work.succeed();
  await stop;
  await jest.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(work.runs).toBe(1);
});

it('may be started again', async () => {
  task.start();
  await work.succeed();
  await task.stop();
  task.wake();
  expect(work.runs).toBe(1);
  task.start();
  expect(work.runs).toBe(2);
});
